"""Records that no app may accept, each for one reason: made by who has the keys, so that this reason alone is left."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dijipilot.licensing import crypto
from dijipilot.licensing.license import MAX_PAYLOAD_BYTES, SIGNED_AS, bound_to, lookup_of, seal_of
from dijipilot_vendor.records import canonical, seal_record, signed
from dijipilot_vendor.signing import SigningKey

# JSON on its way to being wrong.
Said = dict[str, Any]

_GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493
"""Of Ed25519: a signature whose second half is larger by it says the same, and is refused by strict readers."""


def refused_records(
    root: bytes, keyring_id: bytes, payload: bytes, signer: SigningKey
) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield why, lookup and record for each way in which a good payload can be spoiled."""
    lookup = lookup_of(root, keyring_id)
    good = seal_record(root, keyring_id, signed(payload, signer))
    for why, spoiled in _broken_bytes(good):
        yield why, lookup, spoiled
    yield "a lookup of another root", lookup_of(bytes(32), keyring_id), good
    yield "sealed for another keyring", lookup, seal_record(root, bytes(16), signed(payload, signer))
    yield "sealed for another root", lookup, seal_record(bytes(32), keyring_id, signed(payload, signer))
    for why, inner in _broken_inside(payload, signer):
        yield why, lookup, _sealed(root, keyring_id, inner)
    for why, text in _broken_payloads(payload):
        yield why, lookup, seal_record(root, keyring_id, signed(text, signer))


def newer_records(
    root: bytes, keyring_id: bytes, payload: bytes, signer: SigningKey
) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield why, lookup and record of licenses that are genuine and ask for a newer app."""
    for why, text in _changed(payload, _FOR_NEWER_APPS):
        yield why, lookup_of(root, keyring_id), seal_record(root, keyring_id, signed(text, signer))


def _broken_bytes(good: bytes) -> Iterator[tuple[str, bytes]]:
    for why, place in (("nonce", 0), ("first sealed byte", 24), ("middle", len(good) // 2), ("tag", len(good) - 1)):
        spoiled = bytearray(good)
        spoiled[place] ^= 1
        yield f"one bit changed: {why}", bytes(spoiled)
    yield "cut off by one byte", good[:-1]
    yield "a byte too many", good + b"\0"
    yield "nothing", b""
    yield "longer than records are", good + bytes(9_217 - len(good))


def _broken_inside(payload: bytes, signer: SigningKey) -> Iterator[tuple[str, bytes]]:
    """Yield what is sealed rightly and wrong inside."""
    good = signed(payload, signer)
    stranger = SigningKey(signer.kid, bytes(32))
    yield "signed by somebody else", _padded(signed(payload, stranger))
    yield "signed without the domain", _padded(len(payload).to_bytes(4, "big") + payload + signer.sign(payload))
    other = SIGNED_AS.replace(b"djp/lic/1", b"djp/pack/1")
    yield "signed as a pack", _padded(len(payload).to_bytes(4, "big") + payload + signer.sign(other + payload))
    yield "a signature that was not reduced", _padded(good[:-32] + _not_reduced(good[-32:]))
    yield "padding that says something", _padded(good)[:-1] + b"\1"
    yield "padding to another length", good + b"\0" * (-len(good) % 128 + 1)
    yield "a length beyond the end", _padded((2**32 - 1).to_bytes(4, "big") + good[4:])
    yield "a length that is too small", _padded((len(payload) - 1).to_bytes(4, "big") + good[4:])


def _not_reduced(half: bytes) -> bytes:
    return (int.from_bytes(half, "little") + _GROUP_ORDER).to_bytes(32, "little")


def _broken_payloads(payload: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what is signed rightly and not what an app may read."""
    yield "no object", b"[]"
    yield "no JSON", payload[:-1]
    yield "no UTF-8", payload.replace(b"Academy", b"Ac\xffdemy")
    yield "a key that stands there twice", payload[:-1] + b',"v":1}'
    yield "a number with a fraction", payload.replace(b'"grace_days":0', b'"grace_days":0.0')
    yield "a number with an exponent", payload.replace(b'"v":1', b'"v":1e0')
    yield "no number at all", payload.replace(b'"grace_days":0', b'"grace_days":NaN')
    yield "a number beyond 2^53", payload[:-1] + b',"z":9007199254740993}'
    yield "nine levels deep", payload[:-1] + b',"z":' + b"[" * 8 + b"]" * 8 + b"}"
    yield "too long", payload[:-1] + b',"z":"' + b"x" * (MAX_PAYLOAD_BYTES - len(payload) + 1) + b'"}'
    yield from _changed(payload, _WRONG_VALUES)


def _changed(payload: bytes, changes: Mapping[str, Callable[[Said], object]]) -> Iterator[tuple[str, bytes]]:
    """Yield a payload once with each change."""
    for why, change in changes.items():
        said = json.loads(payload)
        change(said)
        yield why, canonical(said)


def _setting(name: str, value: object) -> Callable[[Said], None]:
    def change(said: Said) -> None:
        said[name] = value

    return change


def _in_first(name: str, value: object) -> Callable[[Said], None]:
    def change(said: Said) -> None:
        said["ents"][0][name] = value

    return change


_FOR_NEWER_APPS: Mapping[str, Callable[[Said], object]] = {
    "a later version": _setting("v", 2),
    "an app that is not there yet": _setting("app_min", "9999.0.0"),
    "something that may not be passed over": _setting("!new", True),
}

_WRONG_VALUES: Mapping[str, Callable[[Said], object]] = {
    "a kid of another key": _setting("kid", "vector-other"),
    "a type that is none": _setting("typ", "gift"),
    "an id of another shape": _setting("lic", "l 1"),
    "no holder and no null": lambda said: said.pop("holder"),
    "a holder who moves the cursor": _setting("holder", "a\x1b[2Jb"),
    "no seats": _setting("seats", 0),
    "too many seats": _setting("seats", 100_001),
    "true in the place of a number": _setting("seats", True),
    "too many days of grace": _setting("grace_days", 367),
    "a day that is none": _setting("issued", "2026-02-30"),
    "entitlements that are no list": _setting("ents", {}),
    "65 entitlements": lambda said: said.update(ents=[{"ent": "a", "epoch": 1, "key": "00" * 32}] * 65),
    "a key of 31 bytes": _in_first("key", "00" * 31),
    "a generation of 0": _in_first("epoch", 0),
    "an entitlement in capitals": _in_first("ent", "PRO-2026"),
}


def _padded(inner: bytes) -> bytes:
    return inner.ljust(-(-len(inner) // 128) * 128, b"\0")


def _sealed(root: bytes, keyring_id: bytes, inner: bytes) -> bytes:
    """Return a record of what is inside, exactly as it is."""
    nonce = crypto.plain_hash(inner)[: crypto.NONCE_BYTES]
    bound = bound_to(keyring_id, lookup_of(root, keyring_id))
    return nonce + crypto.encrypt(seal_of(root, keyring_id), nonce, inner, bound)
