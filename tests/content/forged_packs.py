"""Alters packs: bits, lengths, splices of several; counts what is taken for genuine, or reads other than it was."""

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TypeVar

from msgspec import Struct

import dijipilot
from dijipilot.content.keyring import find_record
from dijipilot.content.pack import Pack, check_pack, open_pack
from dijipilot.content.pack_file import LOOKUP_BYTES, MAGIC, open_pack_file
from dijipilot.domain.curriculum import Mission
from dijipilot.domain.ids import SkillId
from dijipilot.domain.license import License
from dijipilot.errors import AcademyError
from dijipilot.licensing.crypto import SIGNATURE_BYTES
from dijipilot.licensing.license import lookup_of, open_record
from tests.licensing.genuine import OURS, TRUSTED, cards, pack_bytes, write_genuine_pack
from tests.licensing.parser_watch import ParserWatch
from tests.licensing.tally import Tally, quiet_log

HEAD_BYTES = len(MAGIC) + 4
"""Before the manifest: the magic letters and its length."""

_TRIED_CARDS = 3
_APPENDED = (b"\0", b"\n", bytes(1024), MAGIC, bytes(4096))

Read = TypeVar("Read")


class Places(Struct, frozen=True):
    """Where the parts of a pack begin, in bytes from its start."""

    signature: int
    body: int
    texts: int
    keyring: int
    end: int


class PackTask(Struct, frozen=True):
    """So many flipped bits and splices, and lengths from the shortest to below the longest, tried by one process."""

    seed: int
    flips: int = 0
    shortest: int = 0
    longest: int = 0
    splices: int = 0


class Readings(Struct, frozen=True):
    """What a pack gives to who has all keys and some codes, part by part; None for what is refused or not found."""

    texts: tuple[str | None, ...]
    licenses: tuple[License | None, ...]


@cache
def our_packs() -> tuple[bytes, ...]:
    """Return genuine packs, alike and different: of the same content, of another one, with another keyring."""
    return (pack_bytes(), pack_bytes(serial=2), pack_bytes(edition="other"), pack_bytes(live_cards=40, serial=3))


@cache
def places_of(raw: bytes) -> Places:
    """Return where the parts of a genuine pack begin."""
    signature = HEAD_BYTES + int.from_bytes(raw[len(MAGIC) : HEAD_BYTES], "big")
    body = signature + SIGNATURE_BYTES
    with tempfile.TemporaryDirectory() as folder:
        file = write_genuine_pack(Path(folder) / "whole.djpack", raw)
        with closing(open_pack_file(file, TRUSTED.pack)) as pack:
            return Places(
                signature, body, body + pack.manifest.body_len, len(raw) - pack.manifest.keyring_len, len(raw)
            )


def attack_packs(task: PackTask) -> Tally:
    """Try them all."""
    chance = Random(task.seed)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "altered.djpack"
        readings(write_genuine_pack(file))
        # Taken apart before the watch stands there: it need not know the manifest of somebody else.
        parts_of_all()
        watch, tally = ParserWatch(), Tally()
        with quiet_log(tally), watch.counting(tally):
            with watch.learning():
                learn(file)
            flip_bits(write_genuine_pack(file), task.flips, chance, tally)
            cut(write_genuine_pack(file), range(task.shortest, task.longest), tally)
            splice(file, task.splices, chance, tally)
    return tally


def learn(file: Path) -> None:
    """Read all our packs, at a place, as attacks on them do."""
    for raw in our_packs():
        write_genuine_pack(file, raw)
        check_pack(file, TRUSTED)
        readings(file)


def flip_bits(file: Path, count: int, chance: Random, tally: Tally) -> None:
    """Flip so many bits of a genuine pack, one at a time, as many in each of its parts."""
    raw = file.read_bytes()
    genuine, spots = readings(file), _spots(raw)
    with file.open("r+b", buffering=0) as stream:
        for number in range(count):
            part, places = spots[number % len(spots)]
            place = places[int(chance.random() * len(places))]
            os.pwrite(stream.fileno(), bytes([raw[place] ^ 1 << chance.getrandbits(3)]), place)
            tally.attack(f"bit of the {part}", partial(is_taken_for_genuine, file, genuine))
            os.pwrite(stream.fileno(), raw[place : place + 1], place)


def cut(file: Path, lengths: Iterable[int], tally: Tally) -> None:
    """Cut a genuine pack to these lengths."""
    genuine = readings(file)
    for length in sorted(lengths, reverse=True):
        os.truncate(file, length)
        tally.attack("cut", partial(is_taken_for_genuine, file, genuine))


def lengthen(file: Path, tally: Tally) -> None:
    """Add bytes to a genuine pack."""
    raw, genuine = file.read_bytes(), readings(file)
    for more in (*_APPENDED, raw):
        file.write_bytes(raw + more)
        tally.attack("added", partial(is_taken_for_genuine, file, genuine))


def splice(file: Path, count: int, chance: Random, tally: Tally) -> None:
    """Put parts of genuine packs and of another publisher's together at random, with bytes changed, moved and cut."""
    ours = our_packs()
    readings_by_manifest = {}
    for raw in ours:
        readings_by_manifest[_parts(raw)[1]] = readings(write_genuine_pack(file, raw))
    everyone = parts_of_all()
    for _ in range(count):
        parts, raw = [], ours[0]
        while raw in ours:
            parts = _spliced(everyone, chance)
            raw = b"".join(parts)
        file.write_bytes(raw)
        genuine = readings_by_manifest.get(parts[1], Readings((), ()))
        tally.attack("splice", partial(is_taken_for_genuine, file, genuine))


def readings(file: Path) -> Readings:
    """Return what a genuine pack gives."""
    with open_pack(file, TRUSTED) as pack:
        found = read_all(pack)
    assert None not in (*found.texts, *found.licenses)
    return found


def is_taken_for_genuine(file: Path, genuine: Readings) -> bool:
    """Tell whether an altered pack is believed: it passes the check, or something in it reads other than it was.

    Raises errors of ours where it cannot even be opened.
    """
    try:
        check_pack(file, TRUSTED)
    except AcademyError:
        with open_pack(file, TRUSTED) as pack:
            found = read_all(pack)
        return not (_agree(found.texts, genuine.texts) and _agree(found.licenses, genuine.licenses))
    return True


def _agree(found: tuple[object, ...], right: tuple[object, ...]) -> bool:
    """Tell whether everything that could be read is as it was."""
    return len(found) == len(right) and all(
        one is None or one == other for one, other in zip(found, right, strict=True)
    )


def read_all(pack: Pack) -> Readings:
    """Read all that is sealed, with all keys of the publisher, and the records of a few cards."""
    pack.unlock(OURS.entitlement_key(*each) for each in sorted(OURS.key_by_entitlement))
    texts = [_or_none(partial(_lesson, pack, skill)) for skill in pack.curriculum.skills]
    texts += [_or_none(partial(_questions, pack, mission)) for mission in pack.curriculum.missions()]
    texts.append(_or_none(partial(_findable, pack)))
    return Readings(tuple(texts), tuple(_or_none(partial(_license, pack, root)) for root in _roots()))


def _lesson(pack: Pack, skill: SkillId) -> str:
    return repr(pack.lesson_text(skill))


def _questions(pack: Pack, mission: Mission) -> str:
    return repr(pack.questions(mission.number))


def _findable(pack: Pack) -> str:
    pack.prepare_search()
    return repr(pack.read("SELECT * FROM entry ORDER BY id"))


def _license(pack: Pack, root: bytes) -> License | None:
    keyring_id = pack.manifest.keyring_id
    lookup = lookup_of(root, keyring_id)
    record = find_record(pack.file, lookup)
    if record is None:
        return None
    return open_record(root, keyring_id, lookup, record, TRUSTED.license, dijipilot.__version__)


def _or_none(read: Callable[[], Read]) -> Read | None:
    try:
        return read()
    except AcademyError:
        return None


@cache
def _roots() -> tuple[bytes, ...]:
    return tuple(card.root for card in cards(_TRIED_CARDS))


def _spots(raw: bytes) -> tuple[tuple[str, range], ...]:
    """Return the parts of a pack, and the entries of those cards whose codes are tried."""
    places = places_of(raw)
    with tempfile.TemporaryDirectory() as folder:
        file = write_genuine_pack(Path(folder) / "whole.djpack", raw)
        with closing(open_pack_file(file, TRUSTED.pack)) as pack:
            keyring_id, entry_len = pack.manifest.keyring_id, LOOKUP_BYTES + pack.manifest.keyring_record_len
    starts = [raw.index(lookup_of(root, keyring_id), places.keyring) for root in _roots()]
    return (
        ("beginning", range(HEAD_BYTES)),
        ("manifest", range(HEAD_BYTES, places.signature)),
        ("signature", range(places.signature, places.body)),
        ("body", range(places.body, places.texts)),
        ("texts", range(places.texts, places.keyring)),
        ("keyring", range(places.keyring, places.end)),
        *((f"entry of card {number}", range(start, start + entry_len)) for number, start in enumerate(starts)),
    )


@cache
def parts_of_all() -> tuple[tuple[bytes, ...], ...]:
    """Return the parts of our packs, and of another publisher's."""
    return tuple(map(_parts, (*our_packs(), pack_bytes("rival"))))


@cache
def _parts(raw: bytes) -> tuple[bytes, ...]:
    """Return beginning, manifest, signature, body, sealed texts and keyring of a genuine pack, ours or not."""
    signature = HEAD_BYTES + int.from_bytes(raw[len(MAGIC) : HEAD_BYTES], "big")
    body = signature + SIGNATURE_BYTES
    said = json.loads(raw[HEAD_BYTES:signature])
    texts = body + said["body_len"]
    keyring = len(raw) - said["keyring_count"] * (LOOKUP_BYTES + said["keyring_record_len"])
    borders = (0, HEAD_BYTES, signature, body, texts, keyring, len(raw))
    return tuple(raw[start:end] for start, end in pairwise(borders))


def _spliced(everyone: Sequence[tuple[bytes, ...]], chance: Random) -> list[bytes]:
    parts = list(chance.choice(everyone))
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(len(parts))
        if chance.random() < 0.6:
            parts[place] = chance.choice(everyone)[place]
        else:
            parts[place] = chance.choice(_ON_BYTES)(parts[place], chance)
    if chance.random() < 0.3:
        # So that the length is not what gives it away.
        parts[0] = MAGIC + len(parts[1]).to_bytes(4, "big")
    return parts


def _change(raw: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(raw))
    return raw[:place] + chance.randbytes(1) + raw[place + 1 :]


def _move(raw: bytes, chance: Random) -> bytes:
    """Swap two stretches of one length."""
    length = chance.choice((1, 16, 1024, 1064))
    if len(raw) < 2 * length:
        return raw[::-1]
    one = chance.randrange(len(raw) - 2 * length + 1)
    other = chance.randrange(one + length, len(raw) - length + 1)
    return (
        raw[:one]
        + raw[other : other + length]
        + raw[one + length : other]
        + raw[one : one + length]
        + raw[other + length :]
    )


def _cut_out(raw: bytes, chance: Random) -> bytes:
    one, other = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
    return raw[:one] + raw[other:]


def _repeat(raw: bytes, chance: Random) -> bytes:
    one, other = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
    return raw[:other] + raw[one:]


def _zero(raw: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(raw))
    return raw[:place] + bytes(len(raw) - place)


def _edit_number(raw: bytes, chance: Random) -> bytes:
    """Change a digit: of a manifest, one of its lengths, serials or dates."""
    digits = [place for place, byte in enumerate(raw[:4096]) if 48 <= byte <= 57]
    if not digits:
        return raw
    place = chance.choice(digits)
    return raw[:place] + b"%d" % chance.randrange(10) + raw[place + 1 :]


_ON_BYTES: tuple[Callable[[bytes, Random], bytes], ...] = (*(_change, _move, _cut_out, _repeat, _zero, _edit_number),)
