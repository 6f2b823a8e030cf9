"""Everything Home shows, as one plain value: it can be kept as text and painted before anything else is loaded."""

import json
from dataclasses import asdict, dataclass, fields, is_dataclass
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

EDITION = 1
"""Edition of the text; what another one wrote is not read."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message by id with the values of its placeholders, as in messages.py, so that it is read in any language."""

    id: str
    values: tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, slots=True)
class ResumeView:
    """The lesson to continue or to begin with. minutes_left: planned for what is not done; steps: 0 where unknown."""

    skill: str
    number: str
    title: str
    has_begun: bool
    steps_done: int
    steps: int
    minutes_left: int
    why: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class UpcomingView:
    """A lesson that comes after the one to continue; why: the main reason first."""

    skill: str
    number: str
    title: str
    minutes: int
    is_locked: bool
    is_in_preparation: bool
    why: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class SlotPartView:
    """What to do with a part of some free time. steps: so many of the lesson, 0 for all that is left of it."""

    skill: str
    title: str
    steps: int
    low_minutes: int
    high_minutes: int


@dataclass(frozen=True, slots=True)
class SlotView:
    """What fits into so many minutes; no parts where nothing does."""

    minutes: int
    parts: tuple[SlotPartView, ...]


@dataclass(frozen=True, slots=True)
class StageView:
    """How much of one stage is mastered, missing, unsettled and not applicable, in skills."""

    title: str
    mastered: int
    missing: int
    unsettled: int
    not_applicable: int


@dataclass(frozen=True, slots=True)
class ProgressView:
    """How far the learner is, by the same numbers as the gap analysis and the roadmap.

    closed_*: lessons finished within the last seven days, and their planned minutes. weeks_*: 0 where unknown.
    assessed_on: YYYY-MM-DD, "" where no assessment is finished.
    """

    stages: tuple[StageView, ...]
    closed_lessons: int
    closed_minutes: int
    lessons_done: int
    lessons_planned: int
    minutes_ahead: int
    weeks_low: int
    weeks_high: int
    assessed_on: str
    is_recheck_due: bool

    @property
    def mastered(self) -> int:
        """How many skills are mastered."""
        return sum(stage.mastered for stage in self.stages)

    @property
    def applicable(self) -> int:
        """How many skills concern this shop."""
        return sum(stage.mastered + stage.missing + stage.unsettled for stage in self.stages)


@dataclass(frozen=True, slots=True)
class HomeView:
    """What Home shows.

    days_away: whole days since the learner last did anything. skills, programs, lessons: of the curriculum.
    paused_screens: answered in the assessment that waits to be continued, None where none does.
    progress: None before there is any evidence, and while the first assessment waits; resume is None then too, and
    where nothing is left to do.
    minutes: the free time last asked about; slots: what fits, for each length one can ask about.
    measured_lessons: how many lessons the ranges of minutes rest on, 0 where they are what is usual.
    """

    name: str
    days_away: int
    skills: int
    programs: int
    lessons: int
    paused_screens: int | None
    progress: ProgressView | None
    resume: ResumeView | None
    upcoming: tuple[UpcomingView, ...]
    minutes: int
    slots: tuple[SlotView, ...]
    measured_lessons: int


def to_json(view: HomeView) -> str:
    """Return the view as text."""
    return json.dumps({"edition": EDITION, "view": asdict(view)}, ensure_ascii=False)


def from_json(text: str) -> HomeView | None:
    """Return the view that a text holds, None where it is not exactly what this edition writes."""
    try:
        whole = json.loads(text)
        if not isinstance(whole, dict) or whole.get("edition") != EDITION:
            return None
        view = _read(HomeView, whole.get("view"))
    except (ValueError, RecursionError):
        return None
    return view if isinstance(view, HomeView) else None


def _read(kind: object, value: object) -> object:
    """Return a value of this kind, read from JSON. Raises ValueError where it is of another."""
    origin, arguments = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        names = {field.name for field in fields(kind)}
        if not isinstance(value, dict) or value.keys() != names:
            raise ValueError(kind.__name__)
        hints = get_type_hints(kind)
        return kind(**{name: _read(hints[name], value[name]) for name in names})
    if origin is tuple:
        return _read_tuple(arguments, value)
    if origin in (Union, UnionType):
        return _read_either(arguments, value)
    # The very type: True is no number.
    if type(value) is not kind:
        raise ValueError(kind)
    return value


def _read_tuple(kinds: tuple[object, ...], value: object) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise ValueError(kinds)
    if kinds[-1] is Ellipsis:
        return tuple(_read(kinds[0], each) for each in value)
    return tuple(_read(kind, each) for kind, each in zip(kinds, value, strict=True))


def _read_either(kinds: tuple[object, ...], value: object) -> object:
    for kind in kinds:
        try:
            return _read(kind, value)
        except ValueError:
            continue
    raise ValueError(kinds)
