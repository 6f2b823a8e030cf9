"""Sources become the domain's objects, and whatever has the wrong shape is told with its line."""

from pathlib import Path

import pytest

from dijipilot.content.loader import assemble, load_sources, number_key
from dijipilot.domain.assessment.items import ItemKind
from dijipilot.domain.ids import ConditionId, ItemId, LessonNumber, MissionNumber, OptionId, SkillId
from dijipilot.domain.lesson_text import SectionKind
from dijipilot.errors import BadInput
from tests.content.mini_curriculum import DRAFT_MISSION, MISSION, change, lint


def test_the_mini_curriculum_has_no_problems(sources: Path) -> None:
    assert lint(sources) == []


def test_the_tree_stands_in_order_of_numbers_not_of_letters(sources: Path) -> None:
    curriculum = assemble(load_sources(sources)).curriculum

    assert [program.number for program in curriculum.programs] == [f"1.{place}" for place in range(1, 19)]
    assert [lesson.number for lesson in curriculum.lessons][:4] == ["1.1.1.1", "1.1.1.2", "1.1.2.1", "1.1.2.2"]
    assert number_key("1.10") > number_key("1.9")


def test_a_mission_carries_what_its_file_says(sources: Path) -> None:
    curriculum = assemble(load_sources(sources)).curriculum
    first, second = (curriculum.mission_by_number[MissionNumber(number)] for number in ("1.1.1", "1.1.2"))

    assert first.is_free
    assert not second.is_free
    assert second.applies_if == (ConditionId("sells_pod"),)
    assert (second.difficulty, second.path) == ("Intermediate", "Grow")
    assert first.is_ready
    assert not second.is_ready


def test_a_lesson_text_has_its_sections_in_their_fixed_order(sources: Path) -> None:
    text = assemble(load_sources(sources)).text_by_skill[SkillId("base.first")]

    assert [section.kind for section in text.sections] == list(SectionKind)
    assert [section.title for section in text.sections] == [
        "What is it?",
        "Why is it important?",
        "The 3 Steps of Doing Thing 1",
        "Example: thing 1",
        "Common mistakes",
        "Beginner's Tip",
    ]
    assert text.sections[2].markdown.startswith("1. **Do 1-0.**")
    assert [step.id for step in text.steps] == ["step-0", "step-1", "step-2"]
    assert [option.is_right for option in text.check[0].options] == [True, False, False]
    assert text.verified[0].verified_on == "2026-11-23"


def test_the_tip_of_a_mission_for_others_than_beginners_is_a_pro_tip(sources: Path) -> None:
    change(sources, MISSION, "difficulty: Beginner", "difficulty: Intermediate")

    text = assemble(load_sources(sources)).text_by_skill[SkillId("base.first")]

    assert text.sections[-1].title == "Pro Tip"


def test_a_draft_has_no_text_even_when_some_is_written(sources: Path) -> None:
    change(sources, DRAFT_MISSION, "    status: draft\n", "    status: draft\n    why: Half of it.\n")

    assert lint(sources) == []
    assert SkillId("base.third") not in assemble(load_sources(sources)).text_by_skill


def test_a_follow_up_becomes_an_item_of_its_own(sources: Path) -> None:
    items = assemble(load_sources(sources)).curriculum.item_by_id
    follow_up = items[ItemId("item.base.first.1.follow_up")]

    assert follow_up.kind is ItemKind.FOLLOW_UP
    assert follow_up.follows == "item.base.first.1"
    assert follow_up.after == {OptionId("reckoned")}
    assert follow_up.skills == items[ItemId("item.base.first.1")].skills
    assert [option.keeps for option in follow_up.options] == [True, False, False]


def test_glossary_and_questions_are_read(sources: Path) -> None:
    content = assemble(load_sources(sources))

    assert [term.term for term in content.glossary] == ["Işık", "Margin"]
    assert [question.id for question in content.questions_by_mission[MissionNumber("1.1.1")]] == [
        "qa.base.cancel",
        "qa.base.light",
    ]


def test_an_earlier_number_still_finds_its_lesson(sources: Path) -> None:
    change(sources, MISSION, "    status: ready\n", '    earlier_numbers: ["1.1.7.1"]\n    status: ready\n')

    curriculum = assemble(load_sources(sources)).curriculum

    assert curriculum.skill_by_number[LessonNumber("1.1.7.1")] == "base.first"


def test_a_folder_without_a_curriculum_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"holds no curriculum\.yaml"):
        load_sources(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('number: "1.1.1"', "number: 1.1", "number: YAML reads 1.1 as a number here. Put the text in quotes."),
        (
            'title: "Mission 1.1.1"',
            "title: yes",
            "title: YAML reads yes as true or false here. Put the text in quotes.",
        ),
        ('title: "Mission 1.1.1"', "title: 2026-11-23", "title: YAML reads 2026-11-23 as a date here."),
        ('title: "Mission 1.1.1"', "title: ~", "title: YAML reads ~ as nothing here."),
        ('title: "Mission 1.1.1"', 'title: "  "', "title is empty"),
        ('title: "Mission 1.1.1"', "title: [a]", "title must be text, not a list"),
        ("free: true", "free: yes", "free must be true or false"),
        ("free: true", "fre: true", 'the key "fre" is not known. Did you mean "free"?'),
        ("free: true", "colour: red", 'the key "colour" is not known. Known here: '),
        ("slug: first-mission", "slug: First Mission", 'slug "First Mission" is no id'),
        ("    minutes: 20", "    minutes: '20'", "lesson 1.1.1.1: minutes must be a whole number from 1 to 600"),
        ("    minutes: 20", "    minutes: 2_0", "minutes must be a whole number"),
        ("    minutes: 20", "    minuts: 20", 'the key "minuts" is not known. Did you mean "minutes"?'),
        ("    impact: 5", "    impact: 6", "impact must be a whole number from 1 to 5"),
        ("    status: ready", "    status: redy", 'status "redy" is none of: ready, draft. Did you mean "ready"?'),
        ("    prerequisites: []", "    prerequisites: none", "prerequisites must be a list, not text"),
        ("    kind: situation", "    kind: situatoin", 'kind "situatoin" is none of'),
        ("{base.first: -2, base.second: -1}", "{base.first: -3}", "base.first must be a whole number from -2 to 2"),
        ("keeps: true", "keeps: 1", "follow-up option fee: keeps must be true or false"),
        ("verified_on: 2026-11-23}", "verified_on: 2026-02-30}", "verified_on must be a date that exists"),
        ("verified_on: 2026-11-23}", "verified_on: soon}", "verified_on must be a date that exists"),
        ('teaches: "1.1.1.1"', 'teaches: "one"', 'teaches "one" is no number'),
        ("    think_seconds: 20", "    think_seconds: 1e3", "think_seconds must be a number from 1 to 120"),
    ],
)
def test_a_wrong_shape_is_told_with_line_and_remedy(sources: Path, old: str, new: str, part: str) -> None:
    line = change(sources, MISSION, old, new)

    problems = [problem for problem in lint(sources) if part in problem.what]

    assert [(problem.file, problem.line) for problem in problems] == [(MISSION, line)]


def test_a_missing_key_is_told_once_and_at_its_mapping(sources: Path) -> None:
    line = change(sources, MISSION, "    minutes: 20\n", "")

    assert [str(problem) for problem in lint(sources)] == [
        f'{MISSION}:{line - 4}: lesson 1.1.1.1: the key "minutes" is missing. Add it.'
    ]


def test_a_file_that_is_no_yaml_does_not_make_everything_else_look_wrong(sources: Path) -> None:
    change(sources, MISSION, 'title: "Mission 1.1.1"', 'title: "Mission 1.1.1')

    problems = lint(sources)

    assert {problem.file for problem in problems} == {MISSION}
    assert len(problems) == 1


def test_a_file_where_none_belongs_is_told(sources: Path) -> None:
    (sources / "1-start" / "notes.yaml").write_text("a: b\n", encoding="utf-8")

    assert [problem.what[:12] for problem in lint(sources)] == ["this file is"]
