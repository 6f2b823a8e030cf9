"""What the app answers to the cases of the known answers: by itself, without the publisher's tool or any test tool."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from dijipilot.content.body_format import to_text
from dijipilot.content.keyring import find_record
from dijipilot.content.pack_file import Manifest, PackFile, open_pack_file
from dijipilot.content.sealed_texts import SealedTexts, Value, text_key_of
from dijipilot.domain.ids import LicenseId, PackId
from dijipilot.domain.license import EntitlementKey
from dijipilot.domain.license_time import (
    NO_MARK,
    ClockMark,
    LicenseTerms,
    begin_start,
    check_access,
    mark_from_json,
    reset_mark,
)
from dijipilot.domain.signed_text import AsksForNewerApp, TrustedKey, read_object
from dijipilot.errors import AcademyError, PackDamaged
from dijipilot.licensing import crypto
from dijipilot.licensing.code import CodeRejected, make_code, read_code
from dijipilot.licensing.crypto import NotGenuine
from dijipilot.licensing.license import lookup_of, open_record, root_of, seal_of
from dijipilot.licensing.license_file import LicenseFile, Note, read_armor, write_armor

Values = Mapping[str, Any]

NOT_GENUINE = {"refused": "not genuine"}
REASONS = {
    "license.not_genuine": "not genuine",
    "license.newer_app": "newer",
    "license.newer_format": "newer",
    "license.code_newer": "newer",
    "license.code_length": "length",
    "license.code_character": "character",
    "license.code_character_foreign": "character",
    "license.code_typo": "mistyped",
    "license.code_typo_somewhere": "mistyped",
    "pack.not_genuine": "not genuine",
    "pack.no_pack": "not genuine",
    "pack.damaged": "not genuine",
    "pack.newer": "newer",
}


def raw(letters: str) -> bytes:
    """Return the bytes of hexadecimal letters."""
    return bytes.fromhex(letters)


def _refused(error: AcademyError) -> Values:
    return {"refused": REASONS[error.message.id]}


def _keys(listed: Sequence[Mapping[str, str]]) -> tuple[TrustedKey, ...]:
    return tuple(TrustedKey(each["kid"], raw(each["key"])) for each in listed)


def _hkdf(ikm: str, salt: str, info: str, length: int) -> Values:
    return {"bytes": crypto.hkdf(raw(ikm), raw(salt), raw(info), length)}


def _fields(parts: list[str]) -> Values:
    return {"bytes": crypto.fields(*map(raw, parts))}


def _aead_encrypt(key: str, nonce: str, text: str, aad: str) -> Values:
    return {"sealed": crypto.encrypt(raw(key), raw(nonce), raw(text), raw(aad))}


def _aead_decrypt(key: str, nonce: str, sealed: str, aad: str) -> Values:
    try:
        return {"text": crypto.decrypt(raw(key), raw(nonce), raw(sealed), raw(aad))}
    except NotGenuine:
        return NOT_GENUINE


def _verify(text: str, signature: str, public: str) -> Values:
    return {"signed": crypto.is_signed(raw(text), raw(signature), raw(public))}


def _strict_json(text: str) -> Values:
    try:
        return {"canonical": to_text(read_object(raw(text)))}
    except AsksForNewerApp:
        return {"refused": "newer"}
    except ValueError:
        return NOT_GENUINE


def _make_code(secret: str) -> Values:
    return {"printed": make_code(raw(secret)).printed}


def _read_code(text: str) -> Values:
    try:
        return {"secret": read_code(text).secret}
    except CodeRejected as error:
        refused = _refused(error)
        suggested = error.suggestion.printed if error.suggestion else ""
        return {**refused, "suggestion": suggested} if refused == {"refused": "mistyped"} else refused


def _root(secret: str) -> Values:
    return {"root": root_of(raw(secret))}


def _lookup_and_seal(root: str, keyring_id: str) -> Values:
    return {"lookup": lookup_of(raw(root), raw(keyring_id)), "seal": seal_of(raw(root), raw(keyring_id))}


def _text_key(program_key: str, pack_id: str, kind: str, id: str) -> Values:
    return {"key": text_key_of(raw(program_key), raw(pack_id), id, kind)}


def _read_record(root: str, keyring_id: str, lookup: str, record: str, trusted: Any, app_version: str) -> Values:
    ids = raw(root), raw(keyring_id), raw(lookup)
    try:
        found = open_record(*ids, raw(record), _keys(trusted), app_version)
    except AcademyError as error:
        return _refused(error)
    return {
        "lic": found.id,
        "typ": found.type.value,
        "batch": found.batch,
        "sku": found.sku,
        "edition": found.edition,
        "holder": found.holder,
        "ents": [{"ent": each.entitlement, "epoch": each.epoch, "key": each.key} for each in found.entitlements],
        "seats": found.seats,
        "content_through": _day(found.content_through),
        "not_after": _day(found.not_after),
        "grace_days": found.grace_days,
        "issued": _day(found.issued),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _write_file(keyring_id: str, lookup: str, record: str, root: str | None, note: Any) -> Values:
    noted = Note(note["activated_at"], note["symbols"]) if note else None
    file = LicenseFile(raw(keyring_id), raw(lookup), raw(record), raw(root) if root else None, noted)
    return {"text": write_armor(file).decode()}


def _read_file(text: str) -> Values:
    try:
        file = read_armor(text.encode())
    except AcademyError as error:
        return _refused(error)
    note = {"activated_at": file.note.activated_at, "symbols": file.note.last_symbols} if file.note else None
    parts = {"keyring_id": file.keyring_id, "lookup": file.lookup, "record": file.record, "root": file.root}
    return {**parts, "note": note}


def _read_pack(pack: str, trusted: Any, app_version: str) -> Values:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.djpack"
        file.write_bytes(raw(pack))
        try:
            with closing(open_pack_file(file, _keys(trusted), app_version)) as opened:
                opened.body()
                opened.check_sealed()
                return _said_of(opened.manifest)
        except AcademyError as error:
            return _refused(error)


def _said_of(manifest: Manifest) -> Values:
    said = {name: getattr(manifest, name) for name in Manifest.__struct_fields__}
    return {**said, "built": manifest.built.isoformat()}


def _find_record(pack: str, trusted: Any, app_version: str, root: str) -> Values:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.djpack"
        file.write_bytes(raw(pack))
        with closing(open_pack_file(file, _keys(trusted), app_version)) as opened:
            return {"record": find_record(opened, lookup_of(raw(root), opened.manifest.keyring_id))}


def _open_text(
    ent: str,
    epoch: int,
    ent_key: str,
    pack_id: str,
    program: str,
    period: str,
    nonce: str,
    ct: str,
    kind: str,
    id: str,
    piece: str,
    sha256: str,
) -> Values:
    file = PackFile(Path("a.djpack"), BytesIO(raw(piece)), _manifest(raw(pack_id), len(raw(piece))), 0)

    def read(statement: str, _: Sequence[Value]) -> list[tuple[Value, ...]]:
        if "FROM wraps" in statement:
            return [(program, period, raw(nonce), raw(ct))]
        return [(id, program, period, 0, len(raw(piece)), raw(sha256))]

    texts = SealedTexts(file, read)
    if not texts.unlock([EntitlementKey(ent, epoch, raw(ent_key))]):
        return {"refused": "locked"}
    try:
        return {"text": texts.text(kind, id)}
    except PackDamaged as error:
        return _refused(error)


def _manifest(pack_id: bytes, sealed_len: int) -> Manifest:
    """Return a manifest of which these two alone are meant."""
    return Manifest(
        pack_id=pack_id,
        content_id=PackId(""),
        serial=1,
        built=date(2026, 11, 27),
        kid="",
        body_len=0,
        body_sha256=b"",
        sealed_len=sealed_len,
        sealed_sha256=b"",
        keyring_id=b"",
        keyring_serial=1,
        keyring_count=0,
        keyring_record_len=0,
        epochs={},
    )


def _mark_of(text: str) -> ClockMark:
    return mark_from_json(text) or NO_MARK


def _said_of_mark(mark: ClockMark) -> Values:
    at, *sighted = (moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (mark.at, *mark.sighted))
    return {"at": at, "sighted": sighted, "grace_starts": mark.grace_starts, "resets": mark.resets}


def _clock_mark(text: str) -> Values:
    return _said_of_mark(_mark_of(text))


def _clock_start(mark: str, clock: str, known: str) -> Values:
    return _said_of_mark(begin_start(_mark_of(mark), datetime.fromisoformat(clock), date.fromisoformat(known)))


def _clock_access(mark: str, clock: str, issued: str, not_after: str | None, grace_days: int) -> Values:
    last = date.fromisoformat(not_after) if not_after else None
    terms = LicenseTerms(date.fromisoformat(issued), last, grace_days)
    access = check_access(_mark_of(mark), datetime.fromisoformat(clock), terms)
    return {"state": access.state.value, "starts_left": access.starts_left}


def _clock_reset(mark: str, lic: str, issued: str) -> Values:
    return _said_of_mark(reset_mark(_mark_of(mark), LicenseId(lic), date.fromisoformat(issued)))


OPERATIONS: Mapping[str, Callable[..., Values]] = {
    "hkdf": _hkdf,
    "fields": _fields,
    "aead-encrypt": _aead_encrypt,
    "aead-decrypt": _aead_decrypt,
    "verify": _verify,
    "strict-json": _strict_json,
    "make-code": _make_code,
    "read-code": _read_code,
    "root": _root,
    "lookup-and-seal": _lookup_and_seal,
    "text-key": _text_key,
    "read-record": _read_record,
    "write-file": _write_file,
    "read-file": _read_file,
    "read-pack": _read_pack,
    "find-record": _find_record,
    "open-text": _open_text,
    "clock-mark": _clock_mark,
    "clock-start": _clock_start,
    "clock-access": _clock_access,
    "clock-reset": _clock_reset,
}

MADE_BY_THE_PUBLISHER = frozenset(
    {
        "sign",
        "pack-id",
        "keyring-id",
        "program-key",
        "make-record",
        "sign-manifest",
        "wrap",
        "seal-text",
        "decoy",
        "keyring",
    }
)
"""What the app never does: the publisher's tool answers it when it writes the files anew."""
