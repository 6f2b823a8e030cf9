"""The file of a content pack: nothing of it reaches a parser or SQLite before its signature held.

Signed is the manifest, and it says what the rest must be: see packaging/LICENSE-FORMAT.md, section 6.
"""

import hashlib
import logging
import threading
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

import dijipilot
from dijipilot.content.body_format import MAX_BODY_BYTES
from dijipilot.domain.ids import PackId
from dijipilot.domain.signed_text import (
    AsksForNewerApp,
    Json,
    TrustedKey,
    read_bytes,
    read_day,
    read_object,
    version_numbers,
)
from dijipilot.errors import BadInput, PackDamaged
from dijipilot.licensing import crypto
from dijipilot.licensing.crypto import PRODUCT, SIGNATURE_BYTES
from dijipilot.messages import message

ENDING = ".djpack"
MAGIC = b"DJPACK1\n"
ANY_VERSION = b"DJPACK"
SIGNED_AS = crypto.domain("djp/pack/1") + PRODUCT
MAX_MANIFEST_BYTES = 64 * 1024
MAX_SEALED_BYTES = 2**31
LOOKUP_BYTES = 16
_CHUNK_BYTES = 1 << 20

_log = logging.getLogger(__name__)


class Manifest(Struct, frozen=True):
    """What the publisher signed of a pack. Lengths in bytes; hashes and ids as bytes."""

    pack_id: bytes
    content_id: PackId
    serial: int
    built: date
    kid: str
    body_len: int
    body_sha256: bytes
    sealed_len: int
    sealed_sha256: bytes
    keyring_id: bytes
    keyring_serial: int
    keyring_count: int
    keyring_record_len: int
    epochs: Mapping[str, int]

    @property
    def keyring_len(self) -> int:
        """Length of the keyring, the end of the sealed part."""
        return self.keyring_count * (LOOKUP_BYTES + self.keyring_record_len)


class PackFile:
    """A pack whose manifest is proven; keeps the file open. The sealed part may be read from several threads."""

    def __init__(self, path: Path, stream: BinaryIO, manifest: Manifest, body_at: int) -> None:
        self.path = path
        self.manifest = manifest
        self._stream = stream
        self._body_at = body_at
        self._lock = threading.Lock()

    def body(self) -> bytes:
        """Return the SQLite file of what everybody may read, proven. Raises PackDamaged, BadInput."""
        body = self._read(0, self.manifest.body_len)
        if not crypto.are_equal(crypto.plain_hash(body), self.manifest.body_sha256):
            raise _damaged(self.path, "its content is not what was signed")
        return body

    def sealed_bytes(self, start: int, length: int) -> bytes:
        """Return a stretch of the sealed part, as it is: what proves it is up to the caller.

        Raises PackDamaged where the file does not hold it, BadInput where it can no longer be read.
        """
        if not 0 <= start <= start + length <= self.manifest.sealed_len:
            raise _damaged(self.path, "a part of it lies outside")
        read = self._read(self.manifest.body_len + start, length)
        if len(read) != length:
            raise _damaged(self.path, "it has become shorter")
        return read

    def check_sealed(self) -> None:
        """Check the sealed part whole, as is done before a pack is kept. Raises PackDamaged, BadInput."""
        digest, whole = hashlib.sha256(), self.manifest.sealed_len
        for start in range(0, whole, _CHUNK_BYTES):
            digest.update(self.sealed_bytes(start, min(_CHUNK_BYTES, whole - start)))
        if not crypto.are_equal(digest.digest(), self.manifest.sealed_sha256):
            raise _damaged(self.path, "its sealed content is not what was signed")

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()

    def _read(self, start: int, length: int) -> bytes:
        """Return bytes from behind the manifest on, fewer where the file ends."""
        try:
            with self._lock:
                self._stream.seek(self._body_at + start)
                return self._stream.read(length)
        except OSError as error:
            raise BadInput(message("pack.unreadable", path=str(self.path), cause=error.strerror or "")) from error


def open_pack_file(path: Path, trusted: Sequence[TrustedKey], app_version: str = dijipilot.__version__) -> PackFile:
    """Open a pack and prove its manifest.

    Raises BadInput where there is no pack, one of somebody else or one for a later app, PackDamaged where it is not as
    long as was signed.
    """
    try:
        if path.exists() and not path.is_file():
            # Opening a pipe would wait for whoever never writes.
            raise BadInput(message("pack.no_pack", path=str(path)))
        size = path.stat().st_size
        stream = path.open("rb")
    except FileNotFoundError as error:
        raise BadInput(message("pack.not_found", path=str(path))) from error
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise BadInput(message("pack.unreadable", path=str(path), cause=cause)) from error
    try:
        raw, signature = _signed(path, stream)
        manifest = _read_manifest(path, raw, signature, trusted, app_version)
        body_at = stream.tell()
        if size != body_at + manifest.body_len + manifest.sealed_len:
            raise _damaged(path, "it is not as long as it must be")
        return PackFile(path, stream, manifest, body_at)
    except OSError as error:
        stream.close()
        raise BadInput(message("pack.unreadable", path=str(path), cause=error.strerror or "")) from error
    except BaseException:
        stream.close()
        raise


def _signed(path: Path, stream: BinaryIO) -> tuple[bytes, bytes]:
    """Return the bytes of the manifest and its signature, by their places alone."""
    start = stream.read(len(MAGIC))
    if start != MAGIC:
        kind = "pack.newer" if start.startswith(ANY_VERSION) and start[len(ANY_VERSION) :].strip().isdigit() else ""
        raise BadInput(message(kind or "pack.no_pack", path=str(path)))
    length = int.from_bytes(stream.read(4), "big")
    if not 0 < length <= MAX_MANIFEST_BYTES:
        raise BadInput(message("pack.not_genuine", path=str(path)))
    raw, signature = stream.read(length), stream.read(SIGNATURE_BYTES)
    if len(raw) < length or len(signature) < SIGNATURE_BYTES:
        raise _damaged(path, "its beginning is not whole")
    return raw, signature


def _read_manifest(
    path: Path, raw: bytes, signature: bytes, trusted: Sequence[TrustedKey], app_version: str
) -> Manifest:
    signer = next((each for each in trusted if crypto.is_signed(SIGNED_AS + raw, signature, each.key)), None)
    if signer is None:
        raise BadInput(message("pack.not_genuine", path=str(path)))
    try:
        data = read_object(raw)
        if data["format"] != 1 or version_numbers(data["app_min"]) > version_numbers(app_version):
            raise AsksForNewerApp
        return _manifest(data, signer.kid)
    except AsksForNewerApp as error:
        raise BadInput(message("pack.newer", path=str(path))) from error
    except (ValueError, KeyError, TypeError) as error:
        _log.warning("The signed manifest of %s cannot be used: %s", path, error)
        raise BadInput(message("pack.not_genuine", path=str(path))) from error


def _manifest(data: Mapping[str, Json], kid: str) -> Manifest:
    if data["kid"] != kid:
        raise ValueError("signed with another key than it says")
    if not isinstance(data["epochs"], dict):
        raise ValueError("no generations of entitlements")
    manifest = Manifest(
        pack_id=read_bytes(data["pack_id"], 32),
        content_id=PackId(read_bytes(data["content_id"], 16).hex()),
        serial=_number(data["serial"], 2**31),
        built=read_day(data["built"]),
        kid=kid,
        body_len=_number(data["body_len"], MAX_BODY_BYTES),
        body_sha256=read_bytes(data["body_sha256"], 32),
        sealed_len=_number(data["sealed_len"], MAX_SEALED_BYTES),
        sealed_sha256=read_bytes(data["sealed_sha256"], 32),
        keyring_id=read_bytes(data["keyring_id"], 16),
        keyring_serial=_number(data["keyring_serial"], 2**31),
        keyring_count=_number(data["keyring_count"], 2**31),
        keyring_record_len=_number(data["keyring_record_len"], 9_216),
        epochs=_epochs(data["epochs"]),
    )
    if manifest.keyring_len > manifest.sealed_len:
        raise ValueError("a keyring larger than what is sealed")
    return manifest


def _epochs(value: Json) -> dict[str, int]:
    if not isinstance(value, dict):
        raise ValueError("no generations by entitlement")
    return {name: _number(epoch, 1_000_000) for name, epoch in value.items()}


def _number(value: Json, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError("a number out of range")
    return value


def _damaged(path: Path, cause: str) -> PackDamaged:
    return PackDamaged(message("pack.damaged", path=str(path), cause=cause))
