"""Activates, with everything logged and much going wrong, and searches what was said for what must never be said."""

import base64
import io
import logging
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import NoReturn

from msgspec import Struct, field

from dijipilot.cli.defects import report_defect
from dijipilot.content.pack import open_pack
from dijipilot.domain.license import License
from dijipilot.errors import AcademyError
from dijipilot.licensing import crypto
from dijipilot.licensing.activation_store import ActivationStore
from dijipilot.licensing.code import ActivationCode, make_code
from dijipilot.licensing.license import root_of, seal_of
from dijipilot.licensing.license_file import read_armor
from dijipilot.licensing.pasted import read_pasted
from dijipilot.services.activate import Licenses
from dijipilot.services.events import Announcer
from dijipilot.services.license_clock import LicenseClock
from tests.licensing.genuine import TRUSTED, code_of, file_of, license_of, pack_bytes, secret, write_genuine_pack

NOW = datetime(2027, 3, 2, 12, tzinfo=UTC)
SYMBOLS_TOLD = 5
"""So many symbols of a code may be said, the last ones."""

_WINDOW_SYMBOLS = SYMBOLS_TOLD + 3
_WINDOW_BYTES = 8
_WINDOW_LETTERS = 16


class LoudFigures(Struct):
    """How often what happened; said: characters of logs, errors and descriptions; leaks: what should not be there."""

    activated: int = 0
    refused: int = 0
    defects: int = 0
    said: int = 0
    leaks: list[str] = field(default_factory=list)


class Secrets:
    """What must not be said of one license, in every way in which it could be written."""

    def __init__(self, code: ActivationCode | None, keys: Iterable[bytes], letters: str = "") -> None:
        symbols = code.symbols if code else ""
        self._symbols = set(_windows(symbols, _WINDOW_SYMBOLS))
        self._written = set(_windows("".join(letters.splitlines()[1:-1]), _WINDOW_LETTERS))
        for key in keys:
            for start in range(len(key) - _WINDOW_BYTES + 1):
                part = key[start : start + _WINDOW_BYTES]
                # Without quotes: they depend on what else stands there.
                self._written |= {part.hex(), repr(part)[2:-1], str(int.from_bytes(part, "big"))}
            self._written |= {base64.b64encode(key[start:]).decode()[:_WINDOW_LETTERS] for start in range(3)}

    def find_in(self, said: str) -> list[str]:
        """Return what of it was said."""
        letters = "".join(filter(str.isalnum, said.upper()))
        found = [window for window in self._symbols if window in letters]
        return found + [window for window in self._written if window in said]


class LoudLicenses:
    """The licenses of a home with a pack of so many cards; what they say is kept."""

    def __init__(self, folder: Path, cards: int) -> None:
        self._folder, self._cards = folder, cards
        self._pack = open_pack(write_genuine_pack(folder / "cards.djpack", pack_bytes(live_cards=cards)), TRUSTED)
        self._store = ActivationStore(folder / "licenses", folder / "everybody")
        self._logs = folder / "logs"
        self._said = io.StringIO()
        self.figures = LoudFigures()

    def activate_many(self, count: int, seed: int) -> LoudFigures:
        """Activate so many codes, one after the other, and let something go wrong beside each."""
        chance = Random(seed)
        with self._listening():
            for number in range(count):
                self._activate(number % self._cards, chance)
        self._pack.close()
        return self.figures

    def _activate(self, number: int, chance: Random) -> None:
        code, license_ = code_of(number), license_of(number)
        typed = chance.choice((code.printed, code.symbols.lower(), f"> {code.printed}\n> Thank you"))
        licenses = self._licenses()
        activation = licenses.activate(typed)
        self.figures.activated += 1
        self._describe(activation, licenses.held(), self._store.all(), read_pasted(typed), code)
        licenses.open_all()
        self._mishap(number, chance, licenses)
        with suppress(AcademyError):
            licenses.remove(license_.id)
        self._search(number, code, license_)

    def _mishap(self, number: int, chance: Random, licenses: Licenses) -> None:
        """Let one thing go wrong, in turn."""
        code, bearer, other = code_of(number), file_of(2 * number, is_bearer=True), file_of(number, is_bearer=False)
        place = chance.randrange(1, len(code.symbols))
        slip = code.symbols[:place] + chance.choice("0123456789ABCDEFU") + code.symbols[place + 1 :]
        unknown = make_code(b"\0" + secret(f"unknown {number}", 13))
        mishaps: tuple[Callable[[], object], ...] = (
            partial(licenses.activate, slip),
            partial(licenses.activate, code.symbols[:-1]),
            partial(licenses.activate, f"{code.printed} or {unknown.printed}"),
            partial(licenses.activate, unknown.printed),
            partial(licenses.activate, bearer.raw.decode()),
            partial(licenses.activate, bearer.raw.decode().replace("a", "b", 1)),
            partial(licenses.activate, other.raw.decode()),
            partial(licenses.activate, unknown.printed, other.file),
            partial(self._licenses(self._unwritable()).activate, code.printed),
            partial(read_armor, bearer.raw[:-9]),
            partial(self._crash, code),
        )
        self._describe(bearer.file, other.file, read_pasted(bearer.raw.decode()))
        try:
            mishaps[self.figures.activated % len(mishaps)]()
        except AcademyError as error:
            self.figures.refused += 1
            self._describe(error, vars(error), *traceback.format_exception(error))
        except RuntimeError as error:
            self.figures.defects += 1
            report_defect(error, self._logs)
        for held in licenses.held():
            self._describe(held)

    def _crash(self, code: ActivationCode) -> NoReturn:
        """End an activation with an error nobody foresaw, in the depth of it."""

        def fail(key: bytes, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
            raise RuntimeError("provoked")

        whole, crypto.decrypt = crypto.decrypt, fail
        try:
            self._licenses().activate(code.printed)
        finally:
            crypto.decrypt = whole
        raise AssertionError("nothing was decrypted")

    def _licenses(self, store: ActivationStore | None = None) -> Licenses:
        clock = LicenseClock(self._folder / "clock.json", may_write=True, clock=lambda: NOW)
        return Licenses(store or self._store, self._pack, TRUSTED.license, Announcer(), lambda: NOW, clock)

    def _unwritable(self) -> ActivationStore:
        file = self._folder / "file"
        file.touch()
        return ActivationStore(file / "licenses", file / "everybody")

    def _describe(self, *things: object) -> None:
        """Say what a log would say that somebody writes in the future."""
        for each in things:
            self._said.write(f"{each!r} {each}\n")

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """Keep all that is logged, by anybody at any level, and all that is written to standard error."""
        root, handler = logging.getLogger(), logging.StreamHandler(self._said)
        before = root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        try:
            with redirect_stderr(self._said):
                yield
        finally:
            root.setLevel(before)
            root.removeHandler(handler)

    def _search(self, number: int, code: ActivationCode, license_: License) -> None:
        log = self._logs / "dijipilot.log"
        said = self._said.getvalue() + (log.read_text("utf-8") if log.exists() else "")
        self._said.seek(0)
        self._said.truncate()
        log.unlink(missing_ok=True)
        self.figures.said += len(said)
        root = root_of(code.secret)
        keys = [code.secret, root, seal_of(root, self._pack.manifest.keyring_id)]
        keys += [each.key for each in license_.entitlements]
        bearer = file_of(2 * number, is_bearer=True)
        keys += [bearer.root, *(each.key for each in bearer.license.entitlements)]
        for found in Secrets(code, keys, bearer.raw.decode()).find_in(said):
            self.figures.leaks.append(f"card {number}: {found}")


def _windows(text: str, length: int) -> Iterator[str]:
    return (text[start : start + length] for start in range(len(text) - length + 1))
