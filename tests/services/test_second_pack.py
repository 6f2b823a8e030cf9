"""A later edition of the curriculum under a learner's records: everything stays attached, history does not move."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dijipilot import bootstrap
from dijipilot.bootstrap import Academy, open_academy
from dijipilot.content.compiler import compile_body
from dijipilot.content.loader import assemble, load_sources
from dijipilot.domain.assessment.responses import Answer, ScreenKind
from dijipilot.domain.ids import EventId, ItemId, ProfileId, SkillId
from dijipilot.paths import UserPaths
from dijipilot.storage import answers as records
from tests import builders
from tests.packs import opened, write_pack

SOURCES = Path(__file__).parents[2] / "curriculum"
PROGRAM = Path("2-launch") / "2.5-pod-order-fulfillment"
MOVED = SkillId("fulfillment.status-tracking")
RETIRED = SkillId("pod.location-routing")
REPLACED = ItemId("item.fulfillment.order-settings.1")
REPLACEMENT = ItemId("item.fulfillment.order-settings.9")


def edit(file: Path, change: Callable[[Any], None]) -> None:
    """Change a source file as data."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    change(data)
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def swap_second_and_third(mission: dict[str, Any]) -> None:
    """Give lessons 2 and 3 of a mission each other's numbers, and one item a new id."""
    second, third = mission["lessons"][1:3]
    for lesson, number in ((third, "2.5.1.2"), (second, "2.5.1.3")):
        lesson["earlier_numbers"] = [lesson["number"]]
        lesson["number"] = number
    mission["lessons"][1:3] = [third, second]
    for item in mission["items"]:
        if item["id"] == REPLACED:
            item["id"] = str(REPLACEMENT)


def retire_third(mission: dict[str, Any]) -> None:
    """Take lesson 3 out of a mission, with all that asks about it."""
    mission["lessons"] = mission["lessons"][:2]
    mission["acts"] = [act for act in mission["acts"] if act["skill"] != RETIRED]
    mission["items"] = [item for item in mission["items"] if RETIRED not in item["skills"]]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a pack of the curriculum as it is, and one of a later edition."""
    folder = tmp_path_factory.mktemp("editions")
    later = folder / "curriculum"
    shutil.copytree(SOURCES, later)
    edit(later / PROGRAM / "2.5.1.yaml", swap_second_and_third)
    edit(later / PROGRAM / "2.5.2.yaml", retire_third)
    entry = {"skill": str(RETIRED), "title": "Why Does the Place of Production Matter?", "last_number": "2.5.2.3"}
    edit(later / "curriculum.yaml", lambda data: data.update(retired=[entry]))
    for file in [later / "glossary.yaml", *(later / PROGRAM).glob("2.5.?.yaml")]:
        file.write_text(file.read_text(encoding="utf-8").replace("2.5.2.3", "2.5.2.1"), encoding="utf-8")
    return compiled(SOURCES, folder / "first.djpack"), compiled(later, folder / "second.djpack")


def compiled(sources: Path, file: Path) -> Path:
    """Compile sources to a pack in which everything can be read."""
    return write_pack(compile_body(assemble(load_sources(sources))), file)


@pytest.fixture
def open_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Academy]:
    """Return a function that opens one home with a pack."""
    clock = builders.ticking_clock()

    def open_one(pack: Path) -> Academy:
        monkeypatch.setattr(bootstrap, "open_pack_in_use", lambda _packs, _own: opened(pack))
        return open_academy(UserPaths(tmp_path / "home"), for_writing=True, clock=clock)

    return open_one


def live(academy: Academy) -> ProfileId:
    """Take an assessment, study, and leave a note; return the profile."""
    profile = academy.profiles.choose("Mara").id
    sitting = academy.assess.begin(profile)
    while (screen := sitting.screen) is not None:
        first = [option.id for option in screen.options[:1]]
        sitting.answer([] if screen.kind is ScreenKind.CHECKLIST else ["pod"] if "pod" in first else first)
    for skill in (MOVED, RETIRED):
        step = academy.library.lesson(skill)
        assert step is not None
        academy.learn.tick_step(profile, skill, step.steps[0].id, True)
        academy.learn.finish(profile, skill)
        academy.learn.save_note(profile, skill, f"about {skill}")
    answer = Answer(
        EventId("by-hand"),
        builders.NOON,
        REPLACED,
        ScreenKind.SITUATION,
        ("support", "status"),
        ("status",),
        False,
        9.0,
    )
    records.append_answer(academy.database, profile, sitting.assessment.id, answer)
    return profile


def test_records_stay_attached_when_lessons_move_retire_and_items_are_replaced(
    editions: tuple[Path, Path], open_with: Callable[[Path], Academy]
) -> None:
    first, second = editions
    academy = open_with(first)
    profile = live(academy)
    progress_before = academy.learn.progress(profile)
    history_before = academy.assess.history(profile)
    assessment = history_before[0].id
    answers_before = records.answers_of(academy.database, assessment)
    academy.close()

    academy = open_with(second)

    assert academy.learn.progress(profile) == progress_before
    assert academy.learn.progress_of(profile, MOVED).is_done
    assert academy.learn.note(profile, MOVED) == f"about {MOVED}"
    assert academy.learn.note(profile, RETIRED) == f"about {RETIRED}"
    assert records.answers_of(academy.database, assessment) == answers_before
    assert academy.assess.history(profile) == history_before
    academy.close()


def test_the_later_edition_finds_moved_lessons_and_names_retired_ones(
    editions: tuple[Path, Path], open_with: Callable[[Path], Academy]
) -> None:
    academy = open_with(editions[1])
    curriculum = academy.library.curriculum

    assert curriculum.lesson_by_skill[MOVED].number == "2.5.1.2"
    assert academy.library.find("2.5.1.2").skill == MOVED
    assert RETIRED not in curriculum.skills
    assert [lesson.skill for lesson in curriculum.retired] == [RETIRED]
    academy.close()


def test_answers_to_a_replaced_item_are_kept_and_not_counted(
    editions: tuple[Path, Path], open_with: Callable[[Path], Academy]
) -> None:
    first, second = editions
    academy = open_with(first)
    profile = live(academy)
    reasons = academy.standings.reasons(profile, MOVED)
    assert REPLACED in {reason.id for reason in reasons}
    academy.close()

    academy = open_with(second)
    standing = academy.standings.current(profile)

    assert REPLACED not in {reason.id for reason in academy.standings.reasons(profile, MOVED)}
    assert len(standing.by_skill) + len(standing.not_applicable) == 158
    assert RETIRED not in {item.skill for item in academy.plan.roadmap(profile).items}
    academy.close()
