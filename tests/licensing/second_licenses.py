"""Codes and licenses once more, from packaging/LICENSE-FORMAT.md alone: its sections 2 to 5."""

import base64
import re
import struct
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tests.licensing.second_implementation import (
    PRODUCT,
    Keys,
    Newer,
    Refused,
    day_of,
    decrypt,
    domain,
    encrypt,
    hkdf,
    is_hex,
    is_newer,
    keyed_hash,
    matching,
    sign,
    signer_of,
    strict_json,
    u32,
    whole_number,
)

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


# Sections 2 and 3: activation codes and their keys


class Mistyped(Exception):
    """A code whose check symbols do not fit; suggestion: the one code that one other symbol would make of it, or ""."""

    def __init__(self, suggestion: str) -> None:
        super().__init__(suggestion)
        self.suggestion = suggestion


def _times(value: int, power: int) -> int:
    """Return value * a^power in GF(32)."""
    for _ in range(power):
        value = (value << 1) ^ (0b100101 if value & 16 else 0)
    return value


def syndromes(values: Sequence[int]) -> tuple[int, int]:
    """Return S0 and S1."""
    plain, weighted = 0, 0
    for place, value in enumerate(values):
        plain ^= value
        weighted ^= _times(value, place)
    return plain, weighted


def make_code(secret: bytes) -> str:
    """Return the symbols of a code, without dashes."""
    number = int.from_bytes(secret, "big")
    values = [1, *((number >> 5 * place) & 31 for place in reversed(range(22)))]
    for checks in ((one, other) for one in range(32) for other in range(32)):
        if syndromes([*values, *checks]) == (0, 0):
            return "".join(ALPHABET[value] for value in [*values, *checks])
    raise AssertionError("two check symbols always fit")


def printed(symbols: str) -> str:
    """Return a code in its groups."""
    return "-".join(symbols[start : start + 5] for start in range(0, 25, 5))


def read_code(text: str) -> bytes:
    """Return the secret of a code as typed. Raises Refused, Newer, Mistyped."""
    if len(text) > 1000:
        raise Refused("length")
    symbols = [_symbol(letter) for letter in unicodedata.normalize("NFKC", text) if not _is_dropped(letter)]
    if len(symbols) != 25:
        raise Refused("length")
    if any(symbol not in ALPHABET for symbol in symbols):
        raise Refused("character")
    values = [ALPHABET.index(symbol) for symbol in symbols]
    if syndromes(values) != (0, 0):
        raise Mistyped(_suggestion(values))
    if symbols[0] != "1":
        raise Newer
    number = 0
    for value in values[1:23]:
        number = number << 5 | value
    return number.to_bytes(14, "big")


def _is_dropped(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] in "ZPMC" or category in ("Sm", "Sk")


def _symbol(letter: str) -> str:
    capital = letter.upper() if letter.isascii() else letter
    return {"O": "0", "I": "1", "L": "1", "İ": "1", "ı": "1"}.get(capital, capital)


def _suggestion(values: list[int]) -> str:
    for place in range(25):
        for value in range(32):
            changed = [*values[:place], value, *values[place + 1 :]]
            if changed[0] == 1 and syndromes(changed) == (0, 0):
                return printed("".join(ALPHABET[each] for each in changed))
    return ""


def root_of(secret: bytes) -> bytes:
    """Return the root of a code."""
    return hkdf(secret, domain("djp/root/1"), PRODUCT)


def lookup_of(root: bytes, keyring_id: bytes) -> bytes:
    """Return where the record of a root stands in a keyring."""
    return hkdf(root, keyring_id, domain("djp/lookup/1"), 16)


def seal_of(root: bytes, keyring_id: bytes) -> bytes:
    """Return what the record of a root is sealed with."""
    return hkdf(root, keyring_id, domain("djp/seal/1"))


# Section 4: records


def make_inner(payload: bytes, seed: bytes, padded_len: int = 0) -> bytes:
    """Return a payload with its signature, padded to 128 bytes or to more."""
    inner = u32(len(payload)) + payload + sign(seed, domain("djp/lic/1") + PRODUCT + payload)
    return inner.ljust(max(padded_len, (len(inner) + 127) // 128 * 128), b"\0")


def seal_inner(root: bytes, keyring_id: bytes, inner: bytes) -> bytes:
    """Return a record."""
    nonce = keyed_hash(hkdf(root, keyring_id, domain("djp/rec-nonce/1")), inner)[:24]
    return nonce + encrypt(seal_of(root, keyring_id), nonce, inner, _record_place(root, keyring_id))


def _record_place(root: bytes, keyring_id: bytes) -> bytes:
    return domain("djp/rec/1") + PRODUCT + keyring_id + lookup_of(root, keyring_id)


def open_record(
    root: bytes, keyring_id: bytes, lookup: bytes, record: bytes, trusted: Keys, app_version: str
) -> dict[str, Any]:
    """Return the payload of a record. Raises Refused, Newer."""
    if len(record) > 9216:
        raise Refused("too long")
    if lookup != lookup_of(root, keyring_id):
        raise Refused("another lookup")
    inner = decrypt(seal_of(root, keyring_id), record[:24], record[24:], _record_place(root, keyring_id))
    length = int.from_bytes(inner[:4], "big")
    payload, signature, padding = inner[4 : 4 + length], inner[4 + length : 68 + length], inner[68 + length :]
    if length > 8192 or len(signature) != 64 or padding.strip(b"\0") or len(inner) % 128:
        raise Refused("parts that do not fit")
    kid = signer_of(domain("djp/lic/1") + PRODUCT + payload, signature, trusted)
    said = strict_json(payload)
    if whole_number(said.get("v"), 1, 2**53) > 1:
        raise Newer
    if said.get("kid") != kid:
        raise Refused("another kid")
    if is_newer(said.get("app_min"), app_version):
        raise Newer
    _check_payload(said)
    return said


_TEXTS, _DAYS = ("batch", "sku", "edition"), ("content_through", "not_after")
SAID_OF_A_LICENSE = {
    "v",
    "kid",
    "lic",
    "typ",
    *_TEXTS,
    "holder",
    "ents",
    "seats",
    *_DAYS,
    "grace_days",
    "issued",
    "app_min",
}


def _check_payload(said: Mapping[str, Any]) -> None:
    if not said.keys() >= SAID_OF_A_LICENSE:
        raise Refused("a key is missing")
    if said["typ"] not in ("card", "named", "classroom", "trial", "clock-reset"):
        raise Refused("another type")
    matching(said["lic"], r"[A-Z0-9-]{1,32}")
    for name in _TEXTS:
        _text(said[name])
    if said["holder"] is not None:
        _text(said["holder"])
    if not isinstance(said["ents"], list) or len(said["ents"]) > 64:
        raise Refused("too many entitlements")
    for each in said["ents"]:
        if not isinstance(each, dict) or not {"ent", "epoch", "key"} <= each.keys():
            raise Refused("no entitlement")
        matching(each["ent"], r"[a-z0-9-]{1,40}")
        whole_number(each["epoch"], 1, 1_000_000)
        if not is_hex(each["key"], 32):
            raise Refused("no key")
    whole_number(said["seats"], 1, 100_000)
    whole_number(said["grace_days"], 0, 366)
    for name in _DAYS:
        if said[name] is not None:
            day_of(said[name])
    day_of(said["issued"])


def _text(value: Any) -> None:
    # Unicode's categories "other" and "separator", of which the plain blank alone is for texts.
    if not isinstance(value, str) or len(value) > 200:
        raise Refused("no short text")
    if any(unicodedata.category(letter)[0] in "CZ" and letter != " " for letter in value):
        raise Refused("letters that cannot be seen")


# Section 5: license files


class LicenseFile(NamedTuple):
    """The content of a license file; note: second of activation and symbols."""

    keyring_id: bytes
    lookup: bytes
    record: bytes
    root: bytes | None
    note: tuple[int, str] | None


_BEGIN, _END = "-----BEGIN DIJIPILOT LICENSE-----", "-----END DIJIPILOT LICENSE-----"


def write_file(file: LicenseFile) -> bytes:
    """Return the letters of a license file."""
    flags = (1 if file.root else 0) + (2 if file.note else 0)
    content = b"DJLIC1" + bytes([flags]) + file.keyring_id + file.lookup + file.record + (file.root or b"")
    if file.note:
        content += struct.pack(">Q", file.note[0]) + file.note[1].encode().ljust(5, b"\0")
    letters = base64.b64encode(content).decode()
    return "".join(f"{line}\n" for line in [_BEGIN, *re.findall(".{1,64}", letters), _END]).encode()


def read_file(raw: bytes) -> LicenseFile:
    """Return the content of a license file. Raises Refused, Newer."""
    if len(raw) > 16 * 1024 or not raw.isascii():
        raise Refused("too long, or other letters")
    lines = raw.decode().replace("\r\n", "\n").removesuffix("\n").split("\n")
    letters = "".join(lines[1:-1])
    if lines[0] != _BEGIN or lines[-1] != _END or any(len(line) != 64 for line in lines[1:-2]):
        raise Refused("other lines")
    if not letters or not 0 < len(lines[-2]) <= 64 or not re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", letters):
        raise Refused("other letters")
    try:
        content = base64.b64decode(letters, validate=True)
    except ValueError as error:
        raise Refused("no base64") from error
    if base64.b64encode(content).decode() != letters:
        raise Refused("another writing")
    return _parts(content)


def _parts(content: bytes) -> LicenseFile:
    if not content.startswith(b"DJLIC1") or len(content) < 7:
        raise Refused("something else")
    flags, rest = content[6], content[7:]
    if flags > 3:
        raise Newer
    note, root = None, None
    if flags & 2:
        rest, raw = rest[:-13], rest[-13:]
        symbols = raw[8:].rstrip(b"\0").decode("latin-1")
        if len(raw) != 13 or not re.fullmatch(r"[0-9A-Za-z]{0,5}", symbols):
            raise Refused("no note")
        second = int.from_bytes(raw[:8], "big")
        note = (second if second <= 253370764799 else 0, symbols)
    if flags & 1:
        rest, root = rest[:-32], rest[-32:]
    if not 32 < len(rest) <= 32 + 9216 or (root is not None and len(root) != 32):
        raise Refused("a part is missing")
    return LicenseFile(rest[:16], rest[16:32], rest[32:], root, note)
