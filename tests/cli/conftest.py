"""The command line in this process, over a real home with the small pack in it."""

import io
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dijipilot.bootstrap import open_academy
from dijipilot.cli.main import main
from dijipilot.content.compiler import compile_body
from dijipilot.paths import UserPaths
from tests import builders
from tests.packs import checkout_publisher, write_pack

ADDED_PACK = "000001-small.djpack"
"""Name under which the small pack lies in a home: as one that was added, so that it is in use."""

SHOP = {"sales_channels": ["shopify"], "business_model": ["pod"], "monthly_orders": ["no_orders"]}
"""What the learners of these tests say of their shop: no Etsy, so two skills do not apply."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output as JSON: a test looks at what it is about."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Terminal:
    """Runs commands on one home."""

    home: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *words: object, typed: str | bytes = "") -> Outcome:
        """Run a command; typed: what stands on its standard input."""
        given = typed if isinstance(typed, bytes) else typed.encode()
        self.monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        self.capsys.readouterr()
        code = main(["--home", str(self.home), *map(str, words)])
        written = self.capsys.readouterr()
        return Outcome(code, written.out, written.err)

    @property
    def paths(self) -> UserPaths:
        """The files of the home."""
        return UserPaths(self.home)

    def on(self, home: Path) -> "Terminal":
        """Return a terminal on another home."""
        return Terminal(home, self.capsys, self.monkeypatch)


@pytest.fixture(scope="session")
def small_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a pack of the small curriculum, signed with what this checkout trusts: commands open it by themselves."""
    file = tmp_path_factory.mktemp("small-pack") / "small.djpack"
    return write_pack(compile_body(builders.small_content()), file, publisher=checkout_publisher())


@pytest.fixture(scope="session")
def make_home(small_pack: Path) -> Callable[[Path], Path]:
    """Return a function that puts the small pack into a folder, as an added one, and returns the folder."""

    def make(home: Path) -> Path:
        (home / "packs").mkdir(parents=True)
        shutil.copy(small_pack, home / "packs" / ADDED_PACK)
        return home

    return make


@pytest.fixture(scope="session")
def assessed_home(tmp_path_factory: pytest.TempPathFactory, make_home: Callable[[Path], Path]) -> Path:
    """Return a home in which Ayşe has taken the assessment and can do everything; tests work on copies."""
    home = make_home(tmp_path_factory.mktemp("assessed") / "home")
    academy = open_academy(UserPaths(home), for_writing=True)
    # Options stand in an order of chance, so they are chosen by id.
    sitting = academy.assess.begin(academy.profiles.choose("Ayşe").id)
    while (screen := sitting.screen) is not None:
        every = [option.id for option in screen.options]
        sitting.answer(SHOP.get(screen.id, every if screen.allows_many else ["yes"]))
    academy.close()
    return home


@pytest.fixture
def fresh(
    user_home: Path,
    make_home: Callable[[Path], Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Terminal:
    """Return a terminal on a home that nobody has used."""
    return Terminal(make_home(user_home), capsys, monkeypatch)


@pytest.fixture
def run(
    user_home: Path, assessed_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """Return a terminal on a home in which Ayşe has taken the assessment."""
    shutil.copytree(assessed_home, user_home, dirs_exist_ok=True)
    return Terminal(user_home, capsys, monkeypatch)


def keys(data: Mapping[str, object]) -> list[str]:
    """Return the keys of an object in the order in which they stand."""
    return list(data)
