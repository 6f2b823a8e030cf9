"""Looks for secret text on the disk: for every window of it, in every file, also in what a file holds packed.

A window is 24 bytes of UTF-8, or 24 letters of UTF-16 (12 would be "information " now and then). Windows of all texts
are hashed once; then ten megabytes of files take two seconds.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dijipilot.content.codec import Json, to_json
from dijipilot.content.folding import fold
from dijipilot.content.pack import Pack
from dijipilot.content.plain_text import plain_text
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.lesson_text import GlossaryTerm, LessonText, MissionQuestion
from dijipilot.errors import LessonLocked

SYSTEM_FOLDERS = ("TMPDIR", "SQLITE_TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
"""Variables that say where a program writes that was told nothing else."""

WINDOW = 24
WORD = 8
CHUNK = 2 * 1024 * 1024
SIEVE_BITS = 24
WIDTH_BY_ENCODING = {"utf-8": WINDOW, "utf-16-le": 2 * WINDOW}
BETWEEN = "\uffff"
"""Stands between two texts; in none of them, so that no window reaches from one into the next and is found."""

PNG = b"\x89PNG\r\n\x1a\n"
Hashes = npt.NDArray[np.uint64]


class Leak(NamedTuple):
    """A window of secret text in a file; at: where, counted in bytes of what was looked through."""

    file: Path
    at: int
    words: str


class SecretText:
    """Texts that must be nowhere, made ready to be looked for many times.

    public: windows that these texts hold too are none of a secret. Both are looked for as they are, as plain words
    without their Markdown, and as plain words folded for a search index.
    """

    def __init__(self, secret: Iterable[str], public: Iterable[str] = ()) -> None:
        secret_forms, public_forms = _joined(secret), _joined(public)
        self._windows = [
            _Windows(secret_forms.encode(encoding), public_forms.encode(encoding), encoding)
            for encoding in WIDTH_BY_ENCODING
        ]

    @property
    def count(self) -> int:
        """How many windows are looked for."""
        return sum(len(windows.hashes) for windows in self._windows)

    def find_in(self, paths: Iterable[Path]) -> list[Leak]:
        """Return every window that stands in one of these files, or in a file below one of these folders."""
        files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*")))]
        # Once each: the pieces of a large file overlap.
        return list(dict.fromkeys(leak for file in files if file.is_file() for leak in self._find_in_file(file)))

    def windows_in(self, data: bytes) -> Iterator[tuple[int, str]]:
        """Yield where each window begins in these bytes, and its words."""
        for windows in self._windows:
            yield from windows.find_in(data)

    def _find_in_file(self, file: Path) -> Iterator[Leak]:
        for start, piece in _pieces(file):
            yield from (Leak(file, start + at, words) for at, words in self.windows_in(piece))


def find_on_disk(secret: Iterable[str], paths: Iterable[Path], public: Iterable[str] = ()) -> list[Leak]:
    """Return every window of the secret texts found in files and folders, but for those that public text holds too."""
    return SecretText(secret, public).find_in(paths)


class _Windows:
    """All windows of a text in one encoding, by their hashes in order."""

    def __init__(self, secret: bytes, public: bytes, encoding: str) -> None:
        self._secret, self._encoding, self._width = secret, encoding, WIDTH_BY_ENCODING[encoding]
        hashes = _hashes(secret, self._width)
        places = np.arange(len(hashes), dtype=np.int64)
        between = BETWEEN.encode(encoding)
        wanted = ~np.isin(hashes, _hashes(public, self._width)) & ~_reaches_over(secret, between, self._width)
        if encoding == "utf-16-le":
            # Only whole letters.
            wanted &= places % 2 == 0
        self.hashes, first = np.unique(hashes[wanted], return_index=True)
        self._places = places[wanted][first]
        self._may_be_there = np.zeros(1 << SIEVE_BITS, np.bool_)
        self._may_be_there[_sieved(self.hashes)] = True

    def find_in(self, data: bytes) -> Iterator[tuple[int, str]]:
        """Yield where a window begins, and its words."""
        found = _hashes(data, self._width)
        if not len(self.hashes) or not len(found):
            return
        # Looking up a hash takes a hundred times as long as seeing that its first bits occur nowhere.
        candidates = np.flatnonzero(self._may_be_there[_sieved(found)])
        near = np.minimum(np.searchsorted(self.hashes, found[candidates]), len(self.hashes) - 1)
        is_hit = self.hashes[near] == found[candidates]
        for at, place in zip(candidates[is_hit].tolist(), self._places[near[is_hit]].tolist(), strict=True):
            window = self._secret[place : place + self._width]
            if data[at : at + self._width] == window:
                yield at, window.decode(self._encoding, "replace")


def _sieved(hashes: Hashes) -> Hashes:
    return hashes >> np.uint64(64 - SIEVE_BITS)


def _hashes(data: bytes, width: int) -> Hashes:
    """Return the hash of each window of so many bytes, uint64 (windows,)."""
    count = len(data) - width + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    words = np.empty(len(data) - WORD + 1, np.uint64)
    for offset in range(min(WORD, len(words))):
        words[offset::WORD] = np.frombuffer(data, "<u8", count=(len(words) - offset + WORD - 1) // WORD, offset=offset)
    hashes = np.zeros(count, np.uint64)
    for offset in range(0, width, WORD):
        hashes = (hashes ^ words[offset : offset + count]) * np.uint64(0x9E3779B97F4A7C15)
        hashes ^= hashes >> np.uint64(29)
    return hashes


def _reaches_over(data: bytes, between: bytes, width: int) -> npt.NDArray[np.bool_]:
    """Return for each window whether the mark between two texts stands in it, bool (windows,)."""
    reaches = np.zeros(max(0, len(data) - width + 1), np.bool_)
    at = data.find(between)
    while at >= 0:
        reaches[max(0, at - width + 1) : at + len(between)] = True
        at = data.find(between, at + len(between))
    return reaches


def _joined(texts: Iterable[str]) -> str:
    forms: dict[str, None] = {}
    for text in texts:
        plain = plain_text(text)
        forms.update(dict.fromkeys((text, plain, fold(plain))))
    return BETWEEN.join(forms)


def _pieces(file: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the bytes of a file in pieces that overlap by a window, then what it holds packed."""
    with file.open("rb") as stream:
        start, piece = 0, stream.read(CHUNK)
        is_picture, is_archive = piece.startswith(PNG), zipfile.is_zipfile(file)
        while piece:
            yield start, piece
            kept = piece[-2 * WINDOW + 1 :]
            more = stream.read(CHUNK)
            start, piece = start + len(piece) - len(kept), kept + more if more else b""
    if is_picture:
        yield from ((0, text) for text in _texts_in_picture(file.read_bytes()))
    if is_archive:
        with zipfile.ZipFile(file) as archive:
            yield from ((0, archive.read(name)) for name in archive.namelist())


def _texts_in_picture(data: bytes) -> Iterator[bytes]:
    """Yield the texts that a PNG holds beside its pixels, unpacked."""
    stream = BytesIO(data[len(PNG) :])
    while len(head := stream.read(8)) == 8:
        length, kind = struct.unpack(">I4s", head)
        content = stream.read(length + 4)[:-4]
        _, _, value = content.partition(b"\0")
        if kind == b"zTXt":
            # After the name of the text: how it is packed, which is always the same way.
            yield zlib.decompress(value[1:])
        elif kind == b"iTXt" and value[:1] == b"\1":
            # After the name: that it is packed, and how, then a language and the name in it.
            yield zlib.decompress(value[2:].split(b"\0", 2)[2])


# What is secret of a curriculum, and what is public


def everything_in(pack: Pack) -> SecretText:
    """Return all texts of a pack that may be sealed, as if each were; those that cannot be read here are left out."""
    secret: list[str] = []
    for lesson in pack.curriculum.lessons:
        with suppress(LessonLocked):
            text = pack.lesson_text(lesson.skill)
            secret += secret_of_lesson(text) if text else ()
    for mission in pack.curriculum.missions():
        for question in pack.questions(mission.number):
            secret += secret_of_question(question)
    return SecretText(secret, public_of(pack.curriculum, pack.glossary()))


def secret_of_lesson(text: LessonText) -> Iterator[str]:
    """Yield every text of a lesson; its ids are public."""
    for section in text.sections:
        yield section.title
        yield section.markdown
    for step in text.steps:
        yield step.markdown
    for box in text.checklist:
        yield box.text
    for question in text.check:
        yield question.prompt
        for option in question.options:
            yield option.text
            yield option.explanation
    for fact in text.verified:
        yield from (fact.fact, fact.value)


def secret_of_question(question: MissionQuestion) -> Iterator[str]:
    """Yield the texts of a Q&A entry."""
    yield from (question.question, question.answer)


def public_of(curriculum: Curriculum, glossary: Iterable[GlossaryTerm]) -> Iterator[str]:
    """Yield every text that anybody may read: titles, outcomes, assessment items, glossary."""
    yield from _strings(to_json(curriculum))
    for lesson in curriculum.lessons:
        # As lists, titles of windows and other lessons name it.
        yield f"{lesson.number} {lesson.title} "
    for term in glossary:
        yield from _strings(to_json(term))


def _strings(data: Json) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)
