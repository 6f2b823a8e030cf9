"""Kills the program at each of its system calls while it activates a license or adds a pack, and looks at what is left.

strace does the killing: a process ends as it enters its n-th call of a name, before the call does anything.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from msgspec import Struct

from dijipilot.bootstrap import Academy, open_academy
from dijipilot.cli.main import main
from dijipilot.content.compiler import compile_body, write_body
from dijipilot.content.freshness import shipped
from dijipilot.content.installed import added_packs
from dijipilot.content.pack import check_pack
from dijipilot.errors import AcademyError
from dijipilot.licensing.license_file import ENDING, read_license_file
from dijipilot.paths import UserPaths, development_vault
from dijipilot_vendor.develop import CODE, seal_for_development
from tests.licensing.genuine import BUILT, sealed_content

CHANGING = (
    *("write", "pwrite64", "writev", "pwritev", "fsync", "fdatasync", "rename", "renameat", "renameat2"),
    *("unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "chmod", "fchmod", "fchmodat", "ftruncate", "truncate"),
    *("link", "linkat", "symlink", "symlinkat", "sendfile", "copy_file_range", "fallocate"),
)
"""Calls that change what is on the disk. A file that was opened and not written yet is there at the next of these."""

BEFORE, AFTER = "before", "after"
ACTIVATE, ADD_PACK = "license add", "pack add"

_CALL = re.compile(r"(\d+) +([a-z0-9_]+)\(")
_IN_USE, _ADDED = "test.djpack", "other.djpack"
_PACK_IN_USE = "000001-small.djpack"
_NEAR = ("/home/licenses", "/home/packs")
_KILLED = {-9, 137}


class Call(Struct, frozen=True):
    """The n-th system call of a name, counted from 1. is_near: it is about the folder of licenses or of packs."""

    name: str
    number: int
    is_near: bool


class Wreck(Struct, frozen=True):
    """What was found after a kill. state: before, after, or what is half; repeated: what came of doing it again."""

    call: Call
    was_killed: bool
    state: str
    repeated: str


class Story(Struct, frozen=True):
    """Something that changes a home, which nobody has used yet. packs: where the small packs lie."""

    name: str
    packs: Path

    def prepare(self, home: Path) -> None:
        """Make the home as it is before."""
        folder = UserPaths(home).packs
        folder.mkdir(parents=True)
        shutil.copyfile(self.packs / _IN_USE, folder / _PACK_IN_USE)

    def words(self, home: Path) -> list[str]:
        """Return the arguments of Python that carry it out."""
        command = ["license", "add"] if self.name == ACTIVATE else ["pack", "add", str(self.packs / _ADDED)]
        return ["-m", "dijipilot", "--home", str(home), *command]

    @property
    def typed(self) -> str:
        """What is typed meanwhile."""
        return development_code() if self.name == ACTIVATE else ""

    def state(self, home: Path) -> str:
        """Return "before", "after", or what is half. Nothing is changed."""
        try:
            for file in _files(home):
                # Under a name that counts, nothing half may stand, even where it is passed over.
                if file.name.endswith(ENDING) and not file.name.startswith("."):
                    read_license_file(file)
            academy = open_academy(UserPaths(home), for_writing=False)
            try:
                return self._state_of(academy)
            finally:
                academy.close()
        except AcademyError as error:
            return f"half: {error}"

    def _state_of(self, academy: Academy) -> str:
        if self.name == ACTIVATE:
            held, locked = academy.licenses.held(), academy.library.locked_skills()
            if not held and locked:
                return BEFORE
            return AFTER if len(held) == 1 and not locked else f"{len(held)} licenses, {len(locked)} lessons locked"
        packs = added_packs(academy.paths.packs)
        for pack in packs:
            check_pack(pack, shipped().trusted)
        in_use = academy.pack.path.name
        if (len(packs), in_use) == (1, _PACK_IN_USE):
            return BEFORE
        return AFTER if (len(packs), in_use[:7]) == (2, "000002-") else f"{len(packs)} packs, {in_use} in use"

    def repeat(self, home: Path) -> str:
        """Do it again, in this process; return "after", or what is not as it should be."""
        said, typed = StringIO(), TextIOWrapper(BytesIO(self.typed.encode()))
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(said):
            patch.setattr(sys, "stdin", typed)
            code = main(self.words(home)[2:])
        left = [path.name for path in _files(home) if path.suffix not in {".djpack", ".djlicense"}]
        # Where it was done already, the second time is refused as such.
        if code not in (0, 2) or left:
            return f"exit code {code}, {left} left behind; {said.getvalue()}"
        return self.state(home)


def make_stories(packs: Path) -> tuple[Story, ...]:
    """Return all stories, with small packs in a folder that this checkout believes."""
    shipped()
    for name in (_IN_USE, _ADDED):
        body = compile_body(sealed_content(name.removesuffix(".djpack")))
        write_body(seal_for_development(body, development_vault(), BUILT), packs / name)
    return Story(ACTIVATE, packs), Story(ADD_PACK, packs)


def can_trace() -> bool:
    """Tell whether programs can be killed here at their system calls."""
    if shutil.which("strace") is None:
        return False
    command = ["strace", "-f", "-qq", "-o", os.devnull, "-e", "trace=getpid", "true"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def calls_of(story: Story, names: Sequence[str] = CHANGING) -> list[Call]:
    """Return the calls of some names that are made when nothing is killed; of "all", those from the home on."""
    with tempfile.TemporaryDirectory() as folder:
        home, log = Path(folder) / "home", Path(folder) / "calls"
        story.prepare(home)
        code = _run(story, home, ["--seccomp-bpf", "-y", "-e", f"trace={','.join(names)}", "-o", str(log)])
        assert code == 0, code
        return list(_read_calls(log.read_text("utf-8", "replace").splitlines(), str(home), is_all=names == ("all",)))


def _read_calls(lines: Iterable[str], home: str, is_all: bool) -> Iterator[Call]:
    numbers: Counter[str] = Counter()
    is_begun, own = not is_all, ""
    for line in lines:
        found = _CALL.match(line)
        if found is None:
            continue
        own = own or found[1]
        if found[1] != own:
            # Calls are counted in each process and thread; those of the first one decide.
            continue
        numbers[found[2]] += 1
        # The command itself names the home, too.
        is_begun = is_begun or (home in line and found[2] != "execve")
        if is_begun and found[2] != "exit_group":
            is_near = any(folder in line for folder in _NEAR)
            yield Call(found[2], numbers[found[2]], is_near)


def kill_at(story: Story, call: Call) -> Wreck:
    """Kill the program at a call, look at what it left, and do the same again."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        story.prepare(home)
        code = _run(
            story,
            home,
            ["-e", f"trace={call.name}", "-e", f"inject={call.name}:signal=KILL:when={call.number}", "-o", os.devnull],
        )
        # What strace filters in the kernel it does not tamper with: no --seccomp-bpf here.
        state = story.state(home)
        return Wreck(call, code in _KILLED, state, story.repeat(home))


def spread_out(calls: Sequence[Call], count: int) -> list[Call]:
    """Return so many of the calls, as far from each other as can be; of more than one, the first and the last too."""
    if len(calls) <= count:
        return list(calls)
    step = (len(calls) - 1) / max(1, count - 1)
    return [calls[round(number * step)] for number in range(count)]


def _run(story: Story, home: Path, options: Sequence[str]) -> int:
    """Run a story in a process of its own under strace; return how it ended."""
    # Times would differ from run to run where names are scattered by chance, and so would the calls.
    variables = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    command = ["strace", "-f", "-qq", *options, sys.executable, "-P", *story.words(home)]
    return subprocess.run(
        command, input=story.typed, env=variables, capture_output=True, text=True, check=False
    ).returncode


def development_code() -> str:
    """Return the code that opens packs of this checkout."""
    return (development_vault() / CODE).read_text("ascii")


def _files(home: Path) -> list[Path]:
    paths = UserPaths(home)
    return [path for folder in (paths.packs, paths.licenses) if folder.is_dir() for path in folder.iterdir()]
