"""The way in must work on computers that we do not have: its decisions are tested with their facts as arguments."""

import ast
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path, PurePath

import pytest

import dev

LDD_OUTPUT = """\
QtGui.abi3.so:
\tlinux-vdso.so.1 (0x00007ffd2b1f0000)
\tlibGL.so.1 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f2b3c000000)
platforms/libqxcb.so:
\tlibxcb-cursor.so.0 => not found
\tlibGL.so.1 => not found
"""


def finish(environment: Path, wanted: str) -> None:
    """Make a folder look like an environment that was finished, around the Python that runs this."""
    python = dev.environment_python(environment, sys.platform)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (environment / dev.STAMP_NAME).write_text(wanted + "\n", encoding="ascii")


@pytest.fixture
def probe_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every program that dev.py starts end well."""
    monkeypatch.setattr(dev, "call", lambda *_arguments, **_options: 0)


@pytest.fixture
def bare_environment(tmp_path: Path) -> Path:
    """Return a real environment in which nothing is installed."""
    venv.create(tmp_path / "env", with_pip=False, symlinks=sys.platform != "win32")
    return tmp_path / "env"


# The environment ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "expected"),
    [("linux", ".venv/bin/python"), ("darwin", ".venv/bin/python"), ("win32", ".venv/Scripts/python.exe")],
)
def test_each_platform_has_its_own_place_for_python(platform: str, expected: str) -> None:
    assert dev.environment_python(Path(".venv"), platform) == Path(expected)


@pytest.mark.parametrize("version", [(3, 11), (3, 12, 4), (4, 0)])
def test_a_new_python_is_accepted(version: tuple[int, ...]) -> None:
    dev.check_python(version)


@pytest.mark.parametrize("version", [(3, 10, 14), (3, 7), (2, 7)])
def test_an_old_python_is_told_which_one_is_needed(version: tuple[int, ...]) -> None:
    with pytest.raises(dev.Stop, match=r"needs Python 3\.11 or newer, and this is Python \d\.\d+\."):
        dev.check_python(version)


def test_an_old_python_can_read_the_script_as_far_as_the_message() -> None:
    ast.parse((dev.ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_the_script_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse((dev.ROOT / "dev.py").read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


@pytest.mark.parametrize(
    "other",
    [
        (b"numpy==3", (3, 11), "linux", "/here"),
        (b"numpy==2", (3, 12), "linux", "/here"),
        (b"numpy==2", (3, 11), "darwin", "/here"),
        (b"numpy==2", (3, 11), "linux", "/there"),
    ],
)
def test_another_lock_python_platform_or_place_asks_for_another_environment(
    other: tuple[bytes, Sequence[int], str, str],
) -> None:
    assert dev.fingerprint(*other) != dev.fingerprint(b"numpy==2", (3, 11), "linux", "/here")


@pytest.mark.usefixtures("probe_succeeds")
def test_a_finished_environment_is_used_again(tmp_path: Path) -> None:
    finish(tmp_path / "env", "wanted")
    assert dev.is_environment_ready(tmp_path / "env", "wanted", sys.platform)


@pytest.mark.usefixtures("probe_succeeds")
def test_an_environment_made_from_another_lock_is_not_used(tmp_path: Path) -> None:
    finish(tmp_path / "env", "wanted")
    assert not dev.is_environment_ready(tmp_path / "env", "other", sys.platform)


@pytest.mark.usefixtures("probe_succeeds")
def test_an_interrupted_environment_is_not_used(tmp_path: Path) -> None:
    finish(tmp_path / "env", "wanted")
    (tmp_path / "env" / dev.STAMP_NAME).unlink()
    assert not dev.is_environment_ready(tmp_path / "env", "wanted", sys.platform)


@pytest.mark.usefixtures("probe_succeeds")
def test_an_environment_whose_python_is_gone_is_not_used(tmp_path: Path) -> None:
    finish(tmp_path / "env", "wanted")
    python = dev.environment_python(tmp_path / "env", sys.platform)
    python.unlink()
    python.symlink_to(tmp_path / "uninstalled")
    assert not dev.is_environment_ready(tmp_path / "env", "wanted", sys.platform)


def test_an_environment_without_its_packages_is_not_used(bare_environment: Path) -> None:
    (bare_environment / dev.STAMP_NAME).write_text("wanted\n", encoding="ascii")
    assert not dev.is_environment_ready(bare_environment, "wanted", sys.platform)


def test_an_environment_finds_the_sources_beside_it(bare_environment: Path, tmp_path: Path) -> None:
    variables = dev.clean_variables(os.environ)
    python = dev.environment_python(bare_environment, sys.platform)
    dev.link_sources(python, variables)
    ask = [str(python), "-P", "-c", "import dijipilot; print(dijipilot.__file__)"]
    answer = subprocess.run(ask, cwd=tmp_path, env=variables, capture_output=True, text=True, check=True).stdout
    assert Path(answer.strip()) == dev.SOURCES / "dijipilot" / "__init__.py"


def test_variables_that_mislead_python_are_not_passed_on() -> None:
    given = {"PATH": "/bin", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": "/else", "PIP_USER": "1"}
    cleaned = dev.clean_variables(given)
    assert cleaned["PATH"] == "/bin"
    assert cleaned["PIP_USER"] == "0"
    assert not {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"} & set(cleaned)


def test_tests_see_no_display_language_or_home_of_the_machine() -> None:
    given = {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR", "QT_SCALE_FACTOR": "2", "DIJIPILOT_HOME": "/mine", "HOME": "/me"}
    headless = dev.headless_variables(given)
    assert headless["QT_QPA_PLATFORM"] == "offscreen"
    assert headless["LANG"] == "C.UTF-8"
    assert headless["HOME"] == "/me"
    assert not {"LC_ALL", "QT_SCALE_FACTOR", "DIJIPILOT_HOME"} & set(headless)


# The lock file --------------------------------------------------------------------------------------------


def test_the_lock_pins_and_hashes_every_package() -> None:
    entries = dev.LOCK_FILE.read_text(encoding="ascii").replace("\\\n", " ").splitlines()
    assert len(entries) > 20
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_the_lock_holds_no_address() -> None:
    text = dev.LOCK_FILE.read_text(encoding="ascii")
    assert [
        word for word in ("://", "--index-url", "--find-links", "--trusted-host", "file:", " @ ") if word in text
    ] == []


def test_the_lock_serves_windows_too() -> None:
    assert "colorama==" in dev.LOCK_FILE.read_text(encoding="ascii")


# System libraries -----------------------------------------------------------------------------------------


def test_libraries_that_are_not_found_are_named_once() -> None:
    assert dev.missing_sonames(LDD_OUTPUT) == ["libGL.so.1", "libxcb-cursor.so.0"]


def test_complete_libraries_leave_nothing_missing() -> None:
    assert dev.missing_sonames("\tlibc.so.6 => /lib/libc.so.6 (0x0)\n\tstatically linked\n") == []


def test_libraries_of_one_package_ask_for_it_once() -> None:
    packages, unknown = dev.debian_packages(["libgthread-2.0.so.0", "libglib-2.0.so.0", "libEGL.so.1"])
    assert (packages, unknown) == (["libegl1", "libglib2.0-0"], [])


def test_a_library_without_a_known_package_is_reported() -> None:
    assert dev.debian_packages(["libnovel.so.7", "libGL.so.1"]) == (["libgl1"], ["libnovel.so.7"])


@pytest.mark.parametrize(
    "text", ["ID=debian\n", 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', 'ID=pop\nID_LIKE="ubuntu debian"\n']
)
def test_debian_and_its_kin_are_recognized(text: str) -> None:
    assert dev.is_debian(text)


@pytest.mark.parametrize("text", ["", "ID=fedora\n", 'ID=arch\nNAME="not debian"\n', 'ID_LIKE="rhel centos"\n'])
def test_other_systems_are_not_taken_for_debian(text: str) -> None:
    assert not dev.is_debian(text)


def test_who_may_not_install_is_given_one_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(dev.Stop) as stop:
        dev.install_debian_packages(["libgl1", "libegl1"], "Qt misses libraries.")
    line = "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends libgl1 libegl1'"
    assert line in str(stop.value).replace("    ", "").splitlines()


def test_on_other_systems_the_missing_libraries_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "find_missing_libraries", lambda _python, _plugin: ["libGL.so.1"])
    monkeypatch.setattr(dev, "read_os_release", lambda: "ID=fedora\n")
    with pytest.raises(dev.Stop, match=r"libGL\.so\.1"):
        dev.require_libraries(Path("python"), "offscreen")


def test_what_is_still_missing_after_installing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    answers = iter([["libGL.so.1", "libnovel.so.7"], ["libnovel.so.7"]])
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "find_missing_libraries", lambda _python, _plugin: next(answers))
    monkeypatch.setattr(dev, "read_os_release", lambda: "ID=debian\n")
    monkeypatch.setattr(dev, "install_debian_packages", lambda packages, _reason: installed.extend(packages))
    with pytest.raises(dev.Stop, match=r"libnovel\.so\.7"):
        dev.require_libraries(Path("python"), "xcb")
    assert installed == ["libgl1"]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"DISPLAY": ":0"}, "xcb"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "xcb"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "wayland"),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "vnc:port=5900"}, "vnc"),
    ],
)
def test_the_libraries_checked_are_those_of_the_display(environment: dict[str, str], expected: str) -> None:
    assert dev.window_plugin(environment) == expected


# Commands -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_always_have_a_display(platform: str) -> None:
    assert dev.has_display({}, platform)


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_linux_has_a_display_when_it_is_said_where(name: str) -> None:
    assert dev.has_display({name: "x"}, "linux")
    assert not dev.has_display({name: ""}, "linux")


@pytest.mark.parametrize("arguments", [[], ["--home", "here"], ["--home=here"]])
def test_without_a_command_the_window_is_wanted(arguments: list[str]) -> None:
    assert dev.wants_window(arguments)


@pytest.mark.parametrize("arguments", [["assess"], ["--home", "here", "gaps", "--json"], ["--version"]])
def test_a_command_needs_no_window(arguments: list[str]) -> None:
    assert not dev.wants_window(arguments)


def test_with_a_display_the_window_starts() -> None:
    assert dev.plan_run(["--home", "here"], display=True, terminal=False) == ("--home", "here")


def test_a_command_runs_without_display_and_terminal() -> None:
    assert dev.plan_run(["result", "--json"], display=False, terminal=False) == ("result", "--json")


def test_without_a_display_the_assessment_starts_in_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.plan_run(["--home", "here"], display=False, terminal=True) == ("--home", "here", "assess")
    assert "no display" in capsys.readouterr().out


def test_without_display_and_terminal_it_says_what_to_do() -> None:
    with pytest.raises(dev.Stop, match="run assess --jsonl"):
        dev.plan_run([], display=False, terminal=False)


@pytest.mark.skipif(sys.platform == "win32", reason="a standard input cannot be closed on Windows")
def test_a_closed_input_ends_the_start_with_advice() -> None:
    variables = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    variables.pop("QT_QPA_PLATFORM", None)
    command = ["sh", "-c", 'exec "$0" "$1" run <&-', sys.executable, str(dev.ROOT / "dev.py")]
    finished = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60, check=False)
    assert finished.returncode == 2
    assert "no terminal for questions" in finished.stderr


def test_the_checks_run_in_order_and_end_with_the_tests() -> None:
    headings = [step.heading for step in dev.test_steps(["-q"])]
    assert headings == ["Format", "Lint", "Types", "Import contracts", "Tests"]
    tests = dev.test_steps(["-q"])[-1].arguments
    assert tests[:2] == ("-m", "pytest")
    assert tests[-1] == "-q"


def test_the_first_check_that_fails_is_the_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail_lint(command: Sequence[str | PurePath], _variables: dict[str, str]) -> int:
        return 7 if "check" in command else 0

    monkeypatch.setattr(dev, "make_environment", lambda: Path("python"))
    monkeypatch.setattr(dev, "require_libraries", lambda _python, _plugin: None)
    monkeypatch.setattr(dev, "prepare_desktop", lambda _python, is_required: False)
    monkeypatch.setattr(dev, "call", fail_lint)
    assert dev.main(["test"]) == 7
    assert capsys.readouterr().out.splitlines() == ["== Format", "== Lint"]


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["dance"], 2), (["--help"], 0)])
def test_without_a_known_command_it_shows_what_there_is(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == code
    assert "python3 dev.py run" in capsys.readouterr().out


# The desktop of the tests with a screen reader --------------------------------------------------------------


@pytest.fixture
def bare_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this a Debian on which one package is missing, at the keyboard of somebody who may not install it."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "missing_desktop_packages", lambda _python: ["xvfb"])
    monkeypatch.setattr(dev, "missing_tracer", list)
    monkeypatch.setattr(dev, "read_os_release", lambda: "ID=debian\n")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)


@pytest.mark.usefixtures("bare_desktop")
def test_without_a_desktop_the_tests_go_on_and_the_command_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert not dev.prepare_desktop(Path("python"), is_required=False)
    assert "apt-get install -y --no-install-recommends xvfb" in capsys.readouterr().out


@pytest.mark.usefixtures("bare_desktop")
def test_where_no_test_may_be_skipped_a_missing_desktop_ends_the_run() -> None:
    with pytest.raises(dev.Stop, match="xvfb"):
        dev.prepare_desktop(Path("python"), is_required=True)


@pytest.mark.usefixtures("bare_desktop")
def test_who_may_install_gets_a_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    monkeypatch.setattr(dev, "install_debian_packages", lambda packages, _reason: installed.extend(packages))
    assert dev.prepare_desktop(Path("python"), is_required=False)
    assert installed == ["xvfb"]


@pytest.mark.usefixtures("bare_desktop")
def test_on_other_systems_a_missing_desktop_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "read_os_release", lambda: "ID=fedora\n")
    assert not dev.prepare_desktop(Path("python"), is_required=False)
    told = capsys.readouterr().out
    assert "xvfb" in told
    assert "apt-get" not in told


@pytest.mark.usefixtures("bare_desktop")
def test_what_kills_the_program_for_tests_is_installed_with_the_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    monkeypatch.setattr(dev, "missing_tracer", lambda: ["strace"])
    monkeypatch.setattr(dev, "install_debian_packages", lambda packages, _reason: installed.extend(packages))
    assert dev.prepare_desktop(Path("python"), is_required=False)
    assert installed == ["xvfb", "strace"]


def test_the_checks_of_a_change_allow_no_test_to_be_skipped() -> None:
    assert f"{dev.COMPLETE_VARIABLE}=1" in (dev.ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("is_there", [True, False])
def test_tests_are_told_whether_the_desktop_is_there(is_there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str | None] = []

    def note(_command: Sequence[str | PurePath], variables: dict[str, str]) -> int:
        seen.append(variables.get(dev.COMPLETE_VARIABLE))
        return 0

    monkeypatch.setattr(dev, "make_environment", lambda: Path("python"))
    monkeypatch.setattr(dev, "require_libraries", lambda _python, _plugin: None)
    monkeypatch.setattr(dev, "prepare_desktop", lambda _python, is_required: is_there)
    monkeypatch.setattr(dev, "call", note)
    assert dev.main(["test"]) == 0
    assert set(seen) == {"1" if is_there else None}
