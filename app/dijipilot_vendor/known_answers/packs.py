"""Known answers of section 6: packs as files, from the first byte to the last."""

from collections.abc import Iterator

from dijipilot.content.pack_file import MAGIC, SIGNED_AS
from dijipilot.licensing import crypto
from dijipilot.licensing.license import lookup_of
from dijipilot_vendor.known_answers.records import ROOT, payload
from dijipilot_vendor.known_answers.vector import (
    APP_VERSION,
    LICENSE_KEY,
    NEWER,
    NEXT_PACK_KEY,
    NOT_GENUINE,
    PACK_KEY,
    STRANGER,
    Value,
    Values,
    Vector,
    changed,
    fixed,
    listed,
)
from dijipilot_vendor.records import canonical, keyring_id_of, seal_record, signed
from dijipilot_vendor.sealing import pack_id_of
from dijipilot_vendor.signing import SigningKey

_CONTENT = fixed("content", 16).hex()
_PACK_ID = pack_id_of(_CONTENT, 7)
_KEYRING_ID = keyring_id_of(fixed("content root"), _PACK_ID, 3)
# A body is a SQLite file; whoever proves a pack does not look into it.
_BODY = b"SQLite format 3\0" + fixed("body", 48)
_RECORD = seal_record(ROOT, _KEYRING_ID, signed(payload(), LICENSE_KEY))
_ENTRY = lookup_of(ROOT, _KEYRING_ID) + _RECORD
_KEYRING = b"".join(sorted([_ENTRY, *(fixed(f"decoy {number}", 64).ljust(len(_ENTRY), b"?") for number in range(3))]))
_SEALED = fixed("pieces", 40) + _KEYRING

_MANIFEST: dict[str, Value] = {
    "format": 1,
    "pack_id": _PACK_ID.hex(),
    "content_id": _CONTENT,
    "serial": 7,
    "built": "2026-11-27",
    "app_min": "0.1.0",
    "kid": PACK_KEY.kid,
    "body_len": len(_BODY),
    "body_sha256": crypto.plain_hash(_BODY).hex(),
    "sealed_len": len(_SEALED),
    "sealed_sha256": crypto.plain_hash(_SEALED).hex(),
    "keyring_id": _KEYRING_ID.hex(),
    "keyring_serial": 3,
    "keyring_count": 4,
    "keyring_record_len": len(_RECORD),
    "epochs": {"pro-2026": 2},
}


def pack_vectors() -> Iterator[Vector]:
    """Yield all cases."""
    given: Values = {"manifest": canonical(_MANIFEST).decode(), "seed": PACK_KEY.seed}
    yield Vector("the beginning of a pack", "sign-manifest", given, {"head": _head(canonical(_MANIFEST))})
    yield from _read()
    yield from _signed_wrongly()
    yield from _said_wrongly()
    yield from _changed()
    pack = _pack()
    found: dict[str, tuple[bytes, Value]] = {"a root": (ROOT, _RECORD), "another root": (fixed("root 2"), None)}
    for name, (root, record) in found.items():
        given = {"pack": pack, "trusted": listed(PACK_KEY), "app_version": APP_VERSION, "root": root}
        yield Vector(f"what a keyring holds for {name}", "find-record", given, {"record": record})


def _head(manifest: bytes, signer: SigningKey = PACK_KEY, signed_as: bytes = SIGNED_AS) -> bytes:
    return MAGIC + len(manifest).to_bytes(4, "big") + manifest + signer.sign(signed_as + manifest)


def _pack(signer: SigningKey = PACK_KEY, /, **others: Value) -> bytes:
    return _head(canonical({**_MANIFEST, **others}), signer) + _BODY + _SEALED


def _case(name: str, pack: bytes, answer: Values) -> Vector:
    trusted = listed(PACK_KEY, NEXT_PACK_KEY)
    return Vector(name, "read-pack", {"pack": pack, "trusted": trusted, "app_version": APP_VERSION}, answer)


def _proven(**others: Value) -> Values:
    unsaid = ("format", "app_min")
    return {name: value for name, value in {**_MANIFEST, **others}.items() if name not in unsaid}


def _read() -> Iterator[Vector]:
    yield _case("a pack", _pack(), _proven())
    by_next = _pack(NEXT_PACK_KEY, kid=NEXT_PACK_KEY.kid)
    yield _case("a pack signed with the next key", by_next, _proven(kid=NEXT_PACK_KEY.kid))
    yield _case("a pack that says more than we know", _pack(color="blue"), _proven())
    yield _case("a pack of the last serial", _pack(serial=2**31), _proven(serial=2**31))
    yield _case("a pack for this very version", _pack(app_min=APP_VERSION), _proven())
    spaced = canonical(_MANIFEST).replace(b",", b", \n")
    yield _case("a pack with a manifest in another writing", _head(spaced) + _BODY + _SEALED, _proven())


def _signed_wrongly() -> Iterator[Vector]:
    raw, rest = canonical(_MANIFEST), _BODY + _SEALED
    cases = {
        "signed by a stranger": _head(raw, STRANGER),
        "signed with the key of licenses": _head(raw, LICENSE_KEY),
        "signed as if it were a license": _head(raw, signed_as=crypto.domain("djp/lic/1") + crypto.PRODUCT),
        "signed for another product": _head(raw, signed_as=SIGNED_AS.replace(b"Academy", b"Factory")),
        "not signed": MAGIC + len(raw).to_bytes(4, "big") + raw + bytes(64),
        "with a manifest of no bytes": MAGIC + bytes(4) + PACK_KEY.sign(SIGNED_AS),
        "with an enormous manifest": MAGIC + b"\xff" * 4 + raw,
    }
    for name, head in cases.items():
        yield _case(f"a pack {name}", head + rest, NOT_GENUINE)


def _said_wrongly() -> Iterator[Vector]:
    cases: dict[str, dict[str, Value]] = {
        "the kid of the next key": {"kid": NEXT_PACK_KEY.kid},
        "a short pack_id": {"pack_id": "00" * 31},
        "a content_id in capitals": {"content_id": _CONTENT.upper()},
        "a serial that is a text": {"serial": "7"},
        "a serial below zero": {"serial": -1},
        "a serial too large": {"serial": 2**31 + 1},
        "too late a generation": {"epochs": {"pro-2026": 1_000_001}},
        "a day that is none": {"built": "2026-13-01"},
        "a day in another writing": {"built": "20261127"},
        "an oldest app that is no version": {"app_min": ""},
        "a hash of the body that is another": {"body_sha256": _MANIFEST["sealed_sha256"]},
        "a hash of what is sealed that is another": {"sealed_sha256": _MANIFEST["body_sha256"]},
        "a shorter body": {"body_len": len(_BODY) - 1},
        "a longer sealed part": {"sealed_len": len(_SEALED) + 1},
        "a keyring larger than what is sealed": {"keyring_count": 5},
        "records that are too long": {"keyring_count": 0, "keyring_record_len": 9_217},
        "no epochs": {"epochs": None},
    }
    for name, others in cases.items():
        yield _case(f"a manifest with {name}", _pack(**others), NOT_GENUINE)
    without = canonical({name: value for name, value in _MANIFEST.items() if name != "keyring_serial"})
    yield _case("a manifest that leaves something out", _head(without) + _BODY + _SEALED, NOT_GENUINE)
    twice = canonical(_MANIFEST).replace(b'"serial":7', b'"serial":7,"serial":8')
    yield _case("a manifest that says something twice", _head(twice) + _BODY + _SEALED, NOT_GENUINE)
    newer: dict[str, dict[str, Value]] = {
        "a pack of a later format": {"format": 2},
        "a pack for a later app": {"app_min": "1.4.1"},
        "a pack with a condition that we do not know": {"!weekdays": 1},
    }
    for name, others in newer.items():
        yield _case(name, _pack(**others), NEWER)


def _changed() -> Iterator[Vector]:
    pack = _pack()
    body_at = len(pack) - len(_BODY) - len(_SEALED)
    cases = {
        "with another first letter": changed(pack, 0),
        "with another length of its manifest": changed(pack, 11),
        "with another manifest": pack.replace(b'"serial":7', b'"serial":8'),
        "with another signature": changed(pack, body_at - 1),
        "with another body": changed(pack, body_at),
        "with another sealed text": changed(pack, body_at + len(_BODY)),
        "with another keyring": changed(pack, -1),
        "without its last byte": pack[:-1],
        "with a byte more": pack + b"\0",
        "cut off in its manifest": pack[:100],
        "cut off in its first line": pack[:5],
        "of no bytes": b"",
        "that is a license": b"DJLIC1\n" + pack[8:],
    }
    for name, raw in cases.items():
        yield _case(f"a pack {name}", raw, NOT_GENUINE)
    yield _case("a pack of the next suite", b"DJPACK2\n" + pack[8:], NEWER)
