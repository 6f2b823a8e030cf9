"""Every rule of the curriculum is kept by the build: what breaks it is told with file, line and remedy."""

from pathlib import Path

import pytest

from dijipilot.content.loader import load_sources
from dijipilot.content.nodes import Problem
from dijipilot.content.validation import draft_problems, structural_problems
from tests.content.mini_curriculum import BASE, DRAFT_MISSION, MISSION, change, lint, prose

OTHER_2 = "1-start/1.2-other2"


def damaged(sources: Path, name: str, old: str, new: str) -> list[Problem]:
    """Return the problems that a change brings, sure that they are reported where it was made."""
    line = change(sources, name, old, new)
    problems = lint(sources)
    assert problems, "the damage went unnoticed"
    assert (name, line) in {(problem.file, problem.line) for problem in problems}, "\n".join(map(str, problems))
    return [problem for problem in problems if (problem.file, problem.line) == (name, line)]


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        # Names and numbers
        (MISSION, 'number: "1.1.1"', 'number: "1.1.3"', 'number "1.1.3" does not match the file name 1.1.1.yaml'),
        (MISSION, 'number: "1.1.1"', 'number: "1.2.9"', 'number "1.2.9" must begin with "1.1."'),
        (MISSION, '- number: "1.1.1.2"', '- number: "1.1.2.7"', 'number "1.1.2.7" must begin with "1.1.1."'),
        (MISSION, '- number: "1.1.1.2"', '- number: "1.1.2"', 'number "1.1.2" must have 4 parts'),
        (MISSION, '- number: "1.1.1.2"', '- number: "1.1.1.1"', 'number "1.1.1.1" stands already in'),
        (
            f"{OTHER_2}/1.2.1.yaml",
            "slug: other2-mission",
            "slug: first-mission",
            'slug "first-mission" stands already in',
        ),
        (f"{BASE}/program.yaml", 'number: "1.1"', 'number: "1.19"', 'its folder "1.1-first-steps" must be called'),
        ("1-start/stage.yaml", 'number: "1"', 'number: "2"', 'its folder "1-start" must be called "2-start"'),
        (DRAFT_MISSION, "skill: base.fourth", "skill: base.second", ""),
        (DRAFT_MISSION, "skill: base.fourth", "skill: base.gone", 'skill "base.gone" was retired'),
        (MISSION, "id: act.base.second,", "id: act.base.first,", 'id "act.base.first" must be "act.base.second"'),
        (
            MISSION,
            "- id: item.base.second.1",
            "- id: item.base.first.9",
            'id "item.base.first.9" must be "item.base.second."',
        ),
        (MISSION, "- id: item.base.first.2", "- id: item.base.first.1", 'id "item.base.first.1" stands already in'),
        (
            MISSION,
            "- id: check.base.first.1",
            "- id: check.base.other.1",
            'id "check.base.other.1" must be "check.base.first."',
        ),
        (MISSION, "- id: qa.base.cancel", "- id: faq.base.cancel", 'id "faq.base.cancel" must begin with "qa."'),
        (MISSION, "{id: near, text", "{id: good, text", ""),
        (MISSION, "{id: step-1,", "{id: step-0,", 'step "step-0" stands here twice'),
        (MISSION, "id: copied", "id: guess", 'option "guess" stands here twice'),
        # References
        (
            DRAFT_MISSION,
            "[base.second]",
            "[base.secnd]",
            'prerequisite "base.secnd" does not exist. Did you mean "base.second"?',
        ),
        (
            DRAFT_MISSION,
            "applies_if: [sells_pod]",
            "applies_if: [sells_pods]",
            'condition "sells_pods" does not exist. Did you mean "sells_pod"?',
        ),
        (
            DRAFT_MISSION,
            "difficulty: Intermediate",
            "difficulty: Intermediat",
            'difficulty "Intermediat" does not exist. Did you mean "Intermediate"?',
        ),
        (DRAFT_MISSION, "path: Grow", "path: Growth", 'path "Growth" does not exist'),
        (MISSION, "skill: base.second, text", "skill: base.third, text", 'skill "base.third" does not exist'),
        (MISSION, "skills: [base.second]", "skills: [base.sekond]", 'skill "base.sekond" does not exist'),
        (
            MISSION,
            "evidence: {base.first: -1}",
            "evidence: {base.third: -1}",
            'evidence of "base.third", which is not among',
        ),
        (MISSION, 'teaches: "1.1.1.2"', 'teaches: "1.1.1.9"', 'lesson "1.1.1.9" does not exist'),
        (MISSION, 'lessons: ["1.1.1.2"]', 'lessons: ["1.1.1.8"]', 'lesson "1.1.1.8" does not exist'),
        ("glossary.yaml", 'lessons: ["1.1.1.1"]', 'lessons: ["1.9.1.2"]', 'lesson "1.9.1.2" does not exist'),
        ("foils.yaml", 'programs: ["1.1", "1.2"]', 'programs: ["9.1"]', 'program "9.1" does not exist'),
        (MISSION, "after: [reckoned]", "after: [rekoned]", 'option "rekoned" does not exist. Did you mean "reckoned"?'),
        ("curriculum.yaml", "{fact: model, any_of", "{fact: modl, any_of", 'shop fact "modl" does not exist'),
        ("curriculum.yaml", "any_of: [pod, undecided]", "any_of: [pods, undecided]", 'option "pods" does not exist'),
        (
            "curriculum.yaml",
            "suggested_for: {orders: [none_yet]}",
            "suggested_for: {orders: [nobody]}",
            'option "nobody"',
        ),
        ("curriculum.yaml", 'favors: ["1.1"]', 'favors: ["7.1"]', 'program "7.1" does not exist'),
        # The seven rules
        (MISSION, "prerequisites: [base.first]", "prerequisites: [base.fourth]", "prerequisites run in a circle"),
        (
            DRAFT_MISSION,
            "[base.second]",
            "[base.second, base.first]",
            'prerequisite "base.first" follows from "base.second"',
        ),
        (MISSION, "prerequisites: []", "prerequisites: [other5.only]", "comes later: lesson 1.5.1.1"),
        (f"{OTHER_2}/1.2.1.yaml", "[base.first]", "[base.fourth]", "later path Grow"),
        (f"{OTHER_2}/1.2.1.yaml", "[base.first]", "[base.fourth]", "higher difficulty, Intermediate"),
        (f"{OTHER_2}/1.2.1.yaml", "[base.first]", "[base.fourth]", "can be left out by its condition on model"),
        (
            "1-start/1.5-other5/1.5.1.yaml",
            "prerequisites: []",
            "prerequisites: [other2.only, other2.only]",
            "stands here twice",
        ),
        # Lessons
        (MISSION, '    tip: "', '    tip: "Too short." # "', '"tip" has 2 words, and must have 20 to 40. Add to it.'),
        (MISSION, "The 3 Steps of Doing Thing 1", "The 4 Steps of Doing Thing 1", "promises 4 steps, and 3 follow"),
        (MISSION, "The 3 Steps of Doing Thing 1", "Doing Thing 1", 'must read "The 3 Steps of ..."'),
        (MISSION, "14.00 - 2.90 = 12.10", "14.00 - 2.90 = 12.11", "is wrong: the left side makes 12.1."),
        (MISSION, "(8 + 8) / 3 = 5.33", "__import__('os') = 5", "must be numbers with + - * / ( )"),
        (MISSION, "(8 + 8) / 3 = 5.33", "(8 + 8) / 0 = 5.33", "divides by zero"),
        (MISSION, "**Do 1-0.**", "<b>Do 1-0.</b>", "raw HTML is not allowed"),
        (MISSION, "**Do 1-0.**", "[Do 1-0.](http://example.com)", "this link, picture or nesting is not allowed"),
        (MISSION, "**Do 1-0.**", "![Do 1-0.](file:///etc/passwd)", "this link, picture or nesting is not allowed"),
        (MISSION, 'question: "Who pays for the light?"', 'question: "The light"', 'must end in "?"'),
        # Items
        (
            MISSION,
            'prompt: "What did you do first last week?"',
            f'prompt: "{prose(50, 3)}"',
            "a situation has 45 at most",
        ),
        (
            MISSION,
            'prompt: "Which cost grows with the price?"',
            f'prompt: "{prose(30, 3)}"',
            "a follow-up has 30 at most",
        ),
        (MISSION, 'prompt: "A buyer pays $24.00', f'prompt: "{prose(80, 3)}', "a scenario has 80 at most"),
        (MISSION, "skills: [base.first]\n", "skills: [base.first, other2.only]\n", "belong to programs 1.1 and 1.2"),
        (
            MISSION,
            "skills: [base.second]\n",
            "skills: [base.second, base.first]\n",
            'no option says anything of "base.first"',
        ),
        (MISSION, '{base.first: 1}, reveals: "Plans."', '{base.first: 2}, reveals: "Plans."', "is a mere claim"),
        (
            MISSION,
            '{base.first: 1}, reveals: "Plans."',
            '{base.first: 0}, reveals: "Plans."',
            "says nothing. Leave it out",
        ),
        (MISSION, 'text: "Opened my own list"', 'text: "Not sure"', 'the app adds "Not sure"'),
        # Acts and foils
        (
            MISSION,
            '"A second list, signed"',
            '"A second list that is signed by you today"',
            "has 9 words, and must have 7 at most",
        ),
        (MISSION, '"A second list, signed"', '"THE first thing, on paper"', "says the same as act.base.first"),
        ("foils.yaml", 'programs: ["1.1", "1.2"]', "programs: []", "Name the programs it fits"),
        ("foils.yaml", '"The basil number"', '"The amber number"', "says the same as foil.amber-number"),
        ("foils.yaml", '"The basil number"', '"The number of the basil on your own shop"', "has 9 words"),
        # Glossary
        ("glossary.yaml", '"What is left of a price', '"The margin is left of a price', 'explains "Margin" by itself'),
        ("glossary.yaml", "of the order are paid.", "are paid. It is money.", "must be one sentence"),
        ("glossary.yaml", 'term: "Işık"', 'term: "MARGIN"', ""),
    ],
)
def test_a_damage_is_told_at_its_line(sources: Path, name: str, old: str, new: str, what: str) -> None:
    problems = damaged(sources, name, old, new)

    assert any(what in problem.what for problem in problems), "\n".join(map(str, problems))


@pytest.mark.parametrize(
    ("name", "old", "label", "what"),
    [
        (
            MISSION,
            '  - {id: act.base.second, skill: base.second, text: "A record of last week\'s test"}\n',
            "1.1.1.2",
            "has 0 acts",
        ),
        (
            MISSION,
            '  - {id: act.base.first.2, skill: base.first, text: "A second list, signed"}\n',
            "1.1.1.1",
            "has 1 acts and needs 2",
        ),
    ],
)
def test_a_skill_without_its_acts_is_told(sources: Path, name: str, old: str, label: str, what: str) -> None:
    change(sources, name, old, "")

    assert [problem.what[: len(f"lesson {label}")] for problem in lint(sources) if what in problem.what] == [
        f"lesson {label}"
    ]


def test_skills_many_build_on_and_missions_need_items(sources: Path) -> None:
    text = (sources / MISSION).read_text("utf-8")
    start = text.index("items:\n")
    (sources / MISSION).write_text(text[:start] + "items: []\nquestions: []\n", encoding="utf-8")

    problems = [problem.what for problem in lint(sources)]

    assert sorted(what[:44] for what in problems) == [
        'lesson 1.1.1.1: skill "base.first" has 0 ite',
        'lesson 1.1.1.1: skill "base.first" has impac',
        'lesson 1.1.1.2: skill "base.second" has impa',
        "mission 1.1.1: it has 0 Q&A entries and need",
        "mission 1.1.1: it needs at least one situati",
    ]


def test_too_few_foils_are_told(sources: Path) -> None:
    (sources / "foils.yaml").write_text("foils: []\n", encoding="utf-8")

    assert [str(problem) for problem in lint(sources)] == [
        "curriculum.yaml:1: there are 0 foils, and must be 10 or more. Add some to foils.yaml."
    ]


def test_a_missing_program_is_told(sources: Path) -> None:
    for file in (sources / "1-start/1.18-other18").iterdir():
        file.unlink()

    assert [problem.what for problem in lint(sources)] == [
        "there are 17 programs, and must be 18. Add or remove program folders."
    ]


def test_a_sentence_of_another_lesson_is_told_with_both_places(sources: Path) -> None:
    sentence = prose(10, 101)
    line = change(sources, MISSION, prose(10, 102), sentence)

    problems = lint(sources)

    assert [problem.line for problem in problems] == [line - 1], "a block is reported at its key"
    assert f"{MISSION}:17" in problems[0].what


def test_options_that_give_themselves_away_by_length_are_told(sources: Path) -> None:
    change(sources, MISSION, "The good answer", "The good answer, which is by far the longest of them all")

    assert [problem.what.rpartition(": ")[2] for problem in lint(sources)] == [
        "the shortest option has less than two thirds of the longest. Even them out."
    ]


@pytest.mark.parametrize("right", ["The near answer", "The poor answer"])
def test_two_right_options_are_told(sources: Path, right: str) -> None:
    change(sources, MISSION, f'text: "{right}"', f'text: "{right}", right: true')

    assert ["2 right options" in problem.what for problem in lint(sources)] == [True]


def test_a_follow_up_with_two_right_options_is_told(sources: Path) -> None:
    change(sources, MISSION, "keeps: false", "keeps: true")

    assert [problem.what for problem in lint(sources)] == [
        "item item.base.first.1: 2 follow-up options keep the claim, and exactly one must."
    ]


def test_a_lesson_that_is_not_free_is_no_help_in_a_free_mission(sources: Path) -> None:
    change(sources, f"{OTHER_2}/1.2.1.yaml", "lessons:\n", "free: true\nlessons:\n")
    change(sources, MISSION, "free: true\n", "")

    assert [problem.what for problem in lint(sources)] == [
        'lesson 1.2.1.1: prerequisite "base.first" is taught in mission 1.1.1, which is not free. '
        "Make it free, or remove it."
    ]


def test_an_earlier_number_of_two_lessons_is_told(sources: Path) -> None:
    for _ in range(2):
        change(
            sources,
            MISSION,
            "    status: ready\n    what",
            '    earlier_numbers: ["1.1.7.1"]\n    status: ready\n    what',
        )
        change(sources, MISSION, "    status: ready\n    what", "    status:  ready\n    what")

    assert ['earlier number "1.1.7.1" belongs to lesson 1.1.1.1' in problem.what for problem in lint(sources)] == [True]


def test_problems_of_all_files_come_in_one_run_sorted_by_file_and_line(sources: Path) -> None:
    change(sources, "foils.yaml", '"The basil number"', '"The amber number"')
    change(sources, MISSION, "The 3 Steps of Doing Thing 2", "The 9 Steps of Doing Thing 2")
    change(sources, MISSION, "The 3 Steps of Doing Thing 1", "The 9 Steps of Doing Thing 1")
    change(sources, "glossary.yaml", "terms:", "terms: &all")

    problems = lint(sources)

    assert len(problems) == 4
    assert problems == sorted(problems, key=lambda problem: (problem.file, problem.line))
    assert [problem.file for problem in problems] == [MISSION, MISSION, "foils.yaml", "glossary.yaml"]


def test_drafts_are_no_mistakes_but_no_release_either(sources: Path) -> None:
    loaded = load_sources(sources)

    assert structural_problems(loaded) == []
    assert len(draft_problems(loaded)) == 19


def test_wording_does_not_keep_sources_from_being_compiled(sources: Path) -> None:
    change(sources, MISSION, '    tip: "', '    tip: "Too short." # "')

    assert structural_problems(load_sources(sources)) == []
    assert len(lint(sources)) == 1


@pytest.mark.parametrize("skills", ["[]", "[base.second, other2.only]"])
def test_an_item_of_no_program_or_of_two_cannot_be_compiled(sources: Path, skills: str) -> None:
    line = change(sources, MISSION, "skills: [base.second]", f"skills: {skills}")

    assert (line, True) in {
        (problem.line, "skills" in problem.what) for problem in structural_problems(load_sources(sources))
    }
