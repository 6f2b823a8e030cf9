"""The publisher's tool in this process, on a vault of its own whose passphrase costs little to try."""

import io
import json
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dijipilot.content.compiler import compile_body, write_body
from dijipilot.content.loader import assemble, load_sources
from dijipilot_vendor import vault
from dijipilot_vendor.main import main
from dijipilot_vendor.vault import Limits
from tests.content.mini_curriculum import MISSION, change, write_mini_curriculum

PASSPHRASE = "correct horse battery"
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
CHEAP = Limits(operations=1, memory=8_192)


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


@dataclass(slots=True)
class Tool:
    """Runs commands on one vault; `now` is what the clock says."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    now: datetime = field(default=NOON)

    def __call__(self, *words: object, typed: str = "", passphrase: str = PASSPHRASE) -> Outcome:
        """Run a command; typed: what stands on its standard input."""
        self.monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8"))
        secret = self.folder / "passphrase"
        secret.write_text(passphrase + "\n", encoding="utf-8")
        self.capsys.readouterr()
        given = ["--vault", self.vault, "--passphrase-file", secret, *words]
        code = main(list(map(str, given)), clock=lambda: self.now)
        written = self.capsys.readouterr()
        return Outcome(code, written.out, written.err)

    def do(self, *words: object, typed: str = "") -> Outcome:
        """Run a command that must go well."""
        outcome = self(*words, typed=typed)
        assert outcome.code == 0, outcome.err
        return outcome

    @property
    def vault(self) -> Path:
        """The folder of the vault."""
        return self.folder / "vault"

    def file(self, name: str) -> Path:
        """Return a place for a file that a command makes."""
        return self.folder / name

    def bytes_by_name(self) -> dict[str, bytes]:
        """Return every file of the folder, vault included, with what it holds; the passphrase is left out."""
        files = [path for path in self.folder.rglob("*") if path.is_file() and path.name != "passphrase"]
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in files}


@pytest.fixture
def no_vault(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Tool:
    """Return the tool where nothing was made yet."""
    monkeypatch.setattr(vault, "MODERATE", CHEAP)
    # Flushing takes most of the time of a command, and no test cuts the power.
    monkeypatch.setattr("os.fsync", lambda _: None)
    monkeypatch.delenv("DIJIPILOT_VAULT", raising=False)
    folder = tmp_path / "publisher"
    folder.mkdir()
    return Tool(folder, capsys, monkeypatch)


@pytest.fixture
def tool(no_vault: Tool) -> Tool:
    """Return the tool with a vault that offers one edition."""
    no_vault.do("keys", "init")
    no_vault.do("ent", "new", "pro", "--title", "Academy Pro")
    return no_vault


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return sources in which two lessons and two questions are written and nothing is free, and what they compile to.

    Both are for all tests: to be copied, not changed.
    """
    folder = tmp_path_factory.mktemp("publisher")
    sources = write_mini_curriculum(folder / "curriculum")
    change(sources, MISSION, "free: true\n", "")
    write_body(compile_body(assemble(load_sources(sources))), folder / "mini.djbody")
    return sources, folder / "mini.djbody"


@pytest.fixture
def body(tool: Tool, compiled: tuple[Path, Path]) -> Path:
    """Return the compiled sources, as pack build has written them."""
    return Path(shutil.copy(compiled[1], tool.file("mini.djbody")))


@pytest.fixture
def sources(tmp_path: Path, compiled: tuple[Path, Path]) -> Path:
    """Return the sources of the body."""
    return Path(shutil.copytree(compiled[0], tmp_path / "curriculum"))
