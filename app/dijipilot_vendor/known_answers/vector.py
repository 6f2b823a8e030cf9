"""What a known answer is, and the fixed secrets that known answers are made of."""

import hashlib
from collections.abc import Mapping, Sequence

from msgspec import Struct

from dijipilot_vendor.signing import SigningKey

Value = str | int | bool | bytes | None | Sequence["Value"] | Mapping[str, "Value"]
Values = Mapping[str, Value]

NOT_GENUINE: Values = {"refused": "not genuine"}
NEWER: Values = {"refused": "newer"}


class Vector(Struct, frozen=True):
    """A case. does: which formula or reader; given: its input; gives: its answer, or why it refuses."""

    name: str
    does: str
    given: Values
    gives: Values


def plain(value: Value) -> object:
    """Return what JSON can say: bytes become hexadecimal letters."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(part) for part in value]
    return value


def fixed(name: str, length: int = 32) -> bytes:
    """Return bytes (at most 64) that are always the same for a name, and secret to nobody."""
    return hashlib.sha512(f"DijiPilot Academy, known answers: {name}".encode()).digest()[:length]


def changed(raw: bytes, place: int, bit: int = 1) -> bytes:
    """Return bytes of which one bit is another."""
    return raw[:place] + bytes([raw[place] ^ bit]) + raw[place + 1 :] if place >= 0 else changed(raw, len(raw) + place)


LICENSE_KEY = SigningKey("license-1", fixed("license key 1"))
NEXT_LICENSE_KEY = SigningKey("license-2", fixed("license key 2"))
PACK_KEY = SigningKey("pack-1", fixed("pack key 1"))
NEXT_PACK_KEY = SigningKey("pack-2", fixed("pack key 2"))
STRANGER = SigningKey("license-1", fixed("a stranger's key"))
APP_VERSION = "1.4.0"


def listed(*keys: SigningKey) -> list[Value]:
    """Return the public halves of keys, as trusted keys are listed."""
    return [{"kid": key.kid, "key": key.public} for key in keys]
