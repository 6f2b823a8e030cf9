"""Licenses as they leave the publisher: signed, sealed for one code or file, and put into keyrings."""

import json
import os
from collections.abc import Iterable

from msgspec import Struct

from dijipilot.domain.license import License
from dijipilot.licensing import crypto
from dijipilot.licensing.license import (
    KEYRING_ID_BYTES,
    LOOKUP_BYTES,
    MAX_PAYLOAD_BYTES,
    PADDED_TO,
    SIGNED_AS,
    bound_to,
    lookup_of,
    seal_of,
)
from dijipilot.licensing.license_file import LicenseFile
from dijipilot_vendor.signing import SigningKey

KEYRING_STEP = 1_000
OLDEST_APP = "0.1.0"


class LiveLicense(Struct, frozen=True):
    """A license that is to open the next pack: the root of its code or file, and what it says."""

    root: bytes
    license: License

    def __repr__(self) -> str:
        """Return what may stand in a log: nothing that opens anything."""
        return f"LiveLicense({self.license.id})"


class Keyring(Struct, frozen=True):
    """Records by lookup, sorted, all of one length, filled up with decoys."""

    id: bytes
    serial: int
    count: int
    record_len: int
    raw: bytes


def payload_of(license_: License, kid: str, app_min: str = OLDEST_APP) -> bytes:
    """Return what is signed of a license: canonical JSON. Raises ValueError where it is too long."""
    said = {
        "v": 1,
        "kid": kid,
        "lic": license_.id,
        "typ": license_.type.value,
        "batch": license_.batch,
        "sku": license_.sku,
        "edition": license_.edition,
        "holder": license_.holder,
        "ents": [
            {"ent": each.entitlement, "epoch": each.epoch, "key": each.key.hex()} for each in license_.entitlements
        ],
        "seats": license_.seats,
        "content_through": license_.content_through.isoformat() if license_.content_through else None,
        "not_after": license_.not_after.isoformat() if license_.not_after else None,
        "grace_days": license_.grace_days,
        "issued": license_.issued.isoformat(),
        "app_min": app_min,
    }
    payload = canonical(said)
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise ValueError("a license that says too much")
    return payload


def canonical(data: object) -> bytes:
    """Return JSON in its one writing."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def signed(payload: bytes, signer: SigningKey) -> bytes:
    """Return a payload with its length and signature."""
    return len(payload).to_bytes(4, "big") + payload + signer.sign(SIGNED_AS + payload)


def seal_record(root: bytes, keyring_id: bytes, inner: bytes, padded_len: int = 0) -> bytes:
    """Return a record of what `signed` returned; padded_len: at least so long inside, for records of one length."""
    inner = inner.ljust(max(padded_len, _padded(len(inner))), b"\0")
    nonce_key = crypto.hkdf(root, keyring_id, crypto.domain("djp/rec-nonce/1"))
    nonce = crypto.keyed_hash(nonce_key, inner)[: crypto.NONCE_BYTES]
    bound = bound_to(keyring_id, lookup_of(root, keyring_id))
    return nonce + crypto.encrypt(seal_of(root, keyring_id), nonce, inner, bound)


def _padded(length: int) -> int:
    return -(-length // PADDED_TO) * PADDED_TO


def make_license_file(root: bytes, license_: License, signer: SigningKey, *, is_bearer: bool) -> LicenseFile:
    """Return a license file; is_bearer: it opens without a code."""
    keyring_id = os.urandom(KEYRING_ID_BYTES)
    record = seal_record(root, keyring_id, signed(payload_of(license_, signer.kid), signer))
    return LicenseFile(keyring_id, lookup_of(root, keyring_id), record, root if is_bearer else None)


def make_keyring(
    licenses: Iterable[LiveLicense], signer: SigningKey, content_root: bytes, pack_id: bytes, serial: int
) -> Keyring:
    """Return the keyring of a pack, the same bytes for the same licenses."""
    keyring_id = keyring_id_of(content_root, pack_id, serial)
    signed_by_root = {each.root: signed(payload_of(each.license, signer.kid), signer) for each in licenses}
    padded_len = _padded(max(map(len, signed_by_root.values()), default=PADDED_TO))
    record_len = crypto.NONCE_BYTES + padded_len + crypto.TAG_BYTES
    entries = [
        lookup_of(root, keyring_id) + seal_record(root, keyring_id, inner, padded_len)
        for root, inner in signed_by_root.items()
    ]
    missing = -len(entries) % KEYRING_STEP or (0 if entries else KEYRING_STEP)
    decoy_key = decoy_key_of(content_root, keyring_id)
    entries += [decoy(decoy_key, number, LOOKUP_BYTES + record_len) for number in range(missing)]
    return Keyring(keyring_id, serial, len(entries), record_len, b"".join(sorted(entries)))


def keyring_id_of(content_root: bytes, pack_id: bytes, serial: int) -> bytes:
    """Return the id of a keyring, 16 bytes."""
    info = crypto.domain("djp/keyring/1") + serial.to_bytes(4, "big")
    return crypto.hkdf(content_root, pack_id, info, KEYRING_ID_BYTES)


def decoy_key_of(content_root: bytes, keyring_id: bytes) -> bytes:
    """Return what the decoys of a keyring are made of."""
    return crypto.hkdf(content_root, keyring_id, crypto.domain("djp/decoy/1"))


def decoy(key: bytes, number: int, length: int) -> bytes:
    """Return bytes that nobody can tell from an entry, the same at each building."""
    blocks = range(-(-length // 32))
    start = number.to_bytes(4, "big")
    return b"".join(crypto.keyed_hash(key, start + block.to_bytes(4, "big")) for block in blocks)[:length]
