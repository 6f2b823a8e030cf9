"""Guesses codes: mutations of real ones, most of them with the right check symbols, and random ones."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from msgspec import Struct

import dijipilot
from dijipilot.content.keyring import find_record
from dijipilot.content.pack_file import LOOKUP_BYTES, open_pack_file
from dijipilot.licensing.code import make_code, read_code
from dijipilot.licensing.license import lookup_of, open_record, root_of
from tests.licensing.genuine import TRUSTED, code_of, pack_bytes, write_genuine_pack
from tests.licensing.tally import Tally

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, CHECKED, GROUP = 25, 23, 5
LIVE_CARDS = 10_000

_SECRET_BITS, _SECRET_BYTES = 110, 14
_SEARCHED_EVERY = 20
"""Every so many codes go through the keyring's own search; the others are compared with all that stands there."""

_PAIRS = ("B8", "S5", "Z2", "G6", "D0", "Q0", "7T", "VY", "MN", "CG", "4A", "KX", "1J", "EF", "PR")
_LOOK_ALIKES = {pair[at]: pair[1 - at] for pair in _PAIRS for at in (0, 1)}
_READ_AS = {"0": "oO0", "1": "iIlL1"}
_BETWEEN = ("-", "-", "-", " ", "", "–", "—", "\u00a0", " - ", "_", ".", "\u2011", "\n")

_TYPED_EVERY = 10
_REPAIRED = 0.8
_HOW_MANY = (1, 1, 1, 2, 2, 3, 5)
_TO_BASE_32 = str.maketrans(ALPHABET, "0123456789abcdefghijklmnopqrstuv")

_Mutation = Callable[[list[str], Random], None]


class CodeTask(Struct, frozen=True):
    """So many mutations and random codes, tried by one process on a keyring of so many cards."""

    seed: int
    mutations: int
    guesses: int
    live_cards: int = LIVE_CARDS


def attack_keyring(task: CodeTask) -> Tally:
    """Try them all, as typed or, where all of that was seen often enough, from their secrets on."""
    real = [code_of(number).symbols for number in range(task.live_cards)]
    chance = Random(task.seed)
    with tempfile.TemporaryDirectory() as folder:
        raw = pack_bytes(live_cards=task.live_cards)
        keyring = LiveKeyring(write_genuine_pack(Path(folder) / "cards.djpack", raw))
        tally = Tally()
        for number in range(task.mutations):
            symbols = real[int(chance.random() * len(real))]
            if number % _TYPED_EVERY:
                secret = mutated_secret(symbols, chance)
                tally.attack(secret.hex(), partial(keyring.opens, secret))
            else:
                typed = mutated_code(symbols, chance)
                tally.attack(typed, partial(keyring.opens_typed, typed))
        for number in range(task.guesses):
            secret = chance.getrandbits(_SECRET_BITS).to_bytes(_SECRET_BYTES, "big")
            if number % _TYPED_EVERY:
                tally.attack(secret.hex(), partial(keyring.opens, secret))
            else:
                typed = make_code(secret).printed
                tally.attack(typed, partial(keyring.opens_typed, typed))
        keyring.close()
    return tally


class LiveKeyring:
    """The keyring of a pack, and what stands in it."""

    def __init__(self, pack: Path) -> None:
        self._file = open_pack_file(pack, TRUSTED.pack)
        manifest = self._file.manifest
        self._id = manifest.keyring_id
        entry_len = LOOKUP_BYTES + manifest.keyring_record_len
        raw = self._file.sealed_bytes(manifest.sealed_len - manifest.keyring_len, manifest.keyring_len)
        self._lookups = {raw[start : start + LOOKUP_BYTES] for start in range(0, len(raw), entry_len)}
        self._tried = 0

    def opens_typed(self, typed: str) -> bool:
        """Tell whether what was typed opens a license. Raises CodeRejected, and what opens raises."""
        return self.opens(read_code(typed).secret)

    def opens(self, secret: bytes) -> bool:
        """Tell whether the code of a secret opens a license. Raises BadInput for a record that is none."""
        self._tried += 1
        root = root_of(secret)
        lookup = lookup_of(root, self._id)
        if lookup not in self._lookups and self._tried % _SEARCHED_EVERY:
            return False
        record = find_record(self._file, lookup)
        if record is None:
            return False
        open_record(root, self._id, lookup, record, TRUSTED.license, dijipilot.__version__)
        return True

    def close(self) -> None:
        """Let go of the pack."""
        self._file.close()


def mutated_code(symbols: str, chance: Random) -> str:
    """Return what somebody might type who alters a real code (25 symbols); it is never that code, written otherwise."""
    altered = symbols
    while altered == symbols:
        altered = _mutated(symbols, chance)
        if chance.random() < _REPAIRED:
            # Who knows how check symbols are made gets past them: what is left is the code itself.
            altered = make_code(_secret_of(_filled(altered, chance))).symbols
    return _dressed(altered, chance)


def mutated_secret(symbols: str, chance: Random) -> bytes:
    """Return the secret of an altered code with the check symbols it must have; it is never that of the code itself."""
    altered = symbols
    while altered[1:CHECKED] == symbols[1:CHECKED]:
        altered = _filled(_mutated(symbols, chance), chance)
    return _secret_of(altered)


def _mutated(symbols: str, chance: Random) -> str:
    listed = list(symbols)
    for _ in range(_HOW_MANY[int(chance.random() * len(_HOW_MANY))]):
        _MUTATIONS[int(chance.random() * len(_MUTATIONS))](listed, chance)
    return "".join(listed)


def _filled(symbols: str, chance: Random) -> str:
    """Return symbols with others for those that are missing."""
    missing = CHECKED - len(symbols)
    return symbols if missing <= 0 else symbols + "".join(chance.choices(ALPHABET, k=missing))


def _secret_of(symbols: str) -> bytes:
    # Python reads numbers to the base 32 itself, with other letters.
    return int(symbols[1:CHECKED].translate(_TO_BASE_32), 32).to_bytes(_SECRET_BYTES, "big")


def _place(listed: list[str], chance: Random) -> int:
    return int(chance.random() * len(listed))


def _substitute(listed: list[str], chance: Random) -> None:
    listed[_place(listed, chance)] = ALPHABET[chance.getrandbits(5)]


def _look_alike(listed: list[str], chance: Random) -> None:
    place = _place(listed, chance)
    listed[place] = _LOOK_ALIKES.get(listed[place], ALPHABET[chance.getrandbits(5)])


def _swap(listed: list[str], chance: Random) -> None:
    one = int(chance.random() * (len(listed) - 1))
    other = one + 1 if chance.random() < 0.5 else _place(listed, chance)
    listed[one], listed[other] = listed[other], listed[one]


def _swap_groups(listed: list[str], chance: Random) -> None:
    one = GROUP * int(chance.random() * 4)
    other = one + GROUP
    listed[one : one + GROUP], listed[other : other + GROUP] = (
        listed[other : other + GROUP],
        listed[one : one + GROUP],
    )


def _drop(listed: list[str], chance: Random) -> None:
    del listed[_place(listed, chance)]


def _double(listed: list[str], chance: Random) -> None:
    place = _place(listed, chance)
    listed.insert(place, listed[place])


_MUTATIONS: tuple[_Mutation, ...] = (_substitute, _substitute, _look_alike, _swap, _swap_groups, _drop, _double)


def _dressed(symbols: str, chance: Random) -> str:
    """Return symbols as people write them: in groups or not, small or large, and with letters for digits."""
    if chance.random() < 0.5:
        return "-".join(symbols[start : start + GROUP] for start in range(0, len(symbols), GROUP))
    written = "".join(chance.choice(_READ_AS[each]) if each in _READ_AS else each for each in symbols)
    written = written.lower() if chance.random() < 0.5 else written
    between = chance.choice(_BETWEEN)
    return between.join(written[start : start + GROUP] for start in range(0, len(written), GROUP))
