"""The rows of the roadmap in the orders in which it can be looked at: study order, by program, week by week."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field
from PySide6.QtCore import QCoreApplication, QDate, QLocale

from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import SkillId
from dijipilot.domain.lesson_tally import Tally
from dijipilot.domain.roadmap import Roadmap, RoadmapItem, tally_of
from dijipilot.domain.roadmap_weeks import Week, weeks_of

if TYPE_CHECKING:
    # A service: the window's shell is painted before they are loaded.
    from dijipilot.services.lesson_steps import StepState

Steps = Mapping[SkillId, "Sequence[StepState]"]
_CONTEXT = "roadmap rows"


class Arrangement(StrEnum):
    """How the roadmap is looked at."""

    ORDER = "order"
    PROGRAMS = "programs"
    WEEKS = "weeks"


class RollUp(Struct, frozen=True):
    """What a group of lessons comes to. minutes: of those still ahead."""

    tally: Tally
    minutes: int


class Row(Struct, frozen=True):
    """What a row shows: a group, a lesson or a step. key: names it for good, such as "step:SKILL/ID"."""

    key: str
    title: str
    item: RoadmapItem | None = None
    step: "StepState | None" = None
    roll_up: RollUp | None = None
    detail: str = ""


class Branch(Struct, frozen=True):
    """A row and the rows below it."""

    row: Row
    below: tuple["Branch", ...] = field(default=())


def arrange(
    roadmap: Roadmap, arrangement: Arrangement, curriculum: Curriculum, steps: Steps, today: date
) -> tuple[Branch, ...]:
    """Return the rows of a roadmap. today: the day from which weeks are reckoned."""
    match arrangement:
        case Arrangement.PROGRAMS:
            return tuple(_programs(roadmap, curriculum, steps))
        case Arrangement.WEEKS:
            return tuple(_weeks(roadmap, steps, today))
    return _lessons(roadmap.items, steps)


def _programs(roadmap: Roadmap, curriculum: Curriculum, steps: Steps) -> Iterable[Branch]:
    items_by_mission: dict[str, list[RoadmapItem]] = {}
    for item in roadmap.items:
        items_by_mission.setdefault(item.mission, []).append(item)
    for program in curriculum.programs:
        missions = [mission for mission in program.missions if mission.number in items_by_mission]
        items = [item for mission in missions for item in items_by_mission[mission.number]]
        below = tuple(
            _group(f"mission:{mission.number}", mission.title, items_by_mission[mission.number], steps, mission.outcome)
            for mission in missions
        )
        if items:
            row = Row(f"program:{program.number}", program.title, roll_up=_roll_up(items), detail=program.outcome)
            yield Branch(row, below)


def _weeks(roadmap: Roadmap, steps: Steps, today: date) -> Iterable[Branch]:
    for week in weeks_of(roadmap, today):
        yield _group(f"week:{week.number}", _week_title(week), week.items, steps)
    settled = [item for item in roadmap.items if not item.status.is_ahead]
    if settled:
        title = QCoreApplication.translate(_CONTEXT, "Done and skipped")
        yield _group("settled", title, settled, steps)


def _week_title(week: Week) -> str:
    first, last = (
        QLocale().toString(QDate(day.year, day.month, day.day), QCoreApplication.translate(_CONTEXT, "MMM d"))
        for day in (week.first, week.last)
    )
    words = QCoreApplication.translate(_CONTEXT, "Week {number}: {first} to {last}")
    return words.format(number=week.number, first=first, last=last)


def _group(key: str, title: str, items: Sequence[RoadmapItem], steps: Steps, detail: str = "") -> Branch:
    return Branch(Row(key, title, roll_up=_roll_up(items), detail=detail), _lessons(items, steps))


def _lessons(items: Iterable[RoadmapItem], steps: Steps) -> tuple[Branch, ...]:
    return tuple(Branch(Row(key_of(item.skill), item.title, item=item), _steps(item, steps)) for item in items)


def _steps(item: RoadmapItem, steps: Steps) -> tuple[Branch, ...]:
    return tuple(
        Branch(Row(f"step:{item.skill}/{step.id}", step.lead, item=item, step=step, detail=step.text))
        for step in steps.get(item.skill, ())
    )


def key_of(skill: str) -> str:
    """Return the key of a lesson's row."""
    return f"lesson:{skill}"


def _roll_up(items: Sequence[RoadmapItem]) -> RollUp:
    return RollUp(
        tally=tally_of(items),
        minutes=sum(item.minutes for item in items if item.status.is_ahead),
    )
