"""Questions on their way to an instructor, and answers on their way back, as files on a stick."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from dijipilot.domain.ids import EventId, PackId, ProfileId, SkillId
from dijipilot.domain.records import AskedQuestion, ReceivedAnswer
from dijipilot.exchange.json_fields import JsonField, read_document, write_document

QUESTIONS_FORMAT = "dijipilot-questions"
ANSWERS_FORMAT = "dijipilot-answers"
VERSION = 1
MAX_QUESTION = 10_000


class CarriedQuestion(Struct, frozen=True):
    """A question with what an instructor needs to answer it without the learner's computer."""

    question: AskedQuestion
    lesson: str
    title: str


class QuestionFile(Struct, frozen=True):
    """The questions of one learner."""

    profile: ProfileId
    learner: str
    exported_at: datetime
    questions: tuple[CarriedQuestion, ...]


def write_questions(file: Path, content: QuestionFile) -> None:
    """Write a .djquestions file. Raises CouldNotSave."""
    questions = [
        {
            "id": carried.question.id,
            "at": carried.question.at.isoformat(),
            "skill": carried.question.skill,
            "lesson": carried.lesson,
            "title": carried.title,
            "text": carried.question.text,
            "pack": carried.question.pack,
        }
        for carried in content.questions
    ]
    learner = {"id": content.profile, "name": content.learner}
    exported_at = content.exported_at.isoformat()
    document: dict[str, object] = {"learner": learner, "exported_at": exported_at, "questions": questions}
    write_document(file, QUESTIONS_FORMAT, VERSION, document)


def read_questions(file: Path) -> QuestionFile:
    """Read a .djquestions file. Raises BadInput, naming file and field."""
    root = read_document(file, QUESTIONS_FORMAT, VERSION)
    learner = root.member("learner")
    return QuestionFile(
        profile=ProfileId(learner.member("id").identifier()),
        learner=learner.member("name").text(),
        exported_at=root.member("exported_at").moment(),
        questions=tuple(_question(field) for field in root.member("questions").elements()),
    )


def write_answers(file: Path, answers: Sequence[ReceivedAnswer]) -> None:
    """Write a .djanswers file. Raises CouldNotSave."""
    rows = [
        {
            "id": answer.id,
            "at": answer.at.isoformat(),
            "question": answer.question,
            "text": answer.text,
            "answered_by": answer.answered_by,
        }
        for answer in answers
    ]
    write_document(file, ANSWERS_FORMAT, VERSION, {"answers": rows})


def read_answers(file: Path) -> tuple[ReceivedAnswer, ...]:
    """Read a .djanswers file. Raises BadInput, naming file and field."""
    root = read_document(file, ANSWERS_FORMAT, VERSION)
    return tuple(_answer(field) for field in root.member("answers").elements())


def _question(field: JsonField) -> CarriedQuestion:
    question = AskedQuestion(
        id=EventId(field.member("id").identifier()),
        at=field.member("at").moment(),
        skill=SkillId(field.member("skill").identifier()),
        text=field.member("text").text(MAX_QUESTION),
        pack=PackId(field.member("pack").text()),
    )
    return CarriedQuestion(question, field.member("lesson").text(), field.member("title").text())


def _answer(field: JsonField) -> ReceivedAnswer:
    return ReceivedAnswer(
        id=EventId(field.member("id").identifier()),
        at=field.member("at").moment(),
        question=EventId(field.member("question").identifier()),
        text=field.member("text").text(),
        answered_by=field.member("answered_by").text(),
    )
