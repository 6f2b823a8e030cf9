"""Known answers of section 7: wrapped keys, sealed texts and keyrings."""

from collections.abc import Iterator
from datetime import date

from dijipilot.content.sealed_texts import Part
from dijipilot.domain.ids import LicenseId
from dijipilot.domain.license import EntitlementKey, License, LicenseType
from dijipilot.licensing import crypto
from dijipilot.licensing.license import LOOKUP_BYTES
from dijipilot_vendor.known_answers.records import SAID
from dijipilot_vendor.known_answers.vector import LICENSE_KEY, NOT_GENUINE, Value, Values, Vector, changed, fixed
from dijipilot_vendor.pieces import program_key_of, seal_text, wrap_key
from dijipilot_vendor.records import LiveLicense, decoy, decoy_key_of, make_keyring, payload_of
from dijipilot_vendor.sealing import pack_id_of

_CONTENT_ROOT = fixed("content root")
_PACK_ID = pack_id_of(fixed("content", 16).hex(), 7)
_PART = Part("2.5", "2026")
_OWNER = EntitlementKey("pro-2026", 2, fixed("pro-2026, generation 2"))
_PROGRAM_KEY = program_key_of(_CONTENT_ROOT, _PACK_ID, _PART)
_TEXT = '{"what":"A lamp gives ışık."}'


def text_vectors() -> Iterator[Vector]:
    """Yield all cases."""
    yield from _made()
    yield from _opened()
    yield from _keyrings()


def _made() -> Iterator[Vector]:
    for owner in (_OWNER, EntitlementKey("pro-2026", 1, fixed("pro-2026")), EntitlementKey("a", 1_000_000, bytes(32))):
        nonce, wrapped = wrap_key(owner, _PACK_ID, _PART, _PROGRAM_KEY)
        given: Values = {**_owner(owner), **_place(), "program_key": _PROGRAM_KEY}
        answer = {"nonce": nonce, "ct": wrapped}
        yield Vector(f"a key wrapped for {owner.entitlement}, generation {owner.epoch}", "wrap", given, answer)
    texts = {
        "a text": _TEXT,
        "no text": "",
        "a text that leaves no room": "x" * 1_020,
        "a text a byte longer": "x" * 1_021,
    }
    for name, text in texts.items():
        piece = seal_text(_PROGRAM_KEY, _PACK_ID, "lesson", "base.first", text)
        given = {"program_key": _PROGRAM_KEY, "pack_id": _PACK_ID, "kind": "lesson", "id": "base.first", "text": text}
        yield Vector(f"{name}, sealed", "seal-text", given, {"piece": piece})


def _owner(owner: EntitlementKey) -> Values:
    return {"ent": owner.entitlement, "epoch": owner.epoch, "ent_key": owner.key}


def _place() -> Values:
    return {"pack_id": _PACK_ID, "program": _PART.program, "period": _PART.period}


def _opened() -> Iterator[Vector]:
    nonce, wrapped = wrap_key(_OWNER, _PACK_ID, _PART, _PROGRAM_KEY)
    piece = seal_text(_PROGRAM_KEY, _PACK_ID, "lesson", "base.first", _TEXT)
    text: Values = {"kind": "lesson", "id": "base.first", "piece": piece, "sha256": crypto.plain_hash(piece)}
    given = {**_owner(_OWNER), **_place(), "nonce": nonce, "ct": wrapped, **text}
    yield Vector("a text, opened", "open-text", given, {"text": _TEXT})
    locked: dict[str, dict[str, Value]] = {
        "with another key": {"ent_key": fixed("another key")},
        "with a key of another generation": {"epoch": 1},
        "with a key of another entitlement": {"ent": "pro-2027"},
        "in another pack": {"pack_id": changed(_PACK_ID, 0)},
        "in another program": {"program": "2.6"},
        "of another period": {"period": "2027"},
        "with a changed wrap": {"ct": changed(wrapped, 0)},
        "with a changed nonce of the wrap": {"nonce": changed(nonce, 0)},
        "with the wrap cut off": {"ct": wrapped[:-1]},
    }
    for name, others in locked.items():
        yield Vector(f"a text {name}", "open-text", {**given, **others}, {"refused": "locked"})
    other = changed(piece, 30)
    refused: dict[str, dict[str, Value]] = {
        "put in the place of another": {"id": "base.second"},
        "put in the place of another kind": {"kind": "question"},
        "that is not what was signed": {"piece": other},
        "that is not what was sealed": {"piece": other, "sha256": crypto.plain_hash(other)},
        "with another hash": {"sha256": bytes(32)},
        "of no bytes": {"piece": b"", "sha256": crypto.plain_hash(b"")},
    }
    for name, others in refused.items():
        yield Vector(f"a text {name}", "open-text", {**given, **others}, NOT_GENUINE)


def _keyrings() -> Iterator[Vector]:
    keyring_id = fixed("keyring", 16)
    for number, length in ((0, 1), (0, 592), (999, 64)):
        given: Values = {"content_root": _CONTENT_ROOT, "keyring_id": keyring_id, "number": number, "length": length}
        answer: Values = {"bytes": decoy(decoy_key_of(_CONTENT_ROOT, keyring_id), number, length)}
        yield Vector(f"decoy {number} of {length} bytes", "decoy", given, answer)
    for name, licenses in (("no license", []), ("two licenses", [_license(0), _license(199)])):
        made = make_keyring(licenses, LICENSE_KEY, _CONTENT_ROOT, _PACK_ID, 3)
        said: list[Value] = [
            {"root": each.root, "payload": payload_of(each.license, LICENSE_KEY.kid).decode()} for each in licenses
        ]
        given = {"content_root": _CONTENT_ROOT, "pack_id": _PACK_ID, "serial": 3, "seed": LICENSE_KEY.seed}
        answer = {
            "count": made.count,
            "record_len": made.record_len,
            "first": made.raw[: LOOKUP_BYTES + made.record_len],
            "sha256": crypto.plain_hash(made.raw),
        }
        yield Vector(f"a keyring of {name}", "keyring", {**given, "licenses": said}, answer)


def _license(number: int) -> LiveLicense:
    """Return a license whose record is the longer the larger the number."""
    return LiveLicense(
        fixed(f"root {number}"),
        License(
            id=LicenseId(f"L-2026-{number:06}"),
            type=LicenseType.NAMED,
            batch="",
            sku="PRO-SELF",
            edition=str(SAID["edition"]),
            holder="x" * number,
            entitlements=(_OWNER,),
            seats=1,
            content_through=date(2026, 12, 31),
            not_after=None,
            grace_days=0,
            issued=date(2026, 11, 27),
        ),
    )
