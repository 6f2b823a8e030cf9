"""What compiler and reader of a pack's body agree on: numbers in its header, tables, and how texts are stored."""

import json

from msgspec import Struct

from dijipilot.content.codec import Json
from dijipilot.domain.lesson_text import SealableText

APPLICATION_ID = 0x444A5042
"""Stands in the SQLite header; reads "DJPB" there."""

FORMAT_VERSION = 2
"""Raised when a body can no longer be read by an older app; stands in the header as user_version."""

PAGE_SIZE = 4096
MAX_BODY_BYTES = 256 * 1024 * 1024

READY, DRAFT, SEALED = "ready", "draft", "sealed"
"""States of a lesson: text is here; in preparation; text is there for who has the key, and not in the open."""

LESSON, QUESTION, GLOSSARY = "lesson", "question", "glossary"
"""Kinds of what can be found; the first two are also kinds of sealed texts."""

INDEX = "index"
"""Kind of the sealed texts that hold what can be found in the others of their program."""

CURRICULUM, CLIQUES = "curriculum", "cliques"
"""Names of documents: the curriculum, and the tables of its diagnostic, which packs of earlier editions lack."""


class Triangulation(Struct, frozen=True):
    """The tables of the diagnostic: which of its variables, by number, share one."""

    cliques: tuple[tuple[int, ...], ...]


class FoundText(SealableText, frozen=True):
    """What search finds of a sealed text: a row of the table `entry`, with title and body also folded for the index."""

    id: int
    kind: str
    ref: str
    lesson: str
    title: str
    body: str
    folded_title: str
    folded_body: str


SCHEMA = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE document (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE lesson (skill TEXT PRIMARY KEY, state TEXT NOT NULL, json TEXT) WITHOUT ROWID",
    "CREATE TABLE question (id TEXT PRIMARY KEY, mission TEXT NOT NULL, position INTEGER NOT NULL, json TEXT)"
    " WITHOUT ROWID",
    "CREATE TABLE term (id TEXT PRIMARY KEY, position INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE lesson_number (number TEXT PRIMARY KEY, skill TEXT NOT NULL) WITHOUT ROWID",
    # Sealed texts, and who can open them: empty as compiled, filled by the publisher's tool.
    "CREATE TABLE sealed (kind TEXT NOT NULL, id TEXT NOT NULL, program TEXT NOT NULL, period TEXT NOT NULL,"
    " start INTEGER NOT NULL, length INTEGER NOT NULL, sha256 BLOB NOT NULL, PRIMARY KEY (kind, id, program, period))"
    " WITHOUT ROWID",
    "CREATE TABLE wraps (ent TEXT NOT NULL, epoch INTEGER NOT NULL, program TEXT NOT NULL, period TEXT NOT NULL,"
    " nonce BLOB NOT NULL, ct BLOB NOT NULL, PRIMARY KEY (ent, epoch, program, period)) WITHOUT ROWID",
    "CREATE TABLE edition (ent TEXT PRIMARY KEY, title TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL, lesson TEXT NOT NULL,"
    " title TEXT NOT NULL, body TEXT NOT NULL)",
    # Folded text is indexed and not stored; entry holds what is shown. Its tokenizer has nothing left to fold.
    "CREATE VIRTUAL TABLE found USING fts5 (title, body, content='', prefix='2 3',"
    ' tokenize="unicode61 remove_diacritics 0")',
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab (found, 'row')",
)


def to_text(data: Json) -> str:
    """Return JSON in its one canonical writing: no blanks, sorted keys, letters as they are."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
