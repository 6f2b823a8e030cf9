"""The content pack as the running app sees it: verified first, then opened in memory through plain sqlite3."""

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import dijipilot
from dijipilot.content.body_format import (
    APPLICATION_ID,
    CLIQUES,
    CURRICULUM,
    DRAFT,
    FORMAT_VERSION,
    INDEX,
    LESSON,
    QUESTION,
    SCHEMA,
    SEALED,
    FoundText,
    Triangulation,
)
from dijipilot.content.codec import from_json
from dijipilot.content.folding import fold
from dijipilot.content.pack_file import Manifest, PackFile, open_pack_file
from dijipilot.content.sealed_texts import Part, SealedTexts, Value
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import MissionNumber, PackId, SkillId
from dijipilot.domain.lesson_text import GlossaryTerm, LessonText, MissionQuestion
from dijipilot.domain.license import EntitlementKey
from dijipilot.domain.signed_text import TrustedKeys
from dijipilot.errors import BadInput, LessonLocked, PackDamaged, UsageProblem
from dijipilot.messages import message

Read = TypeVar("Read")

_USER_VERSION_AT, _APPLICATION_ID_AT = 60, 68


def open_pack(path: Path, trusted: TrustedKeys, app_version: str = dijipilot.__version__) -> "Pack":
    """Open a content pack for reading; nothing sealed is open yet.

    Raises BadInput when there is none, or one of somebody else or for a later version of the app, PackDamaged when it
    is not whole.
    """
    pack_file = open_pack_file(path, trusted.pack, app_version)
    try:
        return Pack(pack_file, _open_body(pack_file))
    except BaseException as error:
        pack_file.close()
        if isinstance(error, (sqlite3.Error, ValueError, KeyError)):
            raise _damaged(path, error) from error
        raise


def check_pack(path: Path, trusted: TrustedKeys) -> None:
    """Check all of a pack: every byte that was signed, its tables and its pages. Raises BadInput, PackDamaged."""
    with closing(open_pack_file(path, trusted.pack)) as pack_file:
        try:
            with closing(_open_body(pack_file)) as connection:
                _check_structure(connection)
        except (sqlite3.Error, ValueError) as error:
            raise _damaged(path, error) from error
        pack_file.check_sealed()


def _open_body(pack_file: PackFile) -> sqlite3.Connection:
    """Open the proven bytes themselves, not a file that might be another by now. Nothing is ever written back."""
    body = pack_file.body()
    if _number(body, _APPLICATION_ID_AT) != APPLICATION_ID:
        raise ValueError("its content is of another kind")
    if _number(body, _USER_VERSION_AT) != FORMAT_VERSION:
        raise BadInput(message("pack.newer", path=str(pack_file.path)))
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    try:
        connection.deserialize(body)
        for pragma in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _number(header: bytes, start: int) -> int:
    return int.from_bytes(header[start : start + 4], "big")


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

    def __init__(self, pack_file: PackFile, connection: sqlite3.Connection) -> None:
        self.path = pack_file.path
        self.file = pack_file
        self._connection = connection
        self._lock = threading.RLock()
        self._sealed = SealedTexts(pack_file, self.read)
        self._findable: frozenset[Part] = frozenset()
        self._meta = {str(key): str(value) for key, value in self.read("SELECT key, value FROM meta")}
        self.id = PackId(self._meta["pack"])

    @property
    def manifest(self) -> Manifest:
        """What the publisher signed."""
        return self.file.manifest

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

    def unlock(self, keys: Iterable[EntitlementKey]) -> frozenset[SkillId]:
        """Take keys of entitlements, for as long as the pack is open; return the lessons that these open."""
        parts = self._sealed.unlock(keys)
        return frozenset(skill for skill in self.sealed_skills() if self._sealed.part_of(LESSON, skill) in parts)

    def lesson_text(self, skill: SkillId) -> LessonText | None:
        """Return the text of a lesson, or None while it is in preparation.

        Raises LessonLocked when the text needs a key that is not here, UsageProblem when the pack has no such lesson.
        """
        state = self._states.get(skill)
        if state is None:
            raise UsageProblem(message("pack.unknown_lesson", lesson=skill))
        if state != SEALED:
            return None if state == DRAFT else self._one(LessonText, "SELECT json FROM lesson WHERE skill = ?", skill)
        if not self._sealed.is_open(LESSON, skill):
            raise LessonLocked(message("pack.lesson_locked", title=self.curriculum.lesson_by_skill[skill].title))
        return self._opened(LessonText, LESSON, skill)

    def questions(self, mission: MissionNumber) -> tuple[MissionQuestion, ...]:
        """Return the Q&A of a mission that can be read here, as authors ordered it."""
        rows = self.read("SELECT id, json FROM question WHERE mission = ? ORDER BY position", (mission,))
        return tuple(
            self._question(str(question), text)
            for question, text in rows
            if text is not None or self._sealed.is_open(QUESTION, str(question))
        )

    def count_questions(self, mission: MissionNumber) -> int:
        """Return how many Q&A entries a mission has, locked ones included."""
        return int(str(self.read("SELECT count(*) FROM question WHERE mission = ?", (mission,))[0][0]))

    def has_sealed_questions(self, mission: MissionNumber) -> bool:
        """Tell whether Q&A of a mission is encrypted in this pack, open at the moment or not."""
        return bool(self.read("SELECT 1 FROM question WHERE mission = ? AND json IS NULL LIMIT 1", (mission,)))

    def question(self, question_id: str) -> MissionQuestion:
        """Return one Q&A entry. Raises UsageProblem when the pack has none of this id, LessonLocked."""
        mission = self.mission_of_question(question_id)
        text = self.read("SELECT json FROM question WHERE id = ?", (question_id,))[0][0]
        if text is None and not self._sealed.is_open(QUESTION, question_id):
            title = self.curriculum.mission_by_number[mission].title
            raise LessonLocked(message("pack.lesson_locked", title=title))
        return self._question(question_id, text)

    def _question(self, question_id: str, text: Value) -> MissionQuestion:
        if text is None:
            return self._opened(MissionQuestion, QUESTION, question_id)
        return self._read_as(MissionQuestion, str(text))

    def mission_of_question(self, question_id: str) -> MissionNumber:
        """Return the mission whose Q&A holds an entry. Raises UsageProblem when the pack has none of this id."""
        found = self.read("SELECT mission FROM question WHERE id = ?", (question_id,))
        if not found:
            raise UsageProblem(message("pack.unknown_question", question=question_id))
        return MissionNumber(str(found[0][0]))

    def glossary(self) -> tuple[GlossaryTerm, ...]:
        """Return all terms in alphabetical order."""
        return self._all(GlossaryTerm, "SELECT json FROM term ORDER BY position")

    def is_sealed(self, skill: SkillId) -> bool:
        """Tell whether the text of a lesson is encrypted in this pack, open at the moment or not."""
        return self._states.get(skill) == SEALED

    def sealed_skills(self) -> frozenset[SkillId]:
        """Return the skills whose lesson texts are encrypted in this pack."""
        return frozenset(skill for skill, state in self._states.items() if state == SEALED)

    def locked_skills(self) -> frozenset[SkillId]:
        """Return the skills whose lesson texts need a key that is not here."""
        return frozenset(skill for skill in self.sealed_skills() if not self._sealed.is_open(LESSON, skill))

    def openers(self, skill: SkillId) -> tuple[str, ...]:
        """Return the entitlements of which any opens a sealed lesson, such as "pro-2026"."""
        return self._sealed.openers(self._sealed.part_of(LESSON, skill))

    def edition_of(self, entitlement: str) -> str:
        """Return the title of the edition that an entitlement belongs to; "" where the pack does not know it."""
        found = self.read("SELECT title FROM edition WHERE ent = ?", (entitlement,))
        return str(found[0][0]) if found else ""

    def editions(self) -> tuple[str, ...]:
        """Return the titles of the editions of which any opens something here."""
        return tuple(str(row[0]) for row in self.read("SELECT DISTINCT title FROM edition ORDER BY title"))

    def readable_skills(self) -> frozenset[SkillId]:
        """Return the skills whose lesson texts are written and open here."""
        return frozenset(skill for skill, state in self._states.items() if state != DRAFT) - self.locked_skills()

    def prepare_search(self) -> None:
        """Have search find what was opened since the last time; the index is changed in memory alone."""
        with self._lock:
            new = self._sealed.open_texts(INDEX, without=self._findable)
            if new:
                self._make_findable([found for text in new for found in self._read_as(tuple[FoundText, ...], text)])
            self._findable = self._sealed.open_parts

    def _make_findable(self, texts: Sequence[FoundText]) -> None:
        """Let what was locked take the place of what is public of it."""
        self._connection.execute("PRAGMA query_only = OFF")
        self._connection.execute("BEGIN")
        for each in texts:
            for title, body in self.read("SELECT title, body FROM entry WHERE id = ?", (each.id,)):
                self.read(
                    "INSERT INTO found (found, rowid, title, body) VALUES ('delete', ?, ?, ?)",
                    (each.id, fold(str(title)), fold(str(body))),
                )
            row = (each.id, each.kind, each.ref, each.lesson, each.title, each.body)
            self.read("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?)", row)
            self.read(
                "INSERT INTO found (rowid, title, body) VALUES (?, ?, ?)",
                (each.id, each.folded_title, each.folded_body),
            )
        self._connection.execute("COMMIT")
        self._connection.execute("PRAGMA query_only = ON")

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
            self.file.close()

    def __enter__(self) -> "Pack":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _opened(self, kind: type[Read], sealed_kind: str, text_id: str) -> Read:
        return self._read_as(kind, self._sealed.text(sealed_kind, text_id))

    def _all(self, kind: type[Read], statement: str, *values: Value) -> tuple[Read, ...]:
        return tuple(self._read_as(kind, str(row[0])) for row in self.read(statement, values))

    def _read_as(self, kind: type[Read], text: str) -> Read:
        try:
            return from_json(kind, text)
        except (ValueError, RecursionError) as error:
            raise _damaged(self.path, error) from error

    def _one(self, kind: type[Read], statement: str, *values: Value) -> Read:
        found = self._all(kind, statement, *values)
        if len(found) != 1:
            raise PackDamaged(message("pack.damaged", path=str(self.path), cause="a part of it is missing"))
        return found[0]
