"""The vault: a folder in which the publisher's secrets lie sealed, and which a command changes at once or not at all.

`secrets.sealed` holds everything, sealed with a key that only the passphrase gives. Beside it, to be read by people:
`vault.json` (what is no secret), `licenses.jsonl` (the register) and `audit.jsonl` (the log). What the last two must be
stands in `secrets.sealed`, so that a change by anything else is noticed; `vault.json` is but a copy.

A command's changes are first written to one file, `pending`; with its renaming they are made, whatever happens then:
whoever opens the vault next finishes what was begun.
"""

import os
from pathlib import Path

import msgspec
from msgspec import Struct

from dijipilot.errors import BadInput, CouldNotSave, UsageProblem
from dijipilot.licensing import crypto
from dijipilot.licensing.crypto import NotGenuine
from dijipilot_vendor import private_files, signing
from dijipilot_vendor.audit import MAX_LOG_BYTES, AuditEntry, AuditHead, head_after, line_of
from dijipilot_vendor.private_files import read_limited, write_private
from dijipilot_vendor.register import read_register, register_bytes
from dijipilot_vendor.state import SealedPart, VaultState
from dijipilot_vendor.texts import message
from dijipilot_vendor.vault_lock import LOCK_NAME

PUBLIC, SECRETS, REGISTER, AUDIT, PENDING = "vault.json", "secrets.sealed", "licenses.jsonl", "audit.jsonl", "pending"
MAX_FILE_BYTES = 512 * 1024 * 1024

_MAGIC = b"DJVAULT1"
_BOUND = crypto.domain("djp/vault/1")


class Limits(Struct, frozen=True):
    """What it costs to try one passphrase. memory: in bytes."""

    operations: int
    memory: int


MODERATE = Limits(operations=3, memory=256 * 1024 * 1024)
"""About a second and a quarter of a gigabyte: libsodium's MODERATE. Stronger ones of a vault made later count too."""

_MOST = Limits(operations=64, memory=4 * 1024 * 1024 * 1024)
"""More than this no vault of ours asks for: a damaged file must not eat the computer."""


class Pending(Struct, frozen=True):
    """The files as they are to be, and the line that follows so many bytes of the log."""

    public: bytes
    secrets: bytes
    register: bytes | None
    audit_kept: int
    audit_line: bytes


class _Seal(Struct, frozen=True):
    """The key that a passphrase gave, and what it was made with."""

    limits: Limits
    salt: bytes
    key: bytes

    def seal(self, text: bytes) -> bytes:
        nonce = os.urandom(crypto.NONCE_BYTES)
        header = _header(self.limits, self.salt)
        return header + nonce + crypto.encrypt(self.key, nonce, text, _BOUND + header)


class Vault:
    """An open vault. Reading it changes nothing; `commit` writes. The caller holds the lock."""

    def __init__(self, folder: Path, seal: _Seal, state: VaultState, head: AuditHead, pending: Pending | None) -> None:
        self.folder = folder
        self.state = state
        self.head = head
        self._seal = seal
        self._pending = pending

    def log(self) -> bytes:
        """Return the audit log; nothing where it is gone, which a comparison with `head` tells. Raises BadInput."""
        file = self.folder / AUDIT
        raw = read_limited(file, MAX_LOG_BYTES) if file.exists() else b""
        return raw if self._pending is None else raw[: self._pending.audit_kept] + self._pending.audit_line

    def change_passphrase(self, passphrase: str, limits: Limits) -> None:
        """Seal what is committed from now on with another passphrase."""
        salt = os.urandom(signing.SALT_BYTES)
        self._seal = _Seal(limits, salt, _key_of(passphrase, salt, limits))

    def commit(self, state: VaultState, entry: AuditEntry) -> None:
        """Make a new state and the next line of the log true, both or none. Raises CouldNotSave: then none."""
        if self._pending:
            _apply(self.folder, self._pending)
        kept = (self.folder / AUDIT).stat().st_size if (self.folder / AUDIT).exists() else 0
        register = register_bytes(state.register)
        is_register_kept = state.register is self.state.register and (self.folder / REGISTER).exists()
        sealed = SealedPart(state.public, state.secrets, crypto.plain_hash(register), head_after(entry))
        pending = Pending(
            public=msgspec.json.format(msgspec.json.encode(state.public), indent=2) + b"\n",
            secrets=self._seal.seal(msgspec.json.encode(sealed)),
            register=None if is_register_kept else register,
            audit_kept=kept,
            audit_line=line_of(entry),
        )
        write_private(self.folder / PENDING, msgspec.json.encode(pending))
        self.state, self.head, self._pending = state, head_after(entry), pending
        try:
            _apply(self.folder, pending)
            self._pending = None
        except CouldNotSave:
            # All is on the disk already, in one file, and the next command puts it where it belongs.
            return


def create_vault(folder: Path, passphrase: str, state: VaultState, entry: AuditEntry, limits: Limits) -> None:
    """Make a vault. Raises what check_new_folder raises, and CouldNotSave."""
    check_new_folder(folder)
    private_files.make_private_folder(folder)
    write_private(folder / LOCK_NAME, b"")
    salt = os.urandom(signing.SALT_BYTES)
    seal = _Seal(limits, salt, _key_of(passphrase, salt, limits))
    Vault(folder, seal, state, AuditHead(), None).commit(state, entry)


def check_new_folder(folder: Path) -> None:
    """Make sure that a vault may be made there. Raises UsageProblem."""
    check_place(folder)
    if folder.exists() and (not folder.is_dir() or _is_used(folder)):
        raise UsageProblem(message("vendor.vault_there", folder=str(folder)))


def _is_used(folder: Path) -> bool:
    """Tell whether more stands in a folder than what a creation that was cut short leaves behind."""
    return any(each.name not in (LOCK_NAME, f".{LOCK_NAME}.part", f".{PENDING}.part") for each in folder.iterdir())


def check_place(folder: Path) -> None:
    """Refuse a folder inside a git checkout. Raises UsageProblem."""
    absolute, resolved = folder.absolute(), folder.resolve()
    for above in (absolute, *absolute.parents, resolved, *resolved.parents):
        if (above / ".git").exists():
            raise UsageProblem(message("vendor.vault_in_checkout", folder=str(folder), checkout=str(above)))


def open_vault(folder: Path, passphrase: str) -> Vault:
    """Open a vault whose lock is held. Raises UsageProblem for a checkout, BadInput."""
    check_place(folder)
    pending = _read_pending(folder)
    raw = pending.secrets if pending else read_limited(folder / SECRETS, MAX_FILE_BYTES)
    seal, text = _unseal(folder, raw, passphrase)
    try:
        sealed = msgspec.json.decode(text, type=SealedPart)
        register = pending.register if pending else None
        if register is None:
            register = read_limited(folder / REGISTER, MAX_FILE_BYTES)
        if not crypto.are_equal(crypto.plain_hash(register), sealed.register_sha256):
            raise ValueError("another register than the last command wrote")
        state = VaultState(sealed.public, sealed.secrets, read_register(register))
    except ValueError as error:
        cause = "something else has changed it"
        raise BadInput(message("vendor.vault_damaged", path=str(folder / REGISTER), cause=cause)) from error
    return Vault(folder, seal, state, sealed.audit, pending)


def _read_pending(folder: Path) -> Pending | None:
    if not (folder / PENDING).exists():
        return None
    try:
        return msgspec.json.decode(read_limited(folder / PENDING, 2 * MAX_FILE_BYTES), type=Pending)
    except ValueError as error:
        cause = "it does not hold what a command has begun"
        raise BadInput(message("vendor.vault_damaged", path=str(folder / PENDING), cause=cause)) from error


def _apply(folder: Path, pending: Pending) -> None:
    """Put everything where it belongs; doing so again changes nothing. Raises CouldNotSave."""
    write_private(folder / PUBLIC, pending.public)
    if pending.register is not None:
        write_private(folder / REGISTER, pending.register)
    write_private(folder / SECRETS, pending.secrets)
    private_files.write_behind(folder / AUDIT, pending.audit_kept, pending.audit_line)
    private_files.remove(folder / PENDING)


def _header(limits: Limits, salt: bytes) -> bytes:
    return _MAGIC + limits.operations.to_bytes(4, "big") + limits.memory.to_bytes(8, "big") + salt


def _unseal(folder: Path, raw: bytes, passphrase: str) -> tuple[_Seal, bytes]:
    """Return the seal and the text of secrets.sealed; its parts are known by their places alone. Raises BadInput."""
    header, rest = raw[: len(_MAGIC) + 12 + signing.SALT_BYTES], raw[len(_MAGIC) + 12 + signing.SALT_BYTES :]
    numbers = header[len(_MAGIC) :]
    limits = Limits(int.from_bytes(numbers[:4], "big"), int.from_bytes(numbers[4:12], "big"))
    is_ours = header.startswith(_MAGIC) and len(numbers) == 12 + signing.SALT_BYTES
    if not is_ours or not (0 < limits.operations <= _MOST.operations and 8_192 <= limits.memory <= _MOST.memory):
        cause = "it does not begin as it must"
        raise BadInput(message("vendor.vault_damaged", path=str(folder / SECRETS), cause=cause))
    seal = _Seal(limits, numbers[12:], _key_of(passphrase, numbers[12:], limits))
    nonce, sealed = rest[: crypto.NONCE_BYTES], rest[crypto.NONCE_BYTES :]
    try:
        return seal, crypto.decrypt(seal.key, nonce, sealed, _BOUND + header)
    except NotGenuine as error:
        raise BadInput(message("vendor.wrong_passphrase", folder=str(folder))) from error


def _key_of(passphrase: str, salt: bytes, limits: Limits) -> bytes:
    return signing.key_of_passphrase(passphrase, salt, limits.operations, limits.memory)
