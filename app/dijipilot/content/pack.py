"""The content pack as the running app sees it: verified first, then opened read-only through plain sqlite3."""

import sqlite3
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from dijipilot.content.body_format import (
    APPLICATION_ID,
    CLIQUES,
    CURRICULUM,
    DRAFT,
    FORMAT_VERSION,
    MAX_BODY_BYTES,
    PAGE_SIZE,
    SCHEMA,
    SEALED,
    Triangulation,
)
from dijipilot.content.codec import from_json
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import MissionNumber, PackId, SkillId
from dijipilot.domain.lesson_text import GlossaryTerm, LessonText, MissionQuestion
from dijipilot.errors import BadInput, LessonLocked, PackDamaged, UsageProblem
from dijipilot.messages import message

Read = TypeVar("Read")
Value = str | int | float | None

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_PAGE_SIZE_AT, _PAGES_AT, _USER_VERSION_AT, _APPLICATION_ID_AT = 16, 28, 60, 68


def open_pack(path: Path) -> "Pack":
    """Open a content pack for reading.

    Raises BadInput when there is none, or one for a later version of the app, PackDamaged when it is not whole.
    """
    body = verified_body(path)
    try:
        # Immutable: no locks, no -wal, no writes, so a pack can lie in a read-only folder and be read by many at once.
        connection = sqlite3.connect(
            f"{body.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False, isolation_level=None
        )
    except sqlite3.Error as error:
        raise _damaged(path, error) from error
    try:
        _secure(connection)
        _check_structure(connection)
        return Pack(path, connection)
    except BaseException as error:
        connection.close()
        if isinstance(error, (sqlite3.Error, ValueError, KeyError)):
            raise _damaged(path, error) from error
        raise


def verified_body(path: Path) -> Path:
    """Return where the SQLite file of a pack lies, once its bytes may be trusted.

    A body is accepted as it is, when its header says that it is one and that nothing of it is missing.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            header = stream.read(_HEADER_BYTES)
    except FileNotFoundError as error:
        raise BadInput(message("pack.not_found", path=str(path))) from error
    except OSError as error:
        raise BadInput(message("pack.unreadable", path=str(path), cause=error.strerror or "")) from error
    if (
        len(header) < _HEADER_BYTES
        or not header.startswith(_MAGIC)
        or _number(header, _APPLICATION_ID_AT) != APPLICATION_ID
    ):
        raise BadInput(message("pack.no_pack", path=str(path)))
    if _number(header, _USER_VERSION_AT) > FORMAT_VERSION:
        raise BadInput(message("pack.newer", path=str(path)))
    is_whole = int.from_bytes(header[_PAGE_SIZE_AT : _PAGE_SIZE_AT + 2], "big") == PAGE_SIZE
    if not is_whole or size != _number(header, _PAGES_AT) * PAGE_SIZE or size > MAX_BODY_BYTES:
        raise PackDamaged(message("pack.damaged", path=str(path), cause="its size is not what its header says"))
    return path


def _number(header: bytes, start: int) -> int:
    return int.from_bytes(header[start : start + 4], "big")


def _secure(connection: sqlite3.Connection) -> None:
    for pragma in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
        connection.execute(f"PRAGMA {pragma}")


def _check_structure(connection: sqlite3.Connection) -> None:
    """Refuse a body with other tables, views or triggers than ours, or with broken pages. Raises ValueError."""
    found = {row[0] for row in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    if not found.issuperset(SCHEMA) or not all(sql in SCHEMA or _is_shadow_of_found(sql) for sql in found):
        raise ValueError("its tables are not those of a content pack")
    verdict = connection.execute("PRAGMA quick_check (1)").fetchone()
    if verdict != ("ok",):
        raise ValueError("its pages do not fit together")


def _is_shadow_of_found(sql: str) -> bool:
    """Tell whether a statement makes one of the plain tables in which FTS5 keeps the index."""
    return sql.startswith("CREATE TABLE 'found_") and ";" not in sql


def _damaged(path: Path, error: Exception) -> PackDamaged:
    return PackDamaged(message("pack.damaged", path=str(path), cause=str(error)))


class Pack:
    """An open content pack. Made by open_pack; may be read from several threads; close it when done."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.RLock()
        self._meta = {str(key): str(value) for key, value in self.read("SELECT key, value FROM meta")}
        self.id = PackId(self._meta["pack"])

    @property
    def title(self) -> str:
        """Title of the curriculum."""
        return self._meta["title"]

    @property
    def language(self) -> str:
        """Language of the texts, such as en-US."""
        return self._meta["language"]

    @property
    def edition(self) -> str:
        """What the publisher calls this edition; may be empty."""
        return self._meta["edition"]

    @cached_property
    def curriculum(self) -> Curriculum:
        """The whole curriculum; read once."""
        return self._one(Curriculum, "SELECT json FROM document WHERE name = ?", CURRICULUM)

    @cached_property
    def cliques(self) -> tuple[tuple[int, ...], ...] | None:
        """Tables that the diagnostic of this curriculum works with; None in packs that came without."""
        found = self._all(Triangulation, "SELECT json FROM document WHERE name = ?", CLIQUES)
        return found[0].cliques if found else None

    @cached_property
    def _states(self) -> dict[SkillId, str]:
        return {SkillId(str(skill)): str(state) for skill, state in self.read("SELECT skill, state FROM lesson")}

    def lesson_text(self, skill: SkillId) -> LessonText | None:
        """Return the text of a lesson, or None while it is in preparation.

        Raises LessonLocked when the text needs a key that is not here, UsageProblem when the pack has no such lesson.
        """
        state = self._states.get(skill)
        if state is None:
            raise UsageProblem(message("pack.unknown_lesson", lesson=skill))
        if state == SEALED:
            raise LessonLocked(message("pack.lesson_locked", title=self.curriculum.lesson_by_skill[skill].title))
        return None if state == DRAFT else self._one(LessonText, "SELECT json FROM lesson WHERE skill = ?", skill)

    def questions(self, mission: MissionNumber) -> tuple[MissionQuestion, ...]:
        """Return the Q&A of a mission, as authors ordered it."""
        return self._all(MissionQuestion, "SELECT json FROM question WHERE mission = ? ORDER BY position", mission)

    def question(self, question_id: str) -> MissionQuestion:
        """Return one Q&A entry. Raises UsageProblem when the pack has none of this id."""
        found = self._all(MissionQuestion, "SELECT json FROM question WHERE id = ?", question_id)
        if not found:
            raise UsageProblem(message("pack.unknown_question", question=question_id))
        return found[0]

    def mission_of_question(self, question_id: str) -> MissionNumber:
        """Return the mission whose Q&A holds an entry. Raises UsageProblem when the pack has none of this id."""
        found = self.read("SELECT mission FROM question WHERE id = ?", (question_id,))
        if not found:
            raise UsageProblem(message("pack.unknown_question", question=question_id))
        return MissionNumber(str(found[0][0]))

    def glossary(self) -> tuple[GlossaryTerm, ...]:
        """Return all terms in alphabetical order."""
        return self._all(GlossaryTerm, "SELECT json FROM term ORDER BY position")

    def locked_skills(self) -> frozenset[SkillId]:
        """Return the skills whose lesson texts need a key that is not here."""
        return frozenset(skill for skill, state in self._states.items() if state == SEALED)

    def read(self, statement: str, values: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        """Return all rows of a query of this package's own. Raises PackDamaged when the file cannot be read."""
        with self._lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise _damaged(self.path, error) from error

    def close(self) -> None:
        """Let go of the file; reading afterwards is a mistake of the caller's."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> "Pack":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _all(self, kind: type[Read], statement: str, *values: Value) -> tuple[Read, ...]:
        try:
            return tuple(from_json(kind, str(row[0])) for row in self.read(statement, values))
        except (ValueError, RecursionError) as error:
            raise _damaged(self.path, error) from error

    def _one(self, kind: type[Read], statement: str, *values: Value) -> Read:
        found = self._all(kind, statement, *values)
        if len(found) != 1:
            raise PackDamaged(message("pack.damaged", path=str(self.path), cause="a part of it is missing"))
        return found[0]
