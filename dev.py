#!/usr/bin/env python3
"""The one way in: makes the environment from requirements.lock, then starts, checks or builds the app.

    python3 dev.py run [ARGUMENTS]    start the window, or a command such as `run assess`
    python3 dev.py test [ARGUMENTS]   format, lint, types, import contracts, tests (arguments go to pytest)
    python3 dev.py shots [DIR] [NAME ...]   write a picture of every page, or of those named (default: shots)
    python3 dev.py bench              run the benchmarks
    python3 dev.py wheel [--release PACK]   build the wheel in dist; a release holds the publisher's pack and keys, and
                                      refuses drafts and what this checkout signed for itself
    python3 dev.py wheel --vendor     build the wheel of the publisher's own tool in dist
    python3 dev.py lock [--upgrade]   write requirements.lock anew from pyproject.toml

It needs Python 3.11 or newer and nothing else; what is missing it installs or says how to.
"""

# This file must be readable by Pythons that are too old, so that they can say so: no newer syntax here.
from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
SOURCES = ROOT / "app"
LOCK_FILE = ROOT / "requirements.lock"
ENVIRONMENT = ROOT / ".venv"
STAMP_NAME = "made-from.txt"
DEVELOPMENT_CODE = ROOT / "build" / "publisher" / "development-code.txt"
OLDEST_PYTHON = (3, 11)
LOCK_TOOL = "uv==0.13.9"

# What a usable environment can import; one or two of each kind are enough to notice a broken one.
PROBED_MODULES = ("dijipilot", "PySide6", "sqlmodel", "numpy", "yaml", "pytest", "ruff", "mypy", "importlinter")

# Variables that would make our Python or its pip look, or write, somewhere else. Bytecode is wanted: without
# it the app takes twice as long to start.
UNWANTED_VARIABLES = ("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PIP_TARGET", "PIP_PREFIX")

# Says that no test may be skipped because this computer lacks something that can be installed.
COMPLETE_VARIABLE = "DIJIPILOT_COMPLETE"

# What the tests with a screen reader need: a screen, a bus, and the Python that speaks on it.
SYSTEM_PYTHON = "/usr/bin/python3"
DESKTOP_PROGRAMS = {"xvfb": "Xvfb", "dbus": "dbus-daemon"}
ACCESSIBILITY_BUS = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
TRACER = "strace"  # kills the program at its system calls, for the tests that look at what is left then
READER_PROBE = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"

QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport", "QtTest")

DEBIAN_PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libOpenGL.so.0": "libopengl0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libbrotlidec.so.1": "libbrotli1",
    "libbrotlicommon.so.1": "libbrotli1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libSM.so.6": "libsm6",
    "libICE.so.6": "libice6",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinput.so.0": "libxcb-xinput0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


class Stop(Exception):
    """Something only the person at the keyboard can change; the text says what."""


class Step(NamedTuple):
    """One check of `test`: what to call it and the arguments after the environment's Python."""

    heading: str
    arguments: tuple[str, ...]


def check_python(version: Sequence[int]) -> None:
    """Refuse a Python that cannot run the app."""
    if tuple(version[:2]) < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        found = ".".join(map(str, version[:2]))
        raise Stop(f"DijiPilot Academy needs Python {wanted} or newer, and this is Python {found}.")


def say(text: str) -> None:
    """Print at once, so that our lines stand before those of the program started next."""
    print(text, flush=True)


def call(command: Sequence[str | Path], variables: Mapping[str, str], folder: Path | None = ROOT) -> int:
    """Run a command in the foreground and return its exit code."""
    # With a closed standard input the first file a program opens would take its place.
    source = subprocess.DEVNULL if sys.stdin is None else None
    return subprocess.call([str(word) for word in command], env=dict(variables), cwd=folder, stdin=source)


def clean_variables(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a program we start."""
    kept = {name: value for name, value in environment.items() if name not in UNWANTED_VARIABLES}
    # A pip set to install for the user alone refuses to work in an environment.
    return {**kept, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def headless_variables(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables under which tests see the same on every machine."""
    strange = ("LC_", "LANGUAGE", "QT_", "DIJIPILOT_")
    kept = {name: value for name, value in clean_variables(environment).items() if not name.startswith(strange)}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}


# The environment ------------------------------------------------------------------------------------------


def environment_python(environment: Path, platform: str) -> Path:
    """Return the path of an environment's Python."""
    return environment / "Scripts" / "python.exe" if platform == "win32" else environment / "bin" / "python"


def fingerprint(lock: bytes, version: Sequence[int], platform: str, place: str) -> str:
    """Return what an environment was made from; when it differs, the environment is made anew.

    The place counts because an environment that was moved or copied does not work.
    """
    described = "\n".join((hashlib.sha256(lock).hexdigest(), f"{version[0]}.{version[1]}", platform, place))
    return hashlib.sha256(described.encode()).hexdigest()


def is_environment_ready(environment: Path, wanted: str, platform: str) -> bool:
    """Tell whether the environment was finished, from the same lock file, and still works."""
    stamp = environment / STAMP_NAME
    python = environment_python(environment, platform)
    if not stamp.is_file() or stamp.read_text(encoding="ascii", errors="replace").strip() != wanted:
        return False
    if not python.exists():
        return False
    probe = f"import sys, importlib.util as u; sys.exit(not all(map(u.find_spec, {PROBED_MODULES!r})))"
    try:
        return call([python, "-P", "-c", probe], clean_variables(os.environ)) == 0
    except OSError:
        return False


def make_environment() -> Path:
    """Make the environment unless it is there already, and return its Python."""
    python = environment_python(ENVIRONMENT, sys.platform)
    wanted = fingerprint(LOCK_FILE.read_bytes(), sys.version_info[:2], sys.platform, str(ROOT))
    if is_environment_ready(ENVIRONMENT, wanted, sys.platform):
        return python
    say("== Making the environment (once; it takes a minute or two)")
    require_venv()
    (ENVIRONMENT / STAMP_NAME).unlink(missing_ok=True)
    variables = clean_variables(os.environ)
    create_environment(ENVIRONMENT, variables)
    install = (
        "-m",
        "pip",
        "install",
        "-qq",
        "--no-compile",
        "--only-binary=:all:",
        "--require-hashes",
        "-r",
        LOCK_FILE,
    )
    if call([python, *install], variables) != 0:
        raise Stop("The packages could not be installed. This needs a network once; then run the command again.")
    link_sources(python, variables)
    # Files that are no valid Python of this version are not our concern: whoever imports them will tell.
    call([python, "-m", "compileall", "-qq", "-j", "0", ENVIRONMENT, SOURCES], variables)
    (ENVIRONMENT / STAMP_NAME).write_text(wanted + "\n", encoding="ascii")
    return python


def create_environment(folder: Path, variables: Mapping[str, str]) -> None:
    """Make an empty environment with pip, in place of whatever was there."""
    # Not the Python of the environment that is about to be replaced.
    base = getattr(sys, "_base_executable", None) or sys.executable
    if call([base, "-m", "venv", "--clear", folder], variables) != 0:
        raise Stop(f"The environment {folder} could not be made. Delete that folder and try again.")


def link_sources(python: Path, variables: Mapping[str, str]) -> None:
    """Let the environment import the package from the source tree."""
    ask = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(ask, env=dict(variables), check=True, capture_output=True, text=True).stdout.strip())
    # A relative path has no letters that Python could misread in a folder named in another script.
    line = os.path.relpath(SOURCES, packages.resolve())
    (packages / "dijipilot-source.pth").write_text(line + "\n", encoding="ascii")


def require_venv() -> None:
    """Make sure that this Python can make environments: Debian ships that part separately."""
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not is_debian(read_os_release()):
            raise Stop("This Python has no ensurepip module, so it cannot make environments: install that part of it.")
        install_debian_packages([package], f"Python's part that makes environments ({package}) is missing.")
        importlib.invalidate_caches()


# System libraries -----------------------------------------------------------------------------------------


def missing_sonames(ldd_output: str) -> list[str]:
    """Return the names of the libraries that ldd did not find, sorted."""
    return sorted(set(re.findall(r"^\s*(\S+) => not found", ldd_output, flags=re.MULTILINE)))


def debian_packages(sonames: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the packages that hold these libraries, and the libraries whose package is not known."""
    names = sorted(set(sonames))
    packages = sorted({DEBIAN_PACKAGES[name] for name in names if name in DEBIAN_PACKAGES})
    return packages, [name for name in names if name not in DEBIAN_PACKAGES]


def is_debian(os_release: str) -> bool:
    """Tell from /etc/os-release whether this is Debian, Ubuntu or one of their kin."""
    found = re.findall(r"^ID(?:_LIKE)?=(.*)$", os_release, flags=re.MULTILINE)
    return bool({"debian", "ubuntu"} & {word for value in found for word in value.strip("\"' ").split()})


def read_os_release() -> str:
    """Return the text that says which Linux this is; empty where there is none."""
    try:
        return Path("/etc/os-release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def apt_command(packages: Sequence[str]) -> str:
    """Return the one line that installs these packages."""
    names = " ".join(map(shlex.quote, packages))
    return f"sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends {names}'"


def install_debian_packages(packages: Sequence[str], reason: str) -> None:
    """Install packages when we may, else say how."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Stop(f"{reason}\nType this, then try again:\n\n    {apt_command(packages)}\n")
    say(f"== {reason}\n== Installing: {' '.join(packages)}")
    variables = {**clean_variables(os.environ), "DEBIAN_FRONTEND": "noninteractive"}
    # Lists that are partly out of reach may still be good enough: what counts is the installation.
    call(["apt-get", "-qq", "update"], variables)
    if (
        call(
            ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "install", "-y", "--no-install-recommends", *packages],
            variables,
        )
        != 0
    ):
        raise Stop(f"The installation failed. What was tried:\n\n    {apt_command(packages)}\n")


def window_plugin(environment: Mapping[str, str]) -> str:
    """Return the name of the Qt plugin that will draw the window."""
    chosen = environment.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    return chosen or ("xcb" if environment.get("DISPLAY") else "wayland")


def find_missing_libraries(python: Path, plugin: str) -> list[str]:
    """Return the names of the system libraries that Qt would not find (Linux only)."""
    ask = [str(python), "-c", "import importlib.util as u; print(u.find_spec('PySide6').submodule_search_locations[0])"]
    qt = Path(subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip())
    files = [qt / f"{module}.abi3.so" for module in QT_MODULES]
    files.append(qt / "Qt" / "plugins" / "platforms" / f"libq{plugin}.so")
    command = ["ldd", *(str(file) for file in files if file.exists())]
    try:
        return missing_sonames(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    except FileNotFoundError:
        return []  # No ldd, no glibc: Qt's own words will have to do.


def require_libraries(python: Path, plugin: str) -> None:
    """Install the system libraries that Qt needs for this plugin, or say which are missing."""
    if not sys.platform.startswith("linux"):
        return
    missing = find_missing_libraries(python, plugin)
    if not missing:
        return
    packages, unknown = debian_packages(missing)
    if packages and is_debian(read_os_release()):
        install_debian_packages(packages, "System libraries that Qt needs are missing: " + ", ".join(missing))
        unknown = find_missing_libraries(python, plugin)
    else:
        unknown = missing
    if unknown:
        names = "\n".join(f"    {name}" for name in unknown)
        raise Stop(f"Qt needs these system libraries, which this computer does not have:\n\n{names}\n")


def missing_desktop_packages(python: Path) -> list[str]:
    """Return the Debian packages that the tests with a screen reader would miss on this computer."""
    missing = [package for package, program in DESKTOP_PROGRAMS.items() if shutil.which(program) is None]
    if not ACCESSIBILITY_BUS.exists():
        missing.append("at-spi2-core")
    if not can_run([SYSTEM_PYTHON, "-c", READER_PROBE]):
        missing += ["python3-gi", "gir1.2-atspi-2.0"]
    return missing + debian_packages(find_missing_libraries(python, "xcb"))[0]


def missing_tracer() -> list[str]:
    """Return the Debian package that the tests which kill the program would miss on this computer, if it is missing."""
    return [] if shutil.which(TRACER) else [TRACER]


def can_run(command: Sequence[str]) -> bool:
    """Tell whether a command ends well."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def prepare_desktop(python: Path, is_required: bool) -> bool:
    """Install what tests with a screen reader, or with a kill, need, where we may; return whether all of it is there.

    is_required: stop where it is not to be had; otherwise those tests are skipped, and it is said how to get it.
    """
    if not sys.platform.startswith("linux"):
        return False
    packages = missing_desktop_packages(python) + missing_tracer()
    if not packages:
        return True
    reason = "Some tests need packages that are missing: " + ", ".join(packages)
    try:
        if not is_debian(read_os_release()):
            raise Stop(reason)
        install_debian_packages(packages, reason)
    except Stop as stop:
        if is_required:
            raise
        say(f"== {stop}\n== Those tests are skipped.")
        return False
    return True


# Commands -------------------------------------------------------------------------------------------------


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Tell whether a window can be shown."""
    if not platform.startswith("linux"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def wants_window(arguments: Sequence[str]) -> bool:
    """Tell whether these arguments of the app name no command, so that it opens its window."""
    rest = list(arguments)
    while rest and rest[0].startswith("--home"):
        rest = rest[1:] if "=" in rest[0] else rest[2:]
    return not rest


def is_terminal() -> bool:
    """Tell whether somebody can answer questions here."""
    return sys.stdin is not None and sys.stdin.isatty()


def plan_run(arguments: Sequence[str], display: bool, terminal: bool) -> tuple[str, ...]:
    """Return the app's arguments: without a display the window becomes the assessment in the terminal."""
    if not wants_window(arguments) or display:
        return tuple(arguments)
    if not terminal:
        raise Stop(
            "There is no display for the window and no terminal for questions.\n"
            "Start this on a desktop, or in a terminal, or let a program answer:\n\n"
            "    python3 dev.py run assess --jsonl\n"
        )
    say("There is no display for the window, so the assessment starts here, in the terminal.")
    return (*arguments, "assess")


def run(arguments: Sequence[str]) -> int:
    """Start the app."""
    display = has_display(os.environ, sys.platform)
    planned = plan_run(arguments, display, is_terminal())
    python = make_environment()
    if wants_window(planned):
        require_libraries(python, window_plugin(os.environ))
    if wants_window(arguments):
        tell_code(python)
    # In the caller's folder: files named in the arguments are meant from there.
    return call([python, "-P", "-m", "dijipilot", *planned], clean_variables(os.environ), folder=None)


def tell_code(python: Path) -> None:
    """Say how the locked lessons of this checkout open, so that anyone can try it."""
    if not DEVELOPMENT_CODE.is_file():
        say("== Making the content pack (once, and when the curriculum changes)")
        # A problem of the sources is told by the app itself, which is started next.
        make = [str(python), "-P", "-c", "from dijipilot.content.freshness import shipped; shipped()"]
        subprocess.run(make, env=clean_variables(os.environ), stderr=subprocess.DEVNULL, check=False)
    if DEVELOPMENT_CODE.is_file():
        code = DEVELOPMENT_CODE.read_text(encoding="ascii").strip()
        say(f"Locked lessons of this checkout open with the activation code {code}")


def test_steps(arguments: Sequence[str]) -> list[Step]:
    """Return the checks in order, the quickest first."""
    contracts = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True))"
    return [
        Step("Format", ("-m", "ruff", "format", "--check", ".")),
        Step("Lint", ("-m", "ruff", "check", ".")),
        Step("Types", ("-m", "mypy")),
        Step("Import contracts", ("-c", contracts)),
        # On all cores; arguments come last, so that `-n 0` brings the tests back into one process.
        Step("Tests", ("-m", "pytest", "-n", "auto", "--dist", "worksteal", *arguments)),
    ]


def test(arguments: Sequence[str]) -> int:
    """Run all checks, up to the first that fails."""
    python = make_environment()
    require_libraries(python, "offscreen")
    variables = headless_variables(os.environ)
    if prepare_desktop(python, is_required=bool(os.environ.get(COMPLETE_VARIABLE))):
        variables[COMPLETE_VARIABLE] = "1"
    for step in test_steps(arguments):
        say(f"== {step.heading}")
        code = call([python, *step.arguments], variables)
        if code != 0:
            return code
    return 0


def shots(arguments: Sequence[str]) -> int:
    """Write a picture of every page."""
    python = make_environment()
    require_libraries(python, "offscreen")
    folder = Path(arguments[0]).absolute() if arguments else ROOT / "shots"
    return call([python, "-m", "tests.shots", folder, *arguments[1:]], headless_variables(os.environ))


def bench(arguments: Sequence[str]) -> int:
    """Run every benchmark, also after one failed."""
    python = make_environment()
    require_libraries(python, "offscreen")
    names = [file.stem for file in sorted((ROOT / "tests" / "benchmarks").glob("[!_]*.py"))]
    if not names:
        raise Stop("There are no benchmarks in tests/benchmarks.")
    codes = []
    for name in names:
        say(f"== {name}")
        codes.append(call([python, "-m", f"tests.benchmarks.{name}", *arguments], headless_variables(os.environ)))
    return max(codes, key=abs)


def wheel(arguments: Sequence[str]) -> int:
    """Build the wheel in dist."""
    is_release, is_vendor = arguments[:1] == ["--release"], list(arguments) == ["--vendor"]
    if arguments and not is_vendor and not (is_release and len(arguments) == 2):
        raise Stop("`wheel` knows: --release PACK, where PACK is what the publisher signed; and --vendor")
    python = make_environment()
    variables = clean_variables(os.environ)
    pack = str(Path(arguments[1]).absolute()) if is_release else ""
    variables.update({"DIJIPILOT_RELEASE": "1" if is_release else "", "DIJIPILOT_PACK": pack})
    folder = ROOT / "packaging" / "vendor" if is_vendor else ROOT
    return call([python, "-m", "hatchling", "build", "-t", "wheel", "-d", ROOT / "dist"], variables, folder)


def lock(arguments: Sequence[str]) -> int:
    """Write the lock file anew: for all platforms and Pythons at once, with the hashes of all files."""
    require_venv()
    variables = clean_variables(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        create_environment(Path(folder), variables)
        python = environment_python(Path(folder), sys.platform)
        if call([python, "-m", "pip", "install", "-qq", LOCK_TOOL], variables) != 0:
            raise Stop("The tool that writes the lock file could not be installed. This needs a network.")
        options = ("--universal", "--extra", "dev", "--generate-hashes", "--no-header", "--no-annotate", "--no-config")
        python_version = ".".join(map(str, OLDEST_PYTHON))
        files = ("pyproject.toml", "--quiet", "--output-file", LOCK_FILE.name)
        compile_lock = ("-m", "uv", "pip", "compile", *options, "--python-version", python_version, *files)
        return call([python, *compile_lock, *arguments], variables)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "shots": shots,
    "bench": bench,
    "wheel": wheel,
    "lock": lock,
}


def main(arguments: Sequence[str]) -> int:
    """Carry out one command and return the exit code."""
    if not arguments or arguments[0] not in COMMANDS:
        say(__doc__ or "")
        return 0 if arguments and arguments[0] in ("-h", "--help", "help") else 2
    try:
        check_python(sys.version_info[:2])
        return COMMANDS[arguments[0]](arguments[1:])
    except Stop as stop:
        print(stop, file=sys.stderr, flush=True)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
