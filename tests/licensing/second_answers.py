"""What the second implementation answers to the cases of the known answers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import wraps
from typing import Any

from tests.licensing import second_clocks as clocks
from tests.licensing import second_implementation as notation
from tests.licensing import second_licenses as licenses
from tests.licensing import second_packs as packs
from tests.licensing.known_answers import Operation, Values
from tests.licensing.second_implementation import Newer, Refused
from tests.licensing.second_packs import Entitlement, Part, Text

UNSAID_OF_LICENSES, UNSAID_OF_PACKS = ("v", "kid", "app_min"), ("format", "app_min")


def raw(letters: str) -> bytes:
    """Return the bytes of hexadecimal letters."""
    return bytes.fromhex(letters)


def refusing(operation: Operation) -> Operation:
    """Return an operation that says why it refuses."""

    @wraps(operation)
    def answer(**given: Any) -> Values:
        try:
            return operation(**given)
        except Newer:
            return {"refused": "newer"}
        except Refused:
            return {"refused": "not genuine"}

    return answer


def _keys(listed: Sequence[Mapping[str, str]]) -> list[tuple[str, bytes]]:
    return [(each["kid"], raw(each["key"])) for each in listed]


def _hkdf(ikm: str, salt: str, info: str, length: int) -> Values:
    return {"bytes": notation.hkdf(raw(ikm), raw(salt), raw(info), length)}


def _fields(parts: list[str]) -> Values:
    return {"bytes": notation.fields(*map(raw, parts))}


def _aead_encrypt(key: str, nonce: str, text: str, aad: str) -> Values:
    return {"sealed": notation.encrypt(raw(key), raw(nonce), raw(text), raw(aad))}


@refusing
def _aead_decrypt(key: str, nonce: str, sealed: str, aad: str) -> Values:
    return {"text": notation.decrypt(raw(key), raw(nonce), raw(sealed), raw(aad))}


def _sign(seed: str, text: str) -> Values:
    return {"public": notation.public_key(raw(seed)), "signature": notation.sign(raw(seed), raw(text))}


def _verify(text: str, signature: str, public: str) -> Values:
    return {"signed": notation.is_signed(raw(text), raw(signature), raw(public))}


@refusing
def _strict_json(text: str) -> Values:
    return {"canonical": notation.canonical(notation.strict_json(raw(text))).decode()}


def _make_code(secret: str) -> Values:
    return {"printed": licenses.printed(licenses.make_code(raw(secret)))}


def _read_code(text: str) -> Values:
    try:
        return {"secret": licenses.read_code(text)}
    except licenses.Mistyped as error:
        return {"refused": "mistyped", "suggestion": error.suggestion}
    except Newer:
        return {"refused": "newer"}
    except Refused as error:
        return {"refused": str(error)}


def _root(secret: str) -> Values:
    return {"root": licenses.root_of(raw(secret))}


def _lookup_and_seal(root: str, keyring_id: str) -> Values:
    ids = raw(root), raw(keyring_id)
    return {"lookup": licenses.lookup_of(*ids), "seal": licenses.seal_of(*ids)}


def _pack_id(content_id: str, serial: int) -> Values:
    return {"pack_id": packs.pack_id_of(content_id, serial)}


def _keyring_id(content_root: str, pack_id: str, serial: int) -> Values:
    return {"keyring_id": packs.keyring_id_of(raw(content_root), raw(pack_id), serial)}


def _program_key(content_root: str, pack_id: str, program: str, period: str) -> Values:
    return {"key": packs.program_key_of(raw(content_root), raw(pack_id), Part(program, period))}


def _text_key(program_key: str, pack_id: str, kind: str, id: str) -> Values:
    return {"key": packs.text_key_of(raw(program_key), raw(pack_id), Text(kind, id, Part("", ""), ""))}


def _make_record(payload: str, seed: str, root: str, keyring_id: str, padded_len: int) -> Values:
    inner = licenses.make_inner(payload.encode(), raw(seed), padded_len)
    record = licenses.seal_inner(raw(root), raw(keyring_id), inner)
    return {"nonce": record[:24], "record": record}


@refusing
def _read_record(root: str, keyring_id: str, lookup: str, record: str, trusted: Any, app_version: str) -> Values:
    ids = raw(root), raw(keyring_id), raw(lookup)
    said = licenses.open_record(*ids, raw(record), _keys(trusted), app_version)
    named = {name: value for name, value in said.items() if name in licenses.SAID_OF_A_LICENSE}
    return {name: value for name, value in named.items() if name not in UNSAID_OF_LICENSES}


def _write_file(keyring_id: str, lookup: str, record: str, root: str | None, note: Any) -> Values:
    noted = (note["activated_at"], note["symbols"]) if note else None
    parts = raw(keyring_id), raw(lookup), raw(record), raw(root) if root else None
    return {"text": licenses.write_file(licenses.LicenseFile(*parts, noted)).decode()}


@refusing
def _read_file(text: str) -> Values:
    file = licenses.read_file(text.encode())
    return {**file._asdict(), "note": {"activated_at": file.note[0], "symbols": file.note[1]} if file.note else None}


def _sign_manifest(manifest: str, seed: str) -> Values:
    return {"head": packs.sign_manifest(manifest.encode(), raw(seed))}


@refusing
def _read_pack(pack: str, trusted: Any, app_version: str) -> Values:
    manifest = packs.read_pack(raw(pack), _keys(trusted), app_version).manifest
    named = {name: value for name, value in manifest.items() if name in packs.SAID_OF_A_PACK}
    return {name: value for name, value in named.items() if name not in UNSAID_OF_PACKS}


def _find_record(pack: str, trusted: Any, app_version: str, root: str) -> Values:
    opened = packs.read_pack(raw(pack), _keys(trusted), app_version)
    try:
        return {"record": opened.record_of(raw(root))}
    except Refused:
        return {"record": None}


def _wrap(ent: str, epoch: int, ent_key: str, pack_id: str, program: str, period: str, program_key: str) -> Values:
    owner, part = Entitlement(ent, epoch, raw(ent_key)), Part(program, period)
    nonce, sealed = packs.wrap(owner, raw(pack_id), part, raw(program_key))
    return {"nonce": nonce, "ct": sealed}


def _seal_text(program_key: str, pack_id: str, kind: str, id: str, text: str) -> Values:
    return {"piece": packs.seal_text(raw(program_key), raw(pack_id), Text(kind, id, Part("", ""), text))}


@refusing
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
    owner, part = Entitlement(ent, epoch, raw(ent_key)), Part(program, period)
    try:
        key = packs.unwrap(owner, raw(pack_id), part, raw(nonce), raw(ct))
    except Refused:
        return {"refused": "locked"}
    return {"text": packs.open_piece(key, raw(pack_id), Text(kind, id, part, ""), raw(piece), raw(sha256)).text}


def _decoy(content_root: str, keyring_id: str, number: int, length: int) -> Values:
    return {"bytes": packs.decoy(raw(content_root), raw(keyring_id), number, length)}


def _keyring(content_root: str, pack_id: str, serial: int, seed: str, licenses: Any) -> Values:
    keyring_id = packs.keyring_id_of(raw(content_root), raw(pack_id), serial)
    record_len, made = packs.make_keyring(raw(content_root), keyring_id, _inner_by_root(licenses, raw(seed)))
    first, count = made[: 16 + record_len], len(made) // (16 + record_len)
    return {"count": count, "record_len": record_len, "first": first, "sha256": packs.plain_hash(made)}


def _inner_by_root(issued: Sequence[Mapping[str, str]], seed: bytes) -> dict[bytes, bytes]:
    return {raw(each["root"]): licenses.make_inner(each["payload"].encode(), seed) for each in issued}


def _clock_mark(text: str) -> Values:
    return clocks.said_of(clocks.read_mark(text))


def _clock_start(mark: str, clock: str, known: str) -> Values:
    return clocks.said_of(
        clocks.start(clocks.read_mark(mark), datetime.fromisoformat(clock), date.fromisoformat(known))
    )


def _clock_access(mark: str, clock: str, issued: str, not_after: str | None, grace_days: int) -> Values:
    days = date.fromisoformat(issued), date.fromisoformat(not_after) if not_after else None
    state, starts_left = clocks.access(clocks.read_mark(mark), datetime.fromisoformat(clock), *days, grace_days)
    return {"state": state, "starts_left": starts_left}


def _clock_reset(mark: str, lic: str, issued: str) -> Values:
    return clocks.said_of(clocks.reset(clocks.read_mark(mark), lic, date.fromisoformat(issued)))


OPERATIONS: Mapping[str, Callable[..., Values]] = {
    "hkdf": _hkdf,
    "fields": _fields,
    "aead-encrypt": _aead_encrypt,
    "aead-decrypt": _aead_decrypt,
    "sign": _sign,
    "verify": _verify,
    "strict-json": _strict_json,
    "make-code": _make_code,
    "read-code": _read_code,
    "root": _root,
    "lookup-and-seal": _lookup_and_seal,
    "pack-id": _pack_id,
    "keyring-id": _keyring_id,
    "program-key": _program_key,
    "text-key": _text_key,
    "make-record": _make_record,
    "read-record": _read_record,
    "write-file": _write_file,
    "read-file": _read_file,
    "sign-manifest": _sign_manifest,
    "read-pack": _read_pack,
    "find-record": _find_record,
    "wrap": _wrap,
    "seal-text": _seal_text,
    "open-text": _open_text,
    "decoy": _decoy,
    "keyring": _keyring,
    "clock-mark": _clock_mark,
    "clock-start": _clock_start,
    "clock-access": _clock_access,
    "clock-reset": _clock_reset,
}
