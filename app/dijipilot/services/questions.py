"""Questions to an instructor: ask, carry out by file, answer, carry back, all matched by id."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from dijipilot.content.pack import Pack
from dijipilot.domain.ids import EventId, ProfileId, SkillId
from dijipilot.domain.records import AskedQuestion, ReceivedAnswer
from dijipilot.errors import UsageProblem
from dijipilot.exchange import question_files
from dijipilot.exchange.question_files import MAX_QUESTION, CarriedQuestion
from dijipilot.exchange.question_files import QuestionFile as QuestionFile
from dijipilot.messages import message
from dijipilot.services.events import Announcer, QuestionsChanged
from dijipilot.storage import notes, profiles
from dijipilot.storage.database import Database


class QuestionState(Struct, frozen=True):
    """A question with the answers that came back, oldest first."""

    asked: AskedQuestion
    answers: tuple[ReceivedAnswer, ...]

    @property
    def is_answered(self) -> bool:
        """Whether an answer came back."""
        return bool(self.answers)


class Questions:
    """The learner's outbox, and the instructor's way through it."""

    def __init__(
        self,
        database: Database,
        pack: Pack,
        announcer: Announcer,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._database = database
        self._pack = pack
        self._announcer = announcer
        self._clock = clock
        self._new_id = new_id

    def ask(self, profile: ProfileId, skill: SkillId, text: str) -> AskedQuestion:
        """Keep a question about a lesson. Raises UsageProblem when it is empty or too long."""
        if skill not in self._pack.curriculum.lesson_by_skill:
            raise UsageProblem(message("pack.unknown_lesson", lesson=skill))
        if not text.strip():
            raise UsageProblem(message("questions.empty"))
        if len(text) > MAX_QUESTION:
            raise UsageProblem(message("questions.too_long", limit=MAX_QUESTION))
        question = AskedQuestion(EventId(self._new_id()), self._clock(), skill, text.strip(), self._pack.id)
        notes.append_question(self._database, profile, question)
        self._announcer.announce(QuestionsChanged(profile))
        return question

    def report_difference(self, profile: ProfileId, skill: SkillId, step: str, seen: str) -> AskedQuestion:
        """Keep, as a question, that a step reads otherwise than the learner's screen looks.

        seen: what the learner sees instead, may be "". The step's number and id go with it, none of its words: those
        may be sealed, and who answers has the pack. Raises UsageProblem where there is no such step, LessonLocked.
        """
        text = self._pack.lesson_text(skill) if skill in self._pack.curriculum.lesson_by_skill else None
        number_by_step = {each.id: number for number, each in enumerate(text.steps if text else (), start=1)}
        if step not in number_by_step:
            raise UsageProblem(message("learn.unknown_step", step=step, skill=skill))
        told = message("questions.screen_differs", number=number_by_step[step], step=step).english()
        return self.ask(profile, skill, f"{told}\n{seen.strip()}"[:MAX_QUESTION])

    def all(self, profile: ProfileId) -> tuple[QuestionState, ...]:
        """Return all questions asked, oldest first, with their answers."""
        with self._database.reading():
            received = notes.received_answers(self._database, profile)
            return tuple(
                QuestionState(asked, tuple(answer for answer in received if answer.question == asked.id))
                for asked in notes.questions_of(self._database, profile)
            )

    def export(self, profile: ProfileId, file: Path) -> int:
        """Write the questions that have no answer yet to a .djquestions file; return how many. Raises CouldNotSave."""
        waiting = [state.asked for state in self.all(profile) if not state.is_answered]
        learner = profiles.get_profile(self._database, profile)
        carried = tuple(self._carried(question) for question in waiting)
        name = learner.name if learner else ""
        question_files.write_questions(file, QuestionFile(profile, name, self._clock(), carried))
        return len(carried)

    def read(self, file: Path) -> QuestionFile:
        """Return what a .djquestions file asks. Raises BadInput."""
        return question_files.read_questions(file)

    def answer(self, file_in: Path, answers: Mapping[EventId, str], answered_by: str, file_out: Path) -> int:
        """Write answers, by question id, to a .djanswers file; return how many. Empty texts are left out.

        Raises UsageProblem when an id is not in file_in, BadInput, CouldNotSave.
        """
        asked = {carried.question.id for carried in self.read(file_in).questions}
        for question in answers:
            if question not in asked:
                raise UsageProblem(message("questions.unknown", question=question, file=str(file_in)))
        received = tuple(
            ReceivedAnswer(EventId(self._new_id()), self._clock(), question, text.strip(), answered_by)
            for question, text in answers.items()
            if text.strip()
        )
        question_files.write_answers(file_out, received)
        return len(received)

    def import_(self, profile: ProfileId, file: Path) -> int:
        """Add the answers of a .djanswers file to this profile's questions; return how many were new.

        Answers to questions of others are left for them. Raises BadInput, and then adds nothing.
        """
        incoming = question_files.read_answers(file)
        with self._database.writing():
            own = {question.id for question in notes.questions_of(self._database, profile)}
            known = {answer.id for answer in notes.received_answers(self._database, profile)}
            new = {answer.id: answer for answer in incoming if answer.question in own and answer.id not in known}
            for answer in new.values():
                notes.append_received_answer(self._database, profile, answer)
        if new:
            self._announcer.announce(QuestionsChanged(profile))
        return len(new)

    def _carried(self, question: AskedQuestion) -> CarriedQuestion:
        lesson = self._pack.curriculum.lesson_by_skill.get(question.skill)
        if lesson is None:
            return CarriedQuestion(question, "", question.skill)
        return CarriedQuestion(question, lesson.number, lesson.title)
