"""License records: verified first, and only then read."""

import logging
import re
from collections.abc import Sequence
from datetime import date

from dijipilot.domain.ids import LicenseId
from dijipilot.domain.license import EntitlementKey, License, LicenseType
from dijipilot.domain.signed_text import (
    AsksForNewerApp,
    Json,
    TrustedKey,
    read_bytes,
    read_day,
    read_object,
    version_numbers,
)
from dijipilot.errors import BadInput
from dijipilot.licensing import crypto
from dijipilot.licensing.crypto import PRODUCT, NotGenuine
from dijipilot.messages import message

ROOT_BYTES, KEYRING_ID_BYTES, LOOKUP_BYTES = 32, 16, 16
MAX_PAYLOAD_BYTES, MAX_RECORD_BYTES = 8_192, 9_216
PADDED_TO = 128
MAX_ENTITLEMENTS, MAX_EPOCH, MAX_SEATS, MAX_GRACE_DAYS = 64, 1_000_000, 100_000, 366

SIGNED_AS = crypto.domain("djp/lic/1") + PRODUCT

_ID = re.compile(r"[A-Z0-9-]{1,32}")
_ENTITLEMENT = re.compile(r"[a-z0-9-]{1,40}")

_log = logging.getLogger(__name__)


def root_of(secret: bytes) -> bytes:
    """Return the root key of an activation code's secret (14 bytes)."""
    return crypto.hkdf(secret, crypto.domain("djp/root/1"), PRODUCT)


def lookup_of(root: bytes, keyring_id: bytes) -> bytes:
    """Return under what the record of a root is found in a keyring; each keyring has another."""
    return crypto.hkdf(root, keyring_id, crypto.domain("djp/lookup/1"), LOOKUP_BYTES)


def seal_of(root: bytes, keyring_id: bytes) -> bytes:
    """Return the key that the record of a root is sealed with."""
    return crypto.hkdf(root, keyring_id, crypto.domain("djp/seal/1"))


def bound_to(keyring_id: bytes, lookup: bytes) -> bytes:
    """Return what a record is bound to besides its key: product, keyring and place."""
    return crypto.domain("djp/rec/1") + PRODUCT + keyring_id + lookup


def open_record(
    root: bytes, keyring_id: bytes, lookup: bytes, record: bytes, trusted: Sequence[TrustedKey], app_version: str
) -> License:
    """Return the license in a record, once it is sure that the publisher made it.

    Raises BadInput: not genuine, whatever is wrong; or made for a newer app.
    """
    try:
        return _read(*_verified(root, keyring_id, lookup, record, trusted), app_version)
    except AsksForNewerApp as error:
        raise _newer(error.version) from error
    except (NotGenuine, ValueError, KeyError, TypeError) as error:
        # Why is nobody's business but ours: a forger learns nothing, and a learner could do nothing about it.
        _log.warning("A license was refused: %s (%s)", error, type(error).__name__)
        raise BadInput(message("license.not_genuine")) from error


def _newer(version: str) -> BadInput:
    if version:
        return BadInput(message("license.newer_app", version=version))
    return BadInput(message("license.newer_format"))


def _verified(
    root: bytes, keyring_id: bytes, lookup: bytes, record: bytes, trusted: Sequence[TrustedKey]
) -> tuple[bytes, str]:
    """Return the payload and the id of the key that signed it. Raises NotGenuine."""
    if not crypto.NONCE_BYTES + crypto.TAG_BYTES <= len(record) <= MAX_RECORD_BYTES:
        raise NotGenuine("a record of impossible length")
    if not crypto.are_equal(lookup, lookup_of(root, keyring_id)):
        raise NotGenuine("a record of another code")
    nonce, sealed = record[: crypto.NONCE_BYTES], record[crypto.NONCE_BYTES :]
    inner = crypto.decrypt(seal_of(root, keyring_id), nonce, sealed, bound_to(keyring_id, lookup))
    length = int.from_bytes(inner[:4], "big")
    end = 4 + length + crypto.SIGNATURE_BYTES
    padding = inner[end:]
    if length > MAX_PAYLOAD_BYTES or end > len(inner) or any(padding) or len(inner) % PADDED_TO:
        raise NotGenuine("lengths that do not fit")
    payload, signature = inner[4 : 4 + length], inner[4 + length : end]
    for each in trusted:
        if crypto.is_signed(SIGNED_AS + payload, signature, each.key):
            return payload, each.kid
    raise NotGenuine("a signature of somebody else")


def _read(payload: bytes, kid: str, app_version: str) -> License:
    """Return what a signed payload says. Raises AsksForNewerApp, ValueError, KeyError, TypeError."""
    data = read_object(payload)
    if _number(data["v"], 1, 2**53) > 1:
        raise AsksForNewerApp(_text(data.get("app_min", ""), 40))
    if data["kid"] != kid:
        raise ValueError("signed with another key than it says")
    if version_numbers(data["app_min"]) > version_numbers(app_version):
        raise AsksForNewerApp(data["app_min"])
    entitlements = data["ents"]
    if not isinstance(entitlements, list) or len(entitlements) > MAX_ENTITLEMENTS:
        raise ValueError("too many entitlements")
    return License(
        id=LicenseId(_matching(data["lic"], _ID)),
        type=LicenseType(data["typ"]),
        batch=_text(data["batch"]),
        sku=_text(data["sku"]),
        edition=_text(data["edition"]),
        holder=None if data["holder"] is None else _text(data["holder"]),
        entitlements=tuple(map(_entitlement, entitlements)),
        seats=_number(data["seats"], 1, MAX_SEATS),
        content_through=_day(data["content_through"]),
        not_after=_day(data["not_after"]),
        grace_days=_number(data["grace_days"], 0, MAX_GRACE_DAYS),
        issued=read_day(data["issued"]),
    )


def _entitlement(data: Json) -> EntitlementKey:
    key = read_bytes(data["key"], crypto.KEY_BYTES)
    return EntitlementKey(_matching(data["ent"], _ENTITLEMENT), _number(data["epoch"], 1, MAX_EPOCH), key)


def _day(value: Json) -> date | None:
    return None if value is None else read_day(value)


def _text(value: Json, longest: int = 200) -> str:
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise ValueError("no short text")
    return value


def _matching(value: Json, shape: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise ValueError("an id of another shape")
    return value


def _number(value: Json, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError("a number out of range")
    return value
