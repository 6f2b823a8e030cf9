"""Content to the body of a pack: one SQLite file, the same bytes for the same input."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from dijipilot import disk
from dijipilot.content.body_format import (
    APPLICATION_ID,
    CLIQUES,
    CURRICULUM,
    DRAFT,
    FORMAT_VERSION,
    GLOSSARY,
    LESSON,
    PAGE_SIZE,
    QUESTION,
    READY,
    SCHEMA,
    Triangulation,
    to_text,
)
from dijipilot.content.codec import to_json
from dijipilot.content.folding import fold
from dijipilot.content.loader import Content
from dijipilot.content.plain_text import plain_text
from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.ids import PackId
from dijipilot.domain.lesson_text import GlossaryTerm, LessonText, MissionQuestion
from dijipilot.errors import CouldNotSave
from dijipilot.messages import message

Row = tuple[str | int | None, ...]

_SQLITE_VERSION_AT = 96
_PINNED_SQLITE_VERSION = (3_040_000).to_bytes(4, "big")


def compile_body(content: Content) -> bytes:
    """Return the bytes of the body. They depend on the content alone: no times, no paths, no order of files."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
        connection.execute("BEGIN")
        for statement in SCHEMA:
            connection.execute(statement)
        _fill(connection, content)
        connection.execute("INSERT INTO found (found) VALUES ('optimize')")
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        return pin_sqlite_version(connection.serialize())


def pin_sqlite_version(body: bytes) -> bytes:
    """Return a body on which all machines agree: SQLite notes which of its versions wrote last, and never reads it."""
    return body[:_SQLITE_VERSION_AT] + _PINNED_SQLITE_VERSION + body[_SQLITE_VERSION_AT + 4 :]


def content_id(content: Content) -> PackId:
    """Return the id of a pack with this content: the same content, the same id, whenever and wherever compiled."""
    digest = hashlib.sha256(f"DijiPilot content {FORMAT_VERSION}\n".encode())
    for row in (("edition", content.edition), *_documents(content), *_lessons(content), *_questions(content)):
        digest.update(to_text(row).encode())
    for row in _terms(content):
        digest.update(to_text(row).encode())
    return PackId(digest.hexdigest()[:32])


def write_body(body: bytes, path: Path) -> None:
    """Put the body in place at once or not at all. Raises CouldNotSave."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.write_file(path, body, 0o644)
    except OSError as error:
        raise CouldNotSave(message("pack.could_not_write", path=str(path), cause=error.strerror or "")) from error


def _fill(connection: sqlite3.Connection, content: Content) -> None:
    curriculum = content.curriculum
    meta = {
        "pack": content_id(content),
        "title": curriculum.title,
        "language": curriculum.language,
        "edition": content.edition,
    }
    _insert(connection, "meta", sorted(meta.items()))
    _insert(connection, "document", [*_documents(content), _cliques(content)])
    _insert(connection, "lesson", sorted(_lessons(content)))
    _insert(connection, "question", sorted(_questions(content)))
    _insert(connection, "term", sorted(_terms(content)))
    _insert(connection, "lesson_number", sorted(curriculum.skill_by_number.items()))
    entries = list(_entries(content))
    _insert(connection, "entry", entries)
    connection.executemany(
        "INSERT INTO found (rowid, title, body) VALUES (?, ?, ?)",
        ((entry[0], fold(str(entry[4])), fold(str(entry[5]))) for entry in entries),
    )


def _insert(connection: sqlite3.Connection, table: str, rows: "list[Row] | Iterator[Row]") -> None:
    for row in rows:
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def _documents(content: Content) -> Iterator[Row]:
    yield (CURRICULUM, to_text(to_json(content.curriculum)))


def _cliques(content: Content) -> Row:
    """Return the tables that the diagnostic works with: finding them takes a second, so it is done here, once a pack.

    They follow from the curriculum, so the id of the pack does without them.
    """
    # Imported here: they bring numpy, which a start with nothing to compile does without.
    from dijipilot.domain.assessment.mastery_model import MasteryModel
    from dijipilot.domain.assessment.structure import Structure

    found = Triangulation(Structure(content.curriculum, MasteryModel()).find_cliques())
    return (CLIQUES, to_text(to_json(found)))


def _lessons(content: Content) -> Iterator[Row]:
    for lesson in content.curriculum.lessons:
        text = content.text_by_skill.get(lesson.skill)
        yield (lesson.skill, DRAFT, None) if text is None else (lesson.skill, READY, to_text(to_json(text)))


def _questions(content: Content) -> Iterator[Row]:
    for mission, questions in content.questions_by_mission.items():
        for position, question in enumerate(questions):
            yield (question.id, mission, position, to_text(to_json(question)))


def _terms(content: Content) -> Iterator[Row]:
    for position, term in enumerate(content.glossary):
        yield (term.id, position, to_text(to_json(term)))


def _entries(content: Content) -> Iterator[Row]:
    """Yield everything that can be found, numbered in the order of the curriculum."""
    found: list[Row] = [
        (
            LESSON,
            lesson.skill,
            lesson.number,
            lesson.title,
            _lesson_words(lesson, content.text_by_skill.get(lesson.skill)),
        )
        for lesson in content.curriculum.lessons
    ]
    for questions in content.questions_by_mission.values():
        found.extend(_question_entry(question) for question in questions)
    found.extend(_term_entry(term) for term in content.glossary)
    for position, entry in enumerate(found, start=1):
        yield (position, *entry)


def _lesson_words(lesson: Lesson, text: LessonText | None) -> str:
    """Return all a lesson says. Of a lesson in preparation only what it will teach is known."""
    if text is None:
        return lesson.can_do
    parts = [lesson.can_do]
    for section in text.sections:
        parts += [section.title, plain_text(section.markdown)]
    parts += [plain_text(box.text) for box in text.checklist]
    return " ".join(parts)


def _question_entry(question: MissionQuestion) -> Row:
    lesson = question.lessons[0] if question.lessons else ""
    return (QUESTION, question.id, lesson, question.question, plain_text(question.answer))


def _term_entry(term: GlossaryTerm) -> Row:
    lesson = term.lessons[0] if term.lessons else ""
    title = f"{term.term} ({', '.join(term.synonyms)})" if term.synonyms else term.term
    return (GLOSSARY, term.id, lesson, title, plain_text(f"{term.definition} {term.example}"))
