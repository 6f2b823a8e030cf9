"""Alters license files, every bit and every length, splices several, and counts what opens all the same."""

import base64
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from random import Random

from msgspec import Struct
from msgspec.structs import replace

import dijipilot
from dijipilot.domain.license import License
from dijipilot.licensing.license import open_record
from dijipilot.licensing.license_file import (
    BEGIN,
    END,
    LicenseFile,
    Note,
    read_armor,
    write_armor,
)
from tests.licensing.genuine import TRUSTED, GenuineFile, license_files
from tests.licensing.parser_watch import ParserWatch
from tests.licensing.tally import Tally, quiet_log

MAGIC_BYTES, FLAG_AT, KEYRING_AT, LOOKUP_AT, RECORD_AT = 6, 6, 7, 23, 39
NONCE_BYTES, TAG_BYTES, ROOT_BYTES = 24, 16, 32
NOTE = Note(1_800_000_000, "3F7KQ")

_LINE = 64
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_FILES_SPLICED = 40
_EXTRA_ENDS = (
    b"\0",
    b" ",
    b"\n",
    b"\r\n",
    b"A",
    b"=",
    b"\x1a",
    b"-----BEGIN DIJIPILOT LICENSE-----\n",
    b"\xef\xbb\xbf",
)

_Parts = list[bytes]


class FileTask(Struct, frozen=True):
    """So many random splices, tried by one process."""

    seed: int
    splices: int


def opens(raw: bytes, genuine: GenuineFile) -> License | None:
    """Return the license that a file opens, by its own root or by the code that belongs to the genuine one.

    Raises BadInput where it opens none.
    """
    file = read_armor(raw)
    root = genuine.root if file.root is None else file.root
    return open_record(root, file.keyring_id, file.lookup, file.record, TRUSTED.license, dijipilot.__version__)


def is_allowed(raw: bytes, genuine: bytes) -> bool:
    """Tell whether two files differ in no more than the format leaves free: CR LF for LF, the end of the last line."""
    return _plain_lines(raw) == _plain_lines(genuine)


def _plain_lines(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").removesuffix(b"\n")


def alter_file(number: int) -> Tally:
    """Alter one license file in every way; the even ones are bearers'."""
    genuine, watch, tally = license_files(number + 1)[number], ParserWatch(), Tally()
    with quiet_log(tally), watch.counting(tally):
        with watch.learning():
            opens(genuine.raw, genuine)
        flip_every_bit(genuine, tally)
        cut_and_lengthen(genuine, tally)
    return tally


def flip_every_bit(genuine: GenuineFile, tally: Tally) -> None:
    """Flip each bit of the letters, and each bit of what they stand for."""
    for altered in flips(genuine.raw):
        _try("bit of a letter", altered, genuine, tally)
    content = content_of(genuine.raw)
    for altered in flips(content):
        _try("bit of the content", armored(altered), genuine, tally)
    # The last letter holds bits that stand for nothing: no other letter may do as well.
    end = genuine.raw.rindex(b"\n" + END.encode())
    for place in range(end - 4, end):
        for letter in _LETTERS:
            altered = genuine.raw[:place] + bytes([letter]) + genuine.raw[place + 1 :]
            _try("another letter at the end", altered, genuine, tally)


def cut_and_lengthen(genuine: GenuineFile, tally: Tally) -> None:
    """Cut the file, and its content, at every byte from both ends, and add to them."""
    raw, content = genuine.raw, content_of(genuine.raw)
    for at in range(len(raw)):
        _try("cut", raw[:at], genuine, tally)
        _try("cut in front", raw[at + 1 :], genuine, tally)
    for at in range(len(content)):
        _try("content cut", armored(content[:at]), genuine, tally)
        _try("content cut in front", armored(content[at + 1 :]), genuine, tally)
        _try("byte dropped", armored(content[:at] + content[at + 1 :]), genuine, tally)
        _try("byte doubled", armored(content[:at] + content[at : at + 1] + content[at:]), genuine, tally)
    for more in (*_EXTRA_ENDS, raw, content, bytes(1024), b"\n" * 16_384):
        _try("added", raw + more, genuine, tally)
        _try("put in front", more + raw, genuine, tally)
        _try("content added", armored(content + more), genuine, tally)
    for at in range(RECORD_AT, len(content), 16):
        _try("blanks in between", armored(content[:at] + bytes(16) + content[at:]), genuine, tally)


def splice_many(task: FileTask) -> Tally:
    """Put parts of genuine files together at random, with bytes changed, moved, cut and added."""
    chance, tally = Random(task.seed), Tally()
    files = license_files(_FILES_SPLICED)
    genuine, watch = {_proven(each.file, each.root) for each in files}, ParserWatch()
    with quiet_log(tally), watch.counting(tally):
        with watch.learning():
            for each in files:
                opens(each.raw, each)
        for _ in range(task.splices):
            base = files[int(chance.random() * len(files))]
            raw = base.raw
            while is_allowed(raw, base.raw):
                raw = spliced(base, files, chance)
            tally.attack("splice", partial(_opens_what_is_not_genuine, raw, base, genuine))
    return tally


def spliced(base: GenuineFile, files: Sequence[GenuineFile], chance: Random) -> bytes:
    """Return a file that is made of parts of several."""
    parts = _parts(base)
    for _ in range(chance.randrange(3)):
        other = _parts(chance.choice(files))
        place = chance.randrange(len(parts))
        parts[place] = other[chance.randrange(len(other)) if chance.random() < 0.1 else place]
    content = b"".join(parts)
    for _ in range(chance.choice((0, 0, 1, 1, 2, 4))):
        content = chance.choice(_ON_BYTES)(content, chance)
    raw = armored(content)
    if chance.random() < 0.2:
        raw = chance.choice(_ON_LINES)(raw, chance)
    return raw


def content_of(raw: bytes) -> bytes:
    """Return what the letters of a license file stand for."""
    return base64.b64decode(b"".join(raw.splitlines()[1:-1]))


def armored(content: bytes) -> bytes:
    """Return letters for any content, as a license file has them."""
    letters = base64.b64encode(content).decode()
    lines = [letters[start : start + _LINE] for start in range(0, len(letters), _LINE)]
    return "\n".join((BEGIN, *lines, END, "")).encode()


def flips(raw: bytes) -> Iterator[bytes]:
    """Yield the bytes with one bit changed, for every bit."""
    for place, byte in enumerate(raw):
        for bit in range(8):
            yield raw[:place] + bytes([byte ^ 1 << bit]) + raw[place + 1 :]


def kept_copy(genuine: GenuineFile) -> bytes:
    """Return the copy that the app keeps of a license once it is activated."""
    return write_armor(replace(genuine.file, root=genuine.root, note=NOTE))


def _try(name: str, raw: bytes, genuine: GenuineFile, tally: Tally) -> None:
    if not is_allowed(raw, genuine.raw):
        tally.attack(name, partial(opens, raw, genuine))


def _opens_what_is_not_genuine(raw: bytes, base: GenuineFile, genuine: set[tuple[bytes, ...]]) -> bool:
    """Tell whether a file opens although its proven parts are not exactly those of one license.

    Around them the format leaves free whether a file holds its root, and a note.
    """
    file = read_armor(raw)
    root = base.root if file.root is None else file.root
    open_record(root, file.keyring_id, file.lookup, file.record, TRUSTED.license, dijipilot.__version__)
    return _proven(file, root) not in genuine


def _proven(file: LicenseFile, root: bytes) -> tuple[bytes, ...]:
    return file.keyring_id, file.lookup, file.record, root


def _parts(genuine: GenuineFile) -> _Parts:
    """Return the content in its parts: beginning, flags, keyring, lookup, nonce, sealed, tag, root, note."""
    file, content = genuine.file, content_of(genuine.raw)
    record = file.record
    return [
        content[:MAGIC_BYTES],
        content[FLAG_AT : FLAG_AT + 1],
        file.keyring_id,
        file.lookup,
        record[:NONCE_BYTES],
        record[NONCE_BYTES:-TAG_BYTES],
        record[-TAG_BYTES:],
        file.root or b"",
        b"",
    ]


def _change(content: bytes, chance: Random) -> bytes:
    if not content:
        return content
    place = chance.randrange(len(content))
    return content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]


def _change_flags(content: bytes, chance: Random) -> bytes:
    return content[:FLAG_AT] + bytes([chance.randrange(5)]) + content[FLAG_AT + 1 :]


def _cut_out(content: bytes, chance: Random) -> bytes:
    one, other = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:one] + content[other:]


def _repeat(content: bytes, chance: Random) -> bytes:
    one, other = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:other] + content[one:]


def _put_in(content: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.randbytes(chance.choice((1, 13, 16, 32, 128))) + content[place:]


def _append(content: bytes, chance: Random) -> bytes:
    return content + chance.choice((bytes(13), b"\0" * 8 + b"ABCDE", chance.randbytes(32), b"\0"))


_ON_BYTES: tuple[Callable[[bytes, Random], bytes], ...] = (
    *(_change, _change_flags, _cut_out, _repeat, _put_in, _append),
)


def _swap_lines(raw: bytes, chance: Random) -> bytes:
    lines = raw.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _double_line(raw: bytes, chance: Random) -> bytes:
    lines = raw.split(b"\n")
    place = chance.randrange(len(lines))
    return b"\n".join((*lines[:place], lines[place], *lines[place:]))


def _break_line(raw: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(raw) + 1)
    return raw[:place] + chance.choice((b"\n", b"\r", b"\r\n", b" ", b"\t", b"\0", b"\xc2\xa0", b"=")) + raw[place:]


_ON_LINES: tuple[Callable[[bytes, Random], bytes], ...] = (_swap_lines, _double_line, _break_line, _change, _cut_out)
