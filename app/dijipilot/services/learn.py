"""Learn: open a lesson, tick, check what was understood, finish, write a note, continue where one stopped."""

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec import Struct

from dijipilot.content.pack import Pack
from dijipilot.domain.events import LessonEventKind
from dijipilot.domain.ids import EventId, LessonNumber, ProfileId, SkillId
from dijipilot.domain.lesson_text import CheckOption, CheckQuestion, LessonText, SealableText
from dijipilot.domain.progress import LessonProgress
from dijipilot.domain.records import Note
from dijipilot.domain.roadmap import Roadmap, Status
from dijipilot.errors import LessonLocked, UsageProblem
from dijipilot.messages import message
from dijipilot.services.events import Announcer, LessonProgressed
from dijipilot.services.notes import latest_notes
from dijipilot.services.plan import Plan
from dijipilot.services.recording import Recorder, progress_as_it_stands
from dijipilot.storage import notes, progress
from dijipilot.storage.database import Database


class CheckFeedback(SealableText, frozen=True):
    """What one answer to a knowledge check leads to; is_passed: every question's latest answer is right."""

    is_right: bool
    explanation: str
    is_passed: bool


class ResumePlace(Struct, frozen=True):
    """The lesson to continue; steps is 0 where its text cannot be read here."""

    skill: SkillId
    number: LessonNumber
    title: str
    steps_done: int
    steps: int
    minutes: int


class Learn:
    """What happens in lessons. Each change is on the disk when the method returns."""

    def __init__(
        self,
        database: Database,
        pack: Pack,
        plan: Plan,
        announcer: Announcer,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._database = database
        self._pack = pack
        self._plan = plan
        self._announcer = announcer
        self._clock = clock
        self._new_id = new_id
        self._recorder = Recorder(database, clock, new_id)

    def open_lesson(self, profile: ProfileId, skill: SkillId) -> None:
        """Note that the learner looks into a lesson; looking again at the one last used adds nothing."""
        self._check_exists(skill)
        events = progress.lesson_events(self._database, profile)
        if not events or events[-1].skill != skill:
            self._record(profile, skill, LessonEventKind.OPENED)

    def tick_step(self, profile: ProfileId, skill: SkillId, step: str, is_ticked: bool) -> None:
        """Tick or untick a step. Raises UsageProblem where the lesson has none of this id, LessonLocked."""
        if step not in {each.id for each in self._text(skill).steps}:
            raise UsageProblem(message("learn.unknown_step", step=step, skill=skill))
        if is_ticked != (step in self.progress_of(profile, skill).ticked_steps):
            kind = LessonEventKind.STEP_TICKED if is_ticked else LessonEventKind.STEP_UNTICKED
            self._record(profile, skill, kind, step)

    def tick_box(self, profile: ProfileId, skill: SkillId, box: str, is_ticked: bool) -> None:
        """Tick or untick a box of the checklist. Raises as tick_step does."""
        if box not in {each.id for each in self._text(skill).checklist}:
            raise UsageProblem(message("learn.unknown_step", step=box, skill=skill))
        if is_ticked != (box in self.progress_of(profile, skill).ticked_boxes):
            kind = LessonEventKind.BOX_TICKED if is_ticked else LessonEventKind.BOX_UNTICKED
            self._record(profile, skill, kind, box)

    def answer_check(self, profile: ProfileId, skill: SkillId, question_id: str, option_id: str) -> CheckFeedback:
        """Answer a question of the knowledge check; passing it for the first time is recorded too."""
        questions = self._text(skill).check
        option = _find_option(questions, question_id, option_id)
        before = self.progress_of(profile, skill)
        is_passed = _is_passed(questions, {**before.check_answers, question_id: option_id})
        with self._database.writing():
            self._recorder.lesson(profile, skill, LessonEventKind.CHECK_ANSWERED, question_id, option_id)
            if is_passed and not before.has_passed_check:
                self._recorder.lesson(profile, skill, LessonEventKind.CHECK_PASSED)
        self._announcer.announce(LessonProgressed(profile, skill))
        return CheckFeedback(option.is_right, option.explanation, is_passed)

    def finish(self, profile: ProfileId, skill: SkillId) -> None:
        """Mark a lesson as done; nobody has to have ticked everything."""
        self._check_exists(skill)
        if not self.progress_of(profile, skill).is_done:
            self._record(profile, skill, LessonEventKind.DONE)

    def reopen(self, profile: ProfileId, skill: SkillId) -> None:
        """Mark a lesson as not done; what was ticked stays ticked."""
        self._check_exists(skill)
        if self.progress_of(profile, skill).is_done:
            self._record(profile, skill, LessonEventKind.REOPENED)

    def progress(self, profile: ProfileId) -> Mapping[SkillId, LessonProgress]:
        """Return the progress of every lesson in which something happened."""
        return progress_as_it_stands(self._database, profile)

    def progress_of(self, profile: ProfileId, skill: SkillId) -> LessonProgress:
        """Return the progress of one lesson; an empty one where nothing happened."""
        return self.progress(profile).get(skill) or LessonProgress(skill)

    def resume(self, profile: ProfileId, roadmap: Roadmap | None = None) -> ResumePlace | None:
        """Return the lesson to continue: the one last worked on, else the first of the roadmap that is ready.

        Lessons that can be read here go before others. None where the roadmap holds nothing to do.
        roadmap: the learner's own as of now, where it is at hand already.
        """
        roadmap = roadmap or self._plan.roadmap(profile)
        progress_by_skill = self.progress(profile)
        skill = _last_started(roadmap, progress_by_skill) or _first_to_do(roadmap)
        if skill is None:
            return None
        lesson = self._pack.curriculum.lesson_by_skill[skill]
        steps = self._steps(skill)
        ticked = progress_by_skill.get(skill, LessonProgress(skill)).ticked_steps
        return ResumePlace(skill, lesson.number, lesson.title, len(steps & ticked), len(steps), lesson.minutes)

    def save_note(self, profile: ProfileId, skill: SkillId, text: str) -> None:
        """Keep the text of the note on a lesson; "" removes the note. The same text again adds nothing."""
        self._check_exists(skill)
        if text != self.note(profile, skill):
            note = Note(EventId(self._new_id()), self._clock(), skill, text)
            notes.append_note(self._database, profile, note)
            self._announcer.announce(LessonProgressed(profile, skill))

    def note(self, profile: ProfileId, skill: SkillId) -> str:
        """Return the note on a lesson, "" where there is none."""
        return self.notes(profile).get(skill, "")

    def notes(self, profile: ProfileId) -> Mapping[SkillId, str]:
        """Return all notes that are not empty."""
        return latest_notes(self._database, profile)

    def _record(self, profile: ProfileId, skill: SkillId, kind: LessonEventKind, detail: str = "") -> None:
        self._recorder.lesson(profile, skill, kind, detail)
        self._announcer.announce(LessonProgressed(profile, skill))

    def _check_exists(self, skill: SkillId) -> None:
        if skill not in self._pack.curriculum.lesson_by_skill:
            raise UsageProblem(message("pack.unknown_lesson", lesson=skill))

    def _text(self, skill: SkillId) -> LessonText:
        text = self._pack.lesson_text(skill)
        if text is None:
            raise UsageProblem(
                message("learn.in_preparation", title=self._pack.curriculum.lesson_by_skill[skill].title)
            )
        return text

    def _steps(self, skill: SkillId) -> frozenset[str]:
        try:
            text = self._pack.lesson_text(skill)
        except LessonLocked:
            return frozenset()
        return frozenset(step.id for step in text.steps) if text else frozenset()


def _find_option(questions: tuple[CheckQuestion, ...], question_id: str, option_id: str) -> CheckOption:
    for question in questions:
        for option in question.options:
            if (question.id, option.id) == (question_id, option_id):
                return option
    raise UsageProblem(message("learn.unknown_option", question=question_id, option=option_id))


def _is_passed(questions: tuple[CheckQuestion, ...], answers: Mapping[str, str]) -> bool:
    right = {question.id: {option.id for option in question.options if option.is_right} for question in questions}
    return all(answers.get(question) in options for question, options in right.items())


def _last_started(roadmap: Roadmap, progress_by_skill: Mapping[SkillId, LessonProgress]) -> SkillId | None:
    """Return the lesson in progress that was last worked on."""
    started = [
        (each.last_at, item.skill)
        for item in roadmap.items
        if item.status is Status.IN_PROGRESS and not item.locked
        if (each := progress_by_skill.get(item.skill)) is not None and each.last_at is not None
    ]
    return max(started)[1] if started else None


def _first_to_do(roadmap: Roadmap) -> SkillId | None:
    """Return the first lesson ahead: best one that can be read and is ready, else can be read, else ready, else any."""
    ahead = [item for item in roadmap.items if item.status.is_ahead]
    readable = [item for item in ahead if not item.locked and not item.is_in_preparation]
    ready = [[item for item in each if item.ready] for each in (readable, ahead)]
    return next((item.skill for item in (*ready[0], *readable, *ready[1], *ahead)), None)
