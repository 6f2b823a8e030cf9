"""What learners wrote: notes on lessons and questions to an instructor, and the answers that came back."""

from dijipilot.domain.ids import EventId, PackId, ProfileId, SkillId
from dijipilot.domain.records import AskedQuestion, Note, ReceivedAnswer
from dijipilot.storage import moments
from dijipilot.storage.database import Database
from dijipilot.storage.texts import storable


def append_note(database: Database, profile: ProfileId, note: Note) -> None:
    """Append the text of a note as of now; it is on the disk when this returns."""
    with database.writing() as writer:
        writer.append("note", profile, note.id, note.at, {"skill": note.skill, "text": storable(note.text)})


def notes_of(database: Database, profile: ProfileId) -> list[Note]:
    """Return all texts that notes ever had, in order; of each skill the latest counts."""
    with database.reading() as reader:
        return [
            Note(EventId(row["id"]), moments.from_text(row["at"]), SkillId(row["skill"]), row["text"])
            for row in reader.records("note", profile)
        ]


def append_question(database: Database, profile: ProfileId, question: AskedQuestion) -> None:
    """Append a question to an instructor; it is on the disk when this returns."""
    values = {"skill": question.skill, "text": storable(question.text), "pack": question.pack}
    with database.writing() as writer:
        writer.append("asked_question", profile, question.id, question.at, values)


def questions_of(database: Database, profile: ProfileId) -> list[AskedQuestion]:
    """Return all questions asked, in order."""
    with database.reading() as reader:
        return [
            AskedQuestion(
                EventId(row["id"]),
                moments.from_text(row["at"]),
                SkillId(row["skill"]),
                row["text"],
                PackId(row["pack"]),
            )
            for row in reader.records("asked_question", profile)
        ]


def append_received_answer(database: Database, profile: ProfileId, answer: ReceivedAnswer) -> None:
    """Append an answer that came back; one that is there already is left as it is."""
    values = {
        "question": answer.question,
        "text": storable(answer.text),
        "answered_by": storable(answer.answered_by),
    }
    with database.writing() as writer:
        writer.append("received_answer", profile, answer.id, answer.at, values)


def received_answers(database: Database, profile: ProfileId) -> list[ReceivedAnswer]:
    """Return all answers that came back, in order."""
    with database.reading() as reader:
        return [
            ReceivedAnswer(
                EventId(row["id"]),
                moments.from_text(row["at"]),
                EventId(row["question"]),
                row["text"],
                row["answered_by"],
            )
            for row in reader.records("received_answer", profile)
        ]
