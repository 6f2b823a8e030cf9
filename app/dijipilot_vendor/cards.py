"""Activation cards: codes are made, kept in one encrypted print file, and destroyed once they are on paper.

The key of a print file lies in the vault alone. Destroying the key destroys every copy of the file.
"""

import os
import re
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dijipilot.errors import BadInput, UsageProblem
from dijipilot.licensing import crypto
from dijipilot.licensing.code import SECRET_BITS, SECRET_BYTES, make_code
from dijipilot.licensing.crypto import NotGenuine
from dijipilot.licensing.license import root_of
from dijipilot_vendor import signing
from dijipilot_vendor.card_sheet import Card
from dijipilot_vendor.issuing import Wanted, issue
from dijipilot_vendor.private_files import read_limited
from dijipilot_vendor.state import Batch, VaultState
from dijipilot_vendor.texts import message

MOST_CARDS = 100_000

_MAGIC = b"DJCARDS1"
_MAX_FILE_BYTES = 64 * 1024 * 1024
_NAME = re.compile(r"[A-Z0-9-]{1,32}")


class PrintFile(Struct, frozen=True):
    """What a print file holds."""

    batch: str
    cards: tuple[Card, ...]


class Minting(Struct, frozen=True):
    """New cards: the state that knows of them, and the bytes of their print file."""

    state: VaultState
    print_file: bytes


def new_secret() -> bytes:
    """Return the 110 random bits of a new code."""
    drawn = int.from_bytes(os.urandom(SECRET_BYTES), "big") >> (8 * SECRET_BYTES - SECRET_BITS)
    return drawn.to_bytes(SECRET_BYTES, "big")


def mint(state: VaultState, batch: Batch, wanted: Wanted) -> Minting:
    """Make the cards of a batch. Raises UsageProblem."""
    if not _NAME.fullmatch(batch.batch):
        raise UsageProblem(message("vendor.batch_name", batch=batch.batch))
    if any(each.batch == batch.batch for each in state.public.batches):
        raise UsageProblem(message("vendor.batch_there", batch=batch.batch))
    if not 1 <= batch.count <= MOST_CARDS:
        raise UsageProblem(message("vendor.number_unfit", what="The number of cards", least=1, most=MOST_CARDS))
    codes = [make_code(new_secret()) for _ in range(batch.count)]
    state, entries = issue(state, wanted, [root_of(code.secret) for code in codes], batch.minted)
    cards = tuple(
        Card(code.printed, entry.lic, entry.batch, entry.edition, entry.through)
        for code, entry in zip(codes, entries, strict=True)
    )
    key = signing.new_key()
    keys = {**state.secrets.print_key_by_batch, batch.batch: key}
    batches = (*state.public.batches, replace(batch, edition=entries[0].edition))
    state = replace(
        state,
        public=replace(state.public, batches=batches),
        secrets=replace(state.secrets, print_key_by_batch=keys),
    )
    return Minting(state, _seal(PrintFile(batch.batch, cards), key))


def batch_of(state: VaultState, name: str) -> Batch:
    """Return a batch by its name or by the place of its print file. Raises UsageProblem."""
    path = str(Path(name).expanduser().absolute())
    for batch in state.public.batches:
        if batch.batch == name.upper() or batch.file == path:
            return batch
    raise UsageProblem(message("vendor.no_batch", batch=name))


def read_print_file(state: VaultState, batch: Batch, path: Path) -> tuple[Card, ...]:
    """Return the cards in a print file. Raises BadInput, UsageProblem where its key was destroyed."""
    if batch.sealed:
        raise UsageProblem(message("vendor.batch_sealed", batch=batch.batch, day=batch.sealed.isoformat()))
    key = state.secrets.print_key_by_batch[batch.batch]
    raw = read_limited(path, _MAX_FILE_BYTES)
    nonce_end = len(_MAGIC) + crypto.NONCE_BYTES
    try:
        if not raw.startswith(_MAGIC):
            raise NotGenuine("no print file")
        text = crypto.decrypt(key, raw[len(_MAGIC) : nonce_end], raw[nonce_end:], _bound_to(batch.batch))
        return msgspec.json.decode(text, type=PrintFile).cards
    except (NotGenuine, ValueError) as error:
        raise BadInput(message("vendor.cards_not_ours", path=str(path), batch=batch.batch)) from error


def _seal(print_file: PrintFile, key: bytes) -> bytes:
    nonce = os.urandom(crypto.NONCE_BYTES)
    sealed = crypto.encrypt(key, nonce, msgspec.json.encode(print_file), _bound_to(print_file.batch))
    return _MAGIC + nonce + sealed


def _bound_to(batch: str) -> bytes:
    return crypto.domain("djp/cards/1") + batch.encode()


def with_batch(state: VaultState, changed: Batch) -> VaultState:
    """Return a state in which a batch is replaced by its newer self."""
    batches = tuple(changed if each.batch == changed.batch else each for each in state.public.batches)
    return replace(state, public=replace(state.public, batches=batches))
