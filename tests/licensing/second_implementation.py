"""Licenses and packs once more, from packaging/LICENSE-FORMAT.md alone, on another crypto library than the program.

What both agree on is what the text says. It shares nothing with the program, and only tests use it. Here stands section
1, notation and cryptography; second_licenses.py, second_packs.py and second_clocks.py hold the rest.
"""

import hmac
import json
import re
import struct
from collections.abc import Sequence
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PRODUCT = b"DijiPilotAcademy"

Keys = Sequence[tuple[str, bytes]]
"""Trusted keys of a role: id and 32 bytes."""


class Refused(Exception):
    """Not genuine, or not to be used; the text is for whoever reads a failing test."""


class Newer(Exception):
    """Made for a newer app."""


# Section 1: notation


def domain(name: str) -> bytes:
    """Return a domain string."""
    return name.encode("ascii") + b"\0"


def u32(number: int) -> bytes:
    """Return four bytes, the most significant first."""
    return struct.pack(">I", number)


def fields(*parts: bytes) -> bytes:
    """Join parts, each behind its length."""
    return b"".join(u32(len(part)) + part for part in parts)


def hkdf(key: bytes, salt: bytes, info: bytes, length: int = 32) -> bytes:
    """Return HKDF-SHA256."""
    return HKDF(SHA256(), length, salt, info).derive(key)


def keyed_hash(key: bytes, text: bytes) -> bytes:
    """Return HMAC-SHA256."""
    return hmac.digest(key, text, "sha256")


def hchacha20(key: bytes, start: bytes) -> bytes:
    """Return the key that the first 16 bytes of a long nonce make of a key (draft-irtf-cfrg-xchacha, section 2.2)."""
    state = list(struct.unpack("<16I", b"expand 32-byte k" + key + start))
    columns = [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)]
    diagonals = [(0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)]
    for a, b, c, d in 10 * (columns + diagonals):
        for one, other, third, bits in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            state[one] = (state[one] + state[other]) & 0xFFFFFFFF
            mixed = state[third] ^ state[one]
            state[third] = (mixed << bits | mixed >> (32 - bits)) & 0xFFFFFFFF
    return struct.pack("<8I", *state[:4], *state[12:])


def encrypt(key: bytes, nonce: bytes, text: bytes, associated: bytes) -> bytes:
    """Return a text under XChaCha20-Poly1305, its tag behind it."""
    return ChaCha20Poly1305(hchacha20(key, nonce[:16])).encrypt(bytes(4) + nonce[16:], text, associated)


def decrypt(key: bytes, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
    """Return the text of what was encrypted. Raises Refused."""
    if len(key) != 32 or len(nonce) != 24:
        raise Refused("a key or nonce of another length")
    try:
        return ChaCha20Poly1305(hchacha20(key, nonce[:16])).decrypt(bytes(4) + nonce[16:], sealed, associated)
    except (InvalidTag, ValueError) as error:
        raise Refused("does not open") from error


_FIELD, _ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
_CURVE_D = -121665 * pow(121666, -1, _FIELD) % _FIELD


def is_of_small_order(point: bytes) -> bool:
    """Tell whether a point is one of the eight that eight times themselves are the neutral one.

    These have y = 1 and y = -1; y = 0, which doubled give y = -1; and those with x^2 + y^2 = 0, which doubled give
    y = 0: with the equation of the curve, -x^2 + y^2 = 1 + d x^2 y^2, that is d y^4 + 2 y^2 = 1.
    """
    y = int.from_bytes(point, "little") & (2**255 - 1)
    return y * y % _FIELD in (0, 1) or (_CURVE_D * pow(y, 4, _FIELD) + 2 * y * y) % _FIELD == 1


def is_signed(text: bytes, signature: bytes, key: bytes) -> bool:
    """Tell whether a signature is that of the holder of a key, strictly."""
    if len(signature) != 64 or len(key) != 32:
        return False
    is_reduced = int.from_bytes(signature[32:], "little") < _ORDER
    is_canonical = int.from_bytes(key, "little") & (2**255 - 1) < _FIELD
    if not is_reduced or not is_canonical or is_of_small_order(key) or is_of_small_order(signature[:32]):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text)
    except InvalidSignature:
        return False
    return True


def sign(seed: bytes, text: bytes) -> bytes:
    """Return a signature."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(text)


def public_key(seed: bytes) -> bytes:
    """Return the public key of a private one."""
    key = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def signer_of(text: bytes, signature: bytes, trusted: Keys) -> str:
    """Return the id of the trusted key that signed. Raises Refused."""
    for kid, key in trusted[:2]:
        if is_signed(text, signature, key):
            return kid
    raise Refused("signed by nobody we know")


def strict_json(raw: bytes) -> dict[str, Any]:
    """Return the object of strict JSON. Raises Refused, Newer."""

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        if len(set(names)) != len(names):
            raise Refused("a key twice")
        if any(name.startswith("!") for name in names):
            raise Newer
        return dict(pairs)

    def whole(text: str) -> int:
        if len(text) > 20 or abs(int(text)) > 2**53:
            raise Refused("beyond 2^53")
        return int(text)

    def no_number(text: str) -> None:
        raise Refused(f"{text} is no whole number")

    try:
        read = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=members,
            parse_int=whole,
            parse_float=no_number,
            parse_constant=no_number,
        )
    except (ValueError, RecursionError) as error:
        raise Refused("no JSON in UTF-8") from error
    if not isinstance(read, dict) or _levels(read) > 8:
        raise Refused("no object, or too deep")
    if re.search("[\ud800-\udfff]", json.dumps(read, ensure_ascii=False)):
        raise Refused("half of a surrogate pair")
    return read


def _levels(value: object) -> int:
    below = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return 1 + max(map(_levels, below), default=0)


def canonical(data: object) -> bytes:
    """Return the one writing of JSON."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def is_newer(version: Any, app_version: str) -> bool:
    """Tell whether an app of some version is too old. Raises Refused where a version is none."""

    def numbers(text: Any) -> list[int]:
        if not isinstance(text, str) or not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}", text):
            raise Refused("no version")
        return [int(part) for part in text.split(".")]

    return numbers(version) > numbers(app_version)


def whole_number(value: Any, least: int, most: int) -> int:
    """Return a number within limits. Raises Refused."""
    if type(value) is not int or not least <= value <= most:
        raise Refused("a number out of range")
    return value


def is_hex(value: Any, length: int) -> bool:
    """Tell whether a value is so many bytes in small hexadecimal letters."""
    return isinstance(value, str) and len(value) == 2 * length and re.fullmatch("[0-9a-f]*", value) is not None


def matching(value: Any, shape: str) -> str:
    """Return a text of a shape. Raises Refused."""
    if not isinstance(value, str) or not re.fullmatch(shape, value):
        raise Refused("of another shape")
    return value


def day_of(value: Any) -> date:
    """Return a date. Raises Refused."""
    try:
        return date.fromisoformat(matching(value, "[0-9]{4}-[0-9]{2}-[0-9]{2}"))
    except ValueError as error:
        raise Refused("no date") from error
