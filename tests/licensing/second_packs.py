"""Packs once more, from packaging/LICENSE-FORMAT.md alone: the other half of the second implementation."""

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date
from typing import Any, NamedTuple

from tests.licensing.second_implementation import (
    PRODUCT,
    Keys,
    Newer,
    Refused,
    canonical,
    day_of,
    decrypt,
    domain,
    encrypt,
    fields,
    hkdf,
    is_hex,
    is_newer,
    keyed_hash,
    sign,
    signer_of,
    strict_json,
    u32,
    whole_number,
)
from tests.licensing.second_licenses import lookup_of, seal_inner


class Part(NamedTuple):
    """A program and a period."""

    program: str
    period: str

    @property
    def named(self) -> tuple[bytes, bytes]:
        """Both as they stand in fields."""
        return self.program.encode(), self.period.encode()


class Entitlement(NamedTuple):
    """A key of a license: name, generation, 32 bytes."""

    name: str
    epoch: int
    key: bytes


class Text(NamedTuple):
    """A text in the clear, and where it belongs."""

    kind: str
    id: str
    part: Part
    text: str

    @property
    def named(self) -> tuple[bytes, bytes]:
        """Id and kind as they stand in fields."""
        return self.id.encode(), self.kind.encode()


def plain_hash(text: bytes) -> bytes:
    """Return SHA-256."""
    return hashlib.sha256(text).digest()


# Section 7: sealed texts


def pack_id_of(content_id: str, serial: int) -> bytes:
    """Return the id of a pack; content_id: its hexadecimal letters."""
    return plain_hash(domain("djp/pack-id/1") + fields(content_id.encode()) + u32(serial))


def keyring_id_of(content_root: bytes, pack_id: bytes, serial: int) -> bytes:
    """Return the id of a keyring."""
    return hkdf(content_root, pack_id, domain("djp/keyring/1") + u32(serial), 16)


def program_key_of(content_root: bytes, pack_id: bytes, part: Part) -> bytes:
    """Return the key of a program's texts of one period."""
    return hkdf(content_root, pack_id, domain("djp/program/1") + fields(*part.named))


def wrap(owner: Entitlement, pack_id: bytes, part: Part, program_key: bytes) -> tuple[bytes, bytes]:
    """Return nonce and ct of a row of `wraps`."""
    nonce_key = hkdf(owner.key, pack_id, domain("djp/wrap-nonce/1"))
    nonce = keyed_hash(nonce_key, fields(*part.named, program_key))[:24]
    return nonce, encrypt(owner.key, nonce, program_key, _wrap_place(owner, pack_id, part))


def unwrap(owner: Entitlement, pack_id: bytes, part: Part, nonce: bytes, sealed: bytes) -> bytes:
    """Return a program key. Raises Refused."""
    return decrypt(owner.key, nonce, sealed, _wrap_place(owner, pack_id, part))


def _wrap_place(owner: Entitlement, pack_id: bytes, part: Part) -> bytes:
    named = fields(pack_id, owner.name.encode(), u32(owner.epoch), *part.named)
    return domain("djp/wrap/1") + PRODUCT + named


def text_key_of(program_key: bytes, pack_id: bytes, text: Text) -> bytes:
    """Return the key of one text."""
    return hkdf(program_key, pack_id, domain("djp/lesson/1") + fields(*text.named))


def seal_text(program_key: bytes, pack_id: bytes, text: Text) -> bytes:
    """Return a piece."""
    raw = text.text.encode()
    padded = (u32(len(raw)) + raw).ljust((4 + len(raw) + 1023) // 1024 * 1024, b"\0")
    nonce = keyed_hash(hkdf(program_key, pack_id, domain("djp/nonce/1")), fields(*text.named, padded))[:24]
    return nonce + encrypt(text_key_of(program_key, pack_id, text), nonce, padded, _text_place(pack_id, text))


def open_piece(program_key: bytes, pack_id: bytes, text: Text, piece: bytes, sha256: bytes) -> Text:
    """Return a text in the clear; `text` says which it is, sha256 what the body says of the piece. Raises Refused."""
    if plain_hash(piece) != sha256:
        raise Refused("a piece was changed")
    place = _text_place(pack_id, text)
    padded = decrypt(text_key_of(program_key, pack_id, text), piece[:24], piece[24:], place)
    try:
        return text._replace(text=padded[4 : 4 + int.from_bytes(padded[:4], "big")].decode())
    except UnicodeDecodeError as error:
        raise Refused("no UTF-8") from error


def _text_place(pack_id: bytes, text: Text) -> bytes:
    return domain("djp/text/1") + fields(pack_id, *text.named)


def decoy(content_root: bytes, keyring_id: bytes, number: int, length: int) -> bytes:
    """Return an entry of a keyring for nobody."""
    key = hkdf(content_root, keyring_id, domain("djp/decoy/1"))
    blocks = [keyed_hash(key, u32(number) + u32(block)) for block in range(length // 32 + 1)]
    return b"".join(blocks)[:length]


def make_keyring(content_root: bytes, keyring_id: bytes, inner_by_root: Mapping[bytes, bytes]) -> tuple[int, bytes]:
    """Return the length of a record and the bytes of a keyring."""
    longest = max((len(inner) for inner in inner_by_root.values()), default=128)
    entries = [
        lookup_of(root, keyring_id) + seal_inner(root, keyring_id, inner.ljust(longest, b"\0"))
        for root, inner in inner_by_root.items()
    ]
    record_len = 24 + longest + 16
    wanted = max(1, (len(entries) + 999) // 1000) * 1000
    entries += [decoy(content_root, keyring_id, number, 16 + record_len) for number in range(wanted - len(entries))]
    return record_len, b"".join(sorted(entries))


# Section 6: the file


class Pack(NamedTuple):
    """A pack that was proven."""

    manifest: dict[str, Any]
    body: bytes
    sealed: bytes

    @property
    def id(self) -> bytes:
        """Its pack_id."""
        return bytes.fromhex(self.manifest["pack_id"])

    @property
    def keyring_id(self) -> bytes:
        """K of its keyring."""
        return bytes.fromhex(self.manifest["keyring_id"])

    def record_of(self, root: bytes) -> bytes:
        """Return what the keyring holds for a root. Raises Refused where it holds nothing."""
        entry_len = 16 + self.manifest["keyring_record_len"]
        start = len(self.sealed) - self.manifest["keyring_count"] * entry_len
        wanted = lookup_of(root, self.keyring_id)
        for at in range(start, len(self.sealed), entry_len):
            if self.sealed[at : at + 16] == wanted:
                return self.sealed[at + 16 : at + entry_len]
        raise Refused("not in this keyring")

    def rows(self, statement: str, values: Sequence[str | int] = ()) -> list[Any]:
        """Return what the body says."""
        with closing(sqlite3.connect(":memory:")) as body:
            body.deserialize(self.body)
            return body.execute(statement, values).fetchall()

    def texts(self, owners: Iterable[Entitlement]) -> list[Text]:
        """Return all that these keys open. Raises Refused where a piece was changed."""
        key_by_part: dict[Part, bytes] = {}
        for owner in owners:
            statement = "SELECT program, period, nonce, ct FROM wraps WHERE ent = ? AND epoch = ?"
            for program, period, nonce, sealed in self.rows(statement, (owner.name, owner.epoch)):
                part = Part(program, period)
                key_by_part[part] = unwrap(owner, self.id, part, nonce, sealed)
        found = []
        places = self.rows("SELECT kind, id, program, period, start, length, sha256 FROM sealed ORDER BY start")
        for kind, name, program, period, start, length, sha256 in places:
            text, piece = Text(kind, name, Part(program, period), ""), self.sealed[start : start + length]
            if text.part in key_by_part:
                found.append(open_piece(key_by_part[text.part], self.id, text, piece, sha256))
        return found


def read_pack(raw: bytes, trusted: Keys, app_version: str) -> Pack:
    """Return a pack, all of it proven. Raises Refused, Newer."""
    if raw[:8] != b"DJPACK1\n":
        raise Newer if raw[:6] == b"DJPACK" and raw[6:8].strip().isdigit() else Refused("something else")
    length = int.from_bytes(raw[8:12], "big")
    if not 0 < length <= 65_536 or len(raw) < 76 + length:
        raise Refused("an impossible manifest")
    signed, signature, rest = raw[12 : 12 + length], raw[12 + length : 76 + length], raw[76 + length :]
    kid = signer_of(domain("djp/pack/1") + PRODUCT + signed, signature, trusted)
    manifest = strict_json(signed)
    if not manifest.keys() >= SAID_OF_A_PACK:
        raise Refused("a key is missing")
    if manifest["format"] != 1 or is_newer(manifest["app_min"], app_version):
        raise Newer
    _check_manifest(manifest, kid)
    body, sealed = rest[: manifest["body_len"]], rest[manifest["body_len"] :]
    if len(body) != manifest["body_len"] or len(sealed) != manifest["sealed_len"]:
        raise Refused("another length")
    for part, name in ((body, "body_sha256"), (sealed, "sealed_sha256")):
        if plain_hash(part).hex() != manifest[name]:
            raise Refused("not what was signed")
    return Pack(manifest, body, sealed)


_LENGTHS = {"pack_id": 32, "content_id": 16, "body_sha256": 32, "sealed_sha256": 32, "keyring_id": 16}
_MOST = {
    "serial": 2**31,
    "body_len": 2**28,
    "sealed_len": 2**31,
    "keyring_serial": 2**31,
    "keyring_count": 2**31,
    "keyring_record_len": 9216,
}
SAID_OF_A_PACK = {"format", "app_min", "kid", "built", "epochs", *_LENGTHS, *_MOST}


def _check_manifest(manifest: Mapping[str, Any], kid: str) -> None:
    if manifest["kid"] != kid or not isinstance(manifest["epochs"], dict):
        raise Refused("another kid, or no epochs")
    day_of(manifest["built"])
    for name, length in _LENGTHS.items():
        if not is_hex(manifest[name], length):
            raise Refused("no bytes in hexadecimal letters")
    for name, most in _MOST.items():
        whole_number(manifest[name], 0, most)
    for epoch in manifest["epochs"].values():
        whole_number(epoch, 1, 1_000_000)
    if manifest["keyring_count"] * (16 + manifest["keyring_record_len"]) > manifest["sealed_len"]:
        raise Refused("a keyring larger than all that is sealed")


class Publisher(NamedTuple):
    """Secrets of a publisher. openers: which entitlements open a part."""

    pack_kid: str
    pack_seed: bytes
    license_kid: str
    license_seed: bytes
    content_root: bytes
    openers: Mapping[Part, Sequence[Entitlement]]


class Release(NamedTuple):
    """What is said of a pack besides its content."""

    serial: int
    keyring_serial: int
    built: date


def make_pack(
    public_body: bytes,
    texts: Sequence[Text],
    publisher: Publisher,
    inner_by_root: Mapping[bytes, bytes],
    release: Release,
) -> bytes:
    """Return a pack. public_body: the tables of what everybody may read; those about what is sealed are filled anew."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as body:
        body.deserialize(public_body)
        content_id = body.execute("SELECT value FROM meta WHERE key = 'pack'").fetchone()[0]
        pack_id = pack_id_of(content_id, release.serial)
        pieces = _fill(body, pack_id, texts, publisher)
        written = body.serialize()
    keyring_id = keyring_id_of(publisher.content_root, pack_id, release.keyring_serial)
    record_len, keyring = make_keyring(publisher.content_root, keyring_id, inner_by_root)
    sealed = pieces + keyring
    owners = sorted({owner for owners in publisher.openers.values() for owner in owners}, key=lambda each: each.epoch)
    manifest = {
        "format": 1,
        "pack_id": pack_id.hex(),
        "content_id": content_id,
        "serial": release.serial,
        "built": release.built.isoformat(),
        "app_min": "0.1.0",
        "kid": publisher.pack_kid,
        "body_len": len(written),
        "body_sha256": plain_hash(written).hex(),
        "sealed_len": len(sealed),
        "sealed_sha256": plain_hash(sealed).hex(),
        "keyring_id": keyring_id.hex(),
        "keyring_serial": release.keyring_serial,
        "keyring_count": len(keyring) // (16 + record_len),
        "keyring_record_len": record_len,
        "epochs": {owner.name: owner.epoch for owner in owners},
    }
    return sign_manifest(canonical(manifest), publisher.pack_seed) + written + sealed


def sign_manifest(manifest: bytes, seed: bytes) -> bytes:
    """Return the beginning of a pack."""
    return b"DJPACK1\n" + u32(len(manifest)) + manifest + sign(seed, domain("djp/pack/1") + PRODUCT + manifest)


def _fill(body: sqlite3.Connection, pack_id: bytes, texts: Sequence[Text], publisher: Publisher) -> bytes:
    """Fill the two tables about what is sealed, and return the pieces."""
    for table in ("sealed", "wraps"):
        body.execute(f"DELETE FROM {table}")
    pieces = b""
    for text in texts:
        piece = seal_text(program_key_of(publisher.content_root, pack_id, text.part), pack_id, text)
        place = (len(pieces), len(piece), plain_hash(piece))
        body.execute("INSERT INTO sealed VALUES (?, ?, ?, ?, ?, ?, ?)", (text.kind, text.id, *text.part, *place))
        pieces += piece
    for part, owners in publisher.openers.items():
        key = program_key_of(publisher.content_root, pack_id, part)
        for owner in owners:
            row = (owner.name, owner.epoch, *part, *wrap(owner, pack_id, part, key))
            body.execute("INSERT INTO wraps VALUES (?, ?, ?, ?, ?, ?)", row)
    return pieces
