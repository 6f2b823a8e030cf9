"""Turns the body that the compiler wrote into a pack: what is not free is sealed, the whole is signed."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date

from msgspec import Struct

from dijipilot.content.body_format import (
    APPLICATION_ID,
    CURRICULUM,
    FORMAT_VERSION,
    INDEX,
    LESSON,
    PAGE_SIZE,
    QUESTION,
    READY,
    SCHEMA,
    SEALED,
    FoundText,
    to_text,
)
from dijipilot.content.codec import from_json, to_json
from dijipilot.content.compiler import pin_sqlite_version
from dijipilot.content.folding import fold
from dijipilot.content.pack_file import MAGIC, SIGNED_AS
from dijipilot.content.sealed_texts import Part
from dijipilot.domain.curriculum import Curriculum, Mission
from dijipilot.licensing import crypto
from dijipilot_vendor.pieces import program_key_of, seal_text, wrap_key
from dijipilot_vendor.publisher import Publisher
from dijipilot_vendor.records import OLDEST_APP, Keyring, LiveLicense, canonical, make_keyring
from dijipilot_vendor.signing import SigningKey

_COPIED = ("meta", "document", "term", "lesson_number")


class Release(Struct, frozen=True):
    """What is said of a pack besides its content. Serials rise with every pack and keyring published."""

    serial: int
    keyring_serial: int
    built: date
    app_min: str = OLDEST_APP


class _Piece(Struct, frozen=True):
    """A text on its way into the sealed part."""

    kind: str
    id: str
    part: Part
    text: str


def seal_pack(body: bytes, publisher: Publisher, licenses: Iterable[LiveLicense], release: Release) -> bytes:
    """Return the bytes of a pack; the same input gives the same bytes.

    licenses: those whose codes and files open this pack. Raises KeyError where an entitlement has no key yet.
    """
    with closing(_opened(body)) as compiled:
        return _Sealing(compiled, publisher, release).pack(licenses)


def manifest_of(
    content_id: str, body: bytes, texts: bytes, keyring: Keyring, epochs: Mapping[str, int], release: Release
) -> dict[str, object]:
    """Return what is signed of a pack, but for who signs it. texts: the sealed part without the keyring."""
    hidden = texts + keyring.raw
    return {
        "format": 1,
        "pack_id": pack_id_of(content_id, release.serial).hex(),
        "content_id": content_id,
        "serial": release.serial,
        "built": release.built.isoformat(),
        "app_min": release.app_min,
        "body_len": len(body),
        "body_sha256": crypto.plain_hash(body).hex(),
        "sealed_len": len(hidden),
        "sealed_sha256": crypto.plain_hash(hidden).hex(),
        "keyring_id": keyring.id.hex(),
        "keyring_serial": keyring.serial,
        "keyring_count": keyring.count,
        "keyring_record_len": keyring.record_len,
        "epochs": dict(epochs),
    }


def sign_pack(manifest: Mapping[str, object], body: bytes, texts: bytes, keyring: Keyring, signer: SigningKey) -> bytes:
    """Return the bytes of a pack."""
    signed = canonical({**manifest, "kid": signer.kid})
    head = MAGIC + len(signed).to_bytes(4, "big") + signed + signer.sign(SIGNED_AS + signed)
    return head + body + texts + keyring.raw


def pack_id_of(content_id: str, serial: int) -> bytes:
    """Return the id of a pack, 32 bytes."""
    named = crypto.domain("djp/pack-id/1") + crypto.fields(content_id) + serial.to_bytes(4, "big")
    return crypto.plain_hash(named)


def parts_of(body: bytes) -> frozenset[Part]:
    """Return the parts that a pack of this body would seal."""
    with closing(_opened(body)) as compiled:
        return frozenset(piece.part for piece in _pieces(compiled, _read_curriculum(compiled)))


def _opened(body: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(body)
    return connection


class _Sealing:
    """One pack on its way."""

    def __init__(self, compiled: sqlite3.Connection, publisher: Publisher, release: Release) -> None:
        self._compiled = compiled
        self._publisher = publisher
        self._release = release
        self._content_id = str(compiled.execute("SELECT value FROM meta WHERE key = 'pack'").fetchone()[0])
        self._pack_id = pack_id_of(self._content_id, release.serial)

    def pack(self, licenses: Iterable[LiveLicense]) -> bytes:
        root, signer = self._publisher.content_root, self._publisher.license_signer
        pieces = _pieces(self._compiled, _read_curriculum(self._compiled))
        sealed = [self._seal(piece) for piece in pieces]
        body = self._public_body(pieces, sealed)
        keyring = make_keyring(licenses, signer, root, self._pack_id, self._release.keyring_serial)
        epochs = {name: epoch for name, epoch, _ in self._openers({piece.part for piece in pieces})}
        manifest = manifest_of(self._content_id, body, b"".join(sealed), keyring, epochs, self._release)
        return sign_pack(manifest, body, b"".join(sealed), keyring, self._publisher.pack_signer)

    def _program_key(self, part: Part) -> bytes:
        return program_key_of(self._publisher.content_root, self._pack_id, part)

    def _seal(self, piece: _Piece) -> bytes:
        return seal_text(self._program_key(piece.part), self._pack_id, piece.kind, piece.id, piece.text)

    def _openers(self, parts: Iterable[Part]) -> list[tuple[str, int, Part]]:
        """Return who opens what: entitlement, epoch, part; of each entitlement the newest epoch last."""
        return sorted(
            (edition.entitlement(part.period), epoch, part)
            for part in parts
            for edition in self._publisher.editions
            if edition.opens(part.program)
            for epoch in range(edition.oldest_epoch, edition.epoch + 1)
        )

    def _wrap(self, entitlement: str, epoch: int, part: Part) -> tuple[str, int, str, str, bytes, bytes]:
        owner = self._publisher.entitlement_key(entitlement, epoch)
        nonce, wrapped = wrap_key(owner, self._pack_id, part, self._program_key(part))
        return entitlement, epoch, part.program, part.period, nonce, wrapped

    def _public_body(self, pieces: Sequence[_Piece], sealed: Sequence[bytes]) -> bytes:
        """Return a body written anew with what everybody may read, so that nothing can be left over in it."""
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as body:
            for pragma in (f"page_size = {PAGE_SIZE}", f"application_id = {APPLICATION_ID}"):
                body.execute(f"PRAGMA {pragma}")
            body.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
            body.execute("BEGIN")
            for statement in SCHEMA:
                body.execute(statement)
            for table in _COPIED:
                _fill(body, table, self._compiled.execute(f"SELECT * FROM {table} ORDER BY 1"))
            hidden = {(piece.kind, piece.id) for piece in pieces}
            self._fill_texts(body, hidden)
            self._fill_findable(body, hidden)
            self._fill_sealed(body, pieces, sealed)
            body.execute("INSERT INTO found (found) VALUES ('optimize')")
            body.execute("COMMIT")
            body.execute("VACUUM")
            return pin_sqlite_version(body.serialize())

    def _fill_texts(self, body: sqlite3.Connection, hidden: set[tuple[str, str]]) -> None:
        lessons = self._compiled.execute("SELECT skill, state, json FROM lesson ORDER BY skill")
        _fill(
            body,
            "lesson",
            (
                (skill, SEALED, None) if (LESSON, skill) in hidden else (skill, state, text)
                for skill, state, text in lessons
            ),
        )
        questions = self._compiled.execute("SELECT id, mission, position, json FROM question ORDER BY id")
        _fill(body, "question", ((*row[:3], None if (QUESTION, row[0]) in hidden else row[3]) for row in questions))

    def _fill_findable(self, body: sqlite3.Connection, hidden: set[tuple[str, str]]) -> None:
        can_do = {lesson.skill: lesson.can_do for lesson in _read_curriculum(self._compiled).lessons}
        for number, kind, ref, lesson, title, text in self._compiled.execute("SELECT * FROM entry ORDER BY id"):
            if (kind, ref) in hidden and kind != LESSON:
                continue
            public = can_do[ref] if (kind, ref) in hidden else text
            _fill(body, "entry", [(number, kind, ref, lesson, title, public)])
            body.execute("INSERT INTO found (rowid, title, body) VALUES (?, ?, ?)", (number, fold(title), fold(public)))

    def _fill_sealed(self, body: sqlite3.Connection, pieces: Sequence[_Piece], sealed: Sequence[bytes]) -> None:
        start = 0
        for piece, raw in zip(pieces, sealed, strict=True):
            place = (start, len(raw), crypto.plain_hash(raw))
            _fill(body, "sealed", [(piece.kind, piece.id, piece.part.program, piece.part.period, *place)])
            start += len(raw)
        openers = self._openers({piece.part for piece in pieces})
        _fill(body, "wraps", (self._wrap(*opener) for opener in openers))
        titles = {edition.name: edition.title for edition in self._publisher.editions}
        _fill(body, "edition", sorted({(name, titles[name.rpartition("-")[0]]) for name, _, _ in openers}))


def _fill(body: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    for row in rows:
        body.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def _read_curriculum(compiled: sqlite3.Connection) -> Curriculum:
    found = compiled.execute("SELECT json FROM document WHERE name = ?", (CURRICULUM,)).fetchone()
    return from_json(Curriculum, found[0])


def _pieces(compiled: sqlite3.Connection, curriculum: Curriculum) -> list[_Piece]:
    """Return every text that is to be sealed, in an order that does not depend on chance."""
    pieces = []
    part_by_place: dict[tuple[str, str], Part] = {}
    for mission in curriculum.missions():
        if mission.is_free:
            continue
        program = curriculum.program_by_mission[mission.number].number
        parts = {lesson.skill: Part(program, lesson.published[:4]) for lesson in mission.lessons}
        for skill, part in parts.items():
            found = compiled.execute("SELECT json FROM lesson WHERE skill = ? AND state = ?", (skill, READY)).fetchone()
            if found:
                pieces.append(_Piece(LESSON, skill, part, found[0]))
        asked = compiled.execute("SELECT id, json FROM question WHERE mission = ? ORDER BY position", (mission.number,))
        pieces += [_Piece(QUESTION, name, _first_part(mission, program), text) for name, text in asked]
    part_by_place = {(piece.kind, piece.id): piece.part for piece in pieces}
    return pieces + _index_pieces(compiled, part_by_place)


def _first_part(mission: Mission, program: str) -> Part:
    """Return the part to which a mission's Q&A belongs: that of its earliest lesson."""
    return Part(program, min(lesson.published for lesson in mission.lessons)[:4])


def _index_pieces(compiled: sqlite3.Connection, part_by_place: dict[tuple[str, str], Part]) -> list[_Piece]:
    """Return, for every part, what the search finds in it."""
    found: defaultdict[Part, list[FoundText]] = defaultdict(list)
    for number, kind, ref, lesson, title, text in compiled.execute("SELECT * FROM entry ORDER BY id"):
        if part := part_by_place.get((kind, ref)):
            found[part].append(FoundText(number, kind, ref, lesson, title, text, fold(title), fold(text)))
    return [
        _Piece(INDEX, part.program, part, to_text(to_json(tuple(texts))))
        for part, texts in sorted(found.items(), key=lambda each: (each[0].program, each[0].period))
    ]
