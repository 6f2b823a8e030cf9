"""Everything Home shows, as one plain value."""

from msgspec import Struct

from dijipilot.messages import Message


class ResumeView(Struct, frozen=True):
    """The lesson to continue or to begin with. minutes_left: planned for what is not done; steps: 0 where unknown.

    is_locked: whether it is, which is so only where nothing that is ahead can be read.
    """

    skill: str
    number: str
    title: str
    has_begun: bool
    steps_done: int
    steps: int
    minutes_left: int
    why: tuple[Message, ...]
    is_locked: bool = False


class UpcomingView(Struct, frozen=True):
    """A lesson that comes after the one to continue; why: the main reason first."""

    skill: str
    number: str
    title: str
    minutes: int
    is_locked: bool
    is_in_preparation: bool
    why: tuple[Message, ...]


class SlotPartView(Struct, frozen=True):
    """What to do with a part of some free time. steps: so many of the lesson, 0 for all that is left of it."""

    skill: str
    title: str
    steps: int
    low_minutes: int
    high_minutes: int


class SlotView(Struct, frozen=True):
    """What fits into so many minutes; no parts where nothing does."""

    minutes: int
    parts: tuple[SlotPartView, ...]


class StageView(Struct, frozen=True):
    """How much of one stage is mastered, missing, unsettled and not applicable, in skills.

    locked: how many more are missing or unsettled and locked; they are not among the others.
    """

    title: str
    mastered: int
    missing: int
    unsettled: int
    not_applicable: int
    locked: int = 0


class ProgressView(Struct, frozen=True):
    """How far the learner is, by the same numbers as the gap analysis and the roadmap.

    closed_*: lessons finished within the last seven days, and their planned minutes. weeks_*: 0 where unknown.
    assessed_on: YYYY-MM-DD, "" where no assessment is finished.
    lessons_locked: how many more are on the roadmap and locked; minutes_ahead and weeks are of those too.
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
    lessons_locked: int = 0

    @property
    def mastered(self) -> int:
        """How many skills are mastered."""
        return sum(stage.mastered for stage in self.stages)

    @property
    def applicable(self) -> int:
        """How many skills concern this shop, locked gaps left out."""
        return sum(stage.mastered + stage.missing + stage.unsettled for stage in self.stages)

    @property
    def locked(self) -> int:
        """How many skills are left out of what counts."""
        return sum(stage.locked for stage in self.stages)


class HomeView(Struct, frozen=True):
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
