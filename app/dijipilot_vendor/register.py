"""The register of all licenses ever issued: one line a license; what opens something stands in it sealed."""

import json
import os
from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from dijipilot.licensing import crypto
from dijipilot_vendor.state import Issued

_BOUND = crypto.domain("djp/register/1")


def seal_root(entry: Issued, root: bytes, register_key: bytes) -> Issued:
    """Return a line of the register that holds a root, bound to what else the line says."""
    nonce = os.urandom(crypto.NONCE_BYTES)
    sealed = crypto.encrypt(register_key, nonce, root, _bound_to(entry))
    return replace(entry, root=(nonce + sealed).hex())


def open_root(entry: Issued, register_key: bytes) -> bytes:
    """Return the root that a line holds. Raises NotGenuine where the line is not as it was written."""
    raw = bytes.fromhex(entry.root)
    return crypto.decrypt(register_key, raw[: crypto.NONCE_BYTES], raw[crypto.NONCE_BYTES :], _bound_to(entry))


def register_bytes(entries: Iterable[Issued]) -> bytes:
    """Return the register as it is written."""
    return b"".join(_canonical(entry) + b"\n" for entry in entries)


def read_register(raw: bytes) -> tuple[Issued, ...]:
    """Return the lines of a register. Raises ValueError where it is none."""
    return tuple(msgspec.json.decode(line, type=Issued) for line in raw.splitlines())


def _bound_to(entry: Issued) -> bytes:
    return _BOUND + _canonical(replace(entry, root=""))


def _canonical(entry: Issued) -> bytes:
    data = msgspec.to_builtins(entry)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
