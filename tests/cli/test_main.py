"""The command line as a whole: options, exit codes, and what happens when something goes wrong."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dijipilot
from dijipilot.cli import search
from dijipilot.cli.main import main
from dijipilot.cli.parser import COMMANDS
from dijipilot.paths import UserPaths
from dijipilot.storage.database import open_for_writing
from tests import builders
from tests.cli.conftest import Terminal

READING = (
    "result",
    "result --json",
    "history",
    "gaps --json",
    "roadmap --json",
    "lesson 1.1.1.1",
    "study 1.1.1.1",
    "search margin",
    "profile list",
    "profile facts",
    "questions list",
    "data where",
    "data check",
    "pack list",
)
CHANGING = (
    "assess",
    "assess --jsonl",
    "roadmap done 1.1.1.1",
    "roadmap skip 1.1.1.1",
    "roadmap todo 1.1.1.1",
    "roadmap leave-out 1.1.1.1",
    "roadmap move 2.1.1.1",
    "roadmap know 2.1.1.1",
    "roadmap undo",
    "study 1.1.1.1 --note hello",
    "profile add Bora",
    "profile rename Bora",
    "profile remove Ayşe",
    "profile fact weekly_hours up_to_2",
    "questions ask 1.1.1.1 why",
    "data backup",
    "data restore",
    "data erase",
    "pack rollback",
)


def python(code: str, *, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **(env or {})}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=variables, capture_output=True, encoding="utf-8", check=False)


def test_version_names_the_program(fresh: Terminal) -> None:
    outcome = fresh("--version")

    assert (outcome.code, outcome.out) == (0, f"DijiPilot Academy {dijipilot.__version__}\n")


def test_help_lists_every_command(fresh: Terminal) -> None:
    outcome = fresh("--help")

    assert outcome.code == 0
    assert all(f"    {name}" in outcome.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(fresh: Terminal, name: str) -> None:
    outcome = fresh(name, "--help")

    assert outcome.code == 0
    assert f"usage: dijipilot {name}" in outcome.out
    assert "--profile" in outcome.out


def test_help_and_version_answer_without_the_heavy_libraries() -> None:
    heavy = ("numpy", "sqlmodel", "sqlalchemy", "PySide6", "yaml", "sqlite3")
    finished = python(
        "import sys; from dijipilot.cli.main import main\n"
        "for word in ('--help', '--version'): assert main([word]) == 0\n"
        f"sys.exit(str([name for name in {heavy} if name in sys.modules]))"
    )

    assert finished.stderr.strip() == "[]"


@pytest.mark.parametrize(
    "words", ["fly", "assess --minutes 0", "assess --minutes nan", "assess --new --more", "lesson"]
)
def test_wrong_usage_ends_with_2(fresh: Terminal, words: str) -> None:
    outcome = fresh(*words.split())

    assert (outcome.code, outcome.out) == (2, "")
    assert "usage: dijipilot" in outcome.err


def test_home_and_profile_may_stand_before_or_after_the_command(
    run: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIJIPILOT_HOME", str(tmp_path / "elsewhere"))
    home = str(run.home)

    assert main(["--home", home, "--profile", "Ayşe", "result"]) == 0
    assert main(["result", "--profile", "Ayşe", "--home", home]) == 0
    assert main([f"--home={home}", "profile", "list", "--profile=Ayşe"]) == 0
    assert main(["result"]) == 2


def test_the_home_of_the_environment_counts_where_no_other_is_said(run: Terminal) -> None:
    assert main(["result"]) == 0


@pytest.mark.parametrize("words", READING)
def test_reading_works_beside_a_window(run: Terminal, words: str) -> None:
    window = open_for_writing(run.paths, builders.NOON)
    try:
        assert run(*words.split()).code == 0
    finally:
        window.close()


@pytest.mark.parametrize("words", CHANGING)
def test_changing_beside_a_window_ends_with_6_and_says_so(run: Terminal, words: str) -> None:
    window = open_for_writing(run.paths, builders.NOON)
    try:
        outcome = run(*words.split(), typed="ERASE\n")
    finally:
        window.close()

    assert (outcome.code, outcome.out) == (6, "")
    assert "Another DijiPilot Academy window or command" in outcome.err


@pytest.mark.parametrize("words", ["result", "gaps --json", "roadmap", "history", "profile facts"])
def test_reading_a_home_that_nobody_used_says_that_no_assessment_was_taken(fresh: Terminal, words: str) -> None:
    outcome = fresh(*words.split())

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "No assessment was taken yet. Take one first: dijipilot assess.\n"
    assert not fresh.paths.database.exists()


def test_reading_an_unknown_profile_names_the_known_ones(run: Terminal) -> None:
    run("profile", "add", "Bora")

    outcome = run("gaps", "--profile", "Ayse")

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "There is no profile named “Ayse”. Known are: Ayşe, Bora.\n"


def test_a_damaged_database_ends_reading_with_3(run: Terminal) -> None:
    run.paths.database.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)

    outcome = run("result")

    assert (outcome.code, outcome.out) == (3, "")
    assert "damaged" in outcome.err


def test_a_changing_command_repairs_a_damaged_database_and_says_so(run: Terminal) -> None:
    run("data", "backup")
    run.paths.database.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)

    outcome = run("roadmap", "done", "1.1.1.1")

    assert outcome.code == 0
    assert "damaged" in outcome.err
    assert "backup" in outcome.err
    assert run("result").code == 0


def test_a_defect_is_logged_under_a_code_and_told_in_a_sentence(
    fresh: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise RuntimeError("the shelf fell down")

    monkeypatch.setattr(search, "run", fail)

    outcome = fresh("search", "margin")

    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    found = re.search(r"code ([0-9A-F]{6})\.", outcome.err)
    assert found is not None
    log = (UserPaths(fresh.home).logs / "dijipilot.log").read_text("utf-8")
    assert found.group(1) in log
    assert "RuntimeError: the shelf fell down" in log


def test_a_defect_tells_neither_codes_nor_what_was_in_use(fresh: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        text = "the provider charges you at release"
        raise RuntimeError(f"no code: 1FJWF-ACBDN-7K24Q-MTTW9-MZ23M, {len(text)}")

    monkeypatch.setattr(search, "run", fail)
    fresh("search", "margin")
    log = (fresh.paths.logs / "dijipilot.log").read_text("utf-8")
    assert "RuntimeError: no code: [code …MZ23M], 35" in log

    shutil.rmtree(fresh.paths.logs)
    fresh.paths.logs.write_text("a file stands where the folder should")
    shown = fresh("search", "margin").err

    assert "RuntimeError: no code: [code …MZ23M], 35" in shown
    for told in (log, shown):
        assert "ACBDN" not in told.replace('raise RuntimeError(f"no code: 1FJWF-ACBDN', "")
        assert "charges you" not in told.replace('text = "the provider charges you', "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no such file")
def test_a_crash_leaves_no_memory_on_the_disk() -> None:
    code = (
        "import resource; from dijipilot.cli.main import main; "
        "resource.setrlimit(resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE)[1:] * 2); "
        "main(['--version']); print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )

    assert python(code).stdout.splitlines()[-1] == "0"


def test_a_defect_that_cannot_be_logged_is_shown(fresh: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise RuntimeError("the shelf fell down")

    monkeypatch.setattr(search, "run", fail)
    fresh.paths.logs.write_text("a file stands where the folder should")

    outcome = fresh("search", "margin")

    assert outcome.code == 1
    assert "RuntimeError: the shelf fell down" in outcome.err


def test_an_interruption_ends_quietly(fresh: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(search, "run", interrupt)

    outcome = fresh("search", "margin")

    assert (outcome.code, outcome.err) == (130, "Interrupted.\n")


def test_without_a_command_the_window_opens(fresh: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []

    def show(*arguments: object) -> int:
        opened.append(arguments)
        return 0

    monkeypatch.setattr("dijipilot.window.open_window", show)

    assert fresh("--profile", "Bora").code == 0
    assert fresh().code == 0
    assert opened == [(fresh.paths, "Bora", None), (fresh.paths, None, None)]


def test_a_license_file_opens_the_window_with_it(
    fresh: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[object] = []

    def show(*arguments: object) -> int:
        opened.append(arguments)
        return 0

    monkeypatch.setattr("dijipilot.window.open_window", show)
    file = tmp_path / "Room 4.DJLicense"
    file.write_text("what a double click gives", encoding="utf-8")

    assert fresh(str(file)).code == 0
    assert fresh("--profile", "Bora", str(file)).code == 0
    assert opened == [(fresh.paths, None, file), (fresh.paths, "Bora", file)]
    assert fresh(str(tmp_path / "gone.djlicense")).code == 2
    assert len(opened) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="Elsewhere there is a screen.")
def test_without_a_screen_the_way_to_the_commands_is_shown(fresh: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)

    outcome = fresh()

    assert outcome.code == 2
    assert outcome.err == "There is no screen here, so no window can open. What a terminal can do: dijipilot --help.\n"


def test_output_is_utf_8_whatever_the_terminal_speaks_and_a_closed_reader_is_no_error(run: Terminal) -> None:
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "dijipilot", "--home", str(run.home)]
    listed = subprocess.run([*command, "profile", "list"], env=variables, capture_output=True, check=True)
    assert "Ayşe" in listed.stdout.decode("utf-8")

    with subprocess.Popen([*command, "gaps"], env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        reading.stdout.close()
        complaint = reading.stderr.read()
    assert (reading.returncode, complaint) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="No device that is always full.")
def test_output_that_finds_no_space_ends_with_5(run: Terminal) -> None:
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "dijipilot", "--home", str(run.home), "profile", "list"]

    with Path("/dev/full").open("wb") as full:
        finished = subprocess.run(command, env=variables, stdout=full, stderr=subprocess.PIPE, check=False)

    assert finished.returncode == 5
    assert finished.stderr == b"The output could not be written: the disk is full. Free some space, then try again.\n"


def test_a_home_that_takes_no_files_ends_changing_with_5_and_reading_as_an_unused_one(
    fresh: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("a file stands where the folder should")
    nowhere = fresh.on(tmp_path / "file" / "home")

    assert nowhere("assess").code == 5
    assert nowhere("result").code == 2
