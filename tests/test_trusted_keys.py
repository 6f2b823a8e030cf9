"""Which publisher's keys a copy of the app believes is decided by the files of the program, and by nothing else."""

import ast
import inspect
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from dijipilot import paths
from dijipilot.content.compiler import compile_body, write_body
from dijipilot.domain.signed_text import TrustedKeys
from dijipilot_vendor.develop import make_vault, publisher_of, seal_for_development
from dijipilot_vendor.publisher import Publisher
from dijipilot_vendor.records import canonical
from dijipilot_vendor.sealing import Release, seal_pack
from tests.builders import small_content
from tests.packs import BUILT, PARTS

SOURCES = Path(paths.__file__).parent
READ_VARIABLES = {"DIJIPILOT_HOME", "DIJIPILOT_ALL_USERS"}
TRIED_VARIABLES = (
    "DIJIPILOT_TRUSTED_KEYS",
    "DIJIPILOT_KEYS",
    "DIJIPILOT_PUBLISHER",
    "DIJIPILOT_VAULT",
    "DIJIPILOT_BUNDLED",
    "DIJIPILOT_BUILD",
)
NOT_GENUINE = 3

OURS, STRANGER = publisher_of(bytes([1]) * 32, PARTS), publisher_of(bytes([2]) * 32, PARTS)


def listed(trusted: TrustedKeys) -> bytes:
    """Return a file of trusted keys."""
    roles = {"pack": trusted.pack, "license": trusted.license}
    keys = {role: [{"kid": each.kid, "key": each.key.hex()} for each in found] for role, found in roles.items()}
    return canonical({"development": False, **keys})


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a pack of our publisher, and one of a stranger."""
    folder, body = tmp_path_factory.mktemp("packs"), compile_body(small_content())
    made: dict[str, Publisher] = {"ours": OURS, "strange": STRANGER}
    for name, publisher in made.items():
        write_body(seal_pack(body, publisher, (), Release(2, 2, BUILT)), folder / f"{name}.djpack")
    return {name: folder / f"{name}.djpack" for name in made}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, packs: dict[str, Path]) -> Path:
    """Return the folder of an installed program that believes our publisher."""
    site = tmp_path_factory.mktemp("installed") / "lib" / "site-packages"
    shutil.copytree(SOURCES, site / "dijipilot", ignore=shutil.ignore_patterns("__pycache__"))
    bundled = site / "dijipilot" / "_bundled"
    bundled.mkdir()
    shutil.copy(packs["ours"], bundled / "academy.djpack")
    (bundled / "trusted-keys.json").write_bytes(listed(OURS.trusted))
    return site


def run(program: Path, *arguments: str | Path, home: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command line of a program, in the folder of the home."""
    home.mkdir(exist_ok=True)
    command = [sys.executable, "-P", "-m", "dijipilot", "--home", str(home), *map(str, arguments)]
    given = {**os.environ, "PYTHONPATH": str(program), **variables}
    return subprocess.run(command, cwd=home, env=given, capture_output=True, text=True, check=False)


def strew(folder: Path) -> None:
    """Put a stranger's keys wherever somebody might look for some."""
    for place in ("", "licenses", "packs", "build/publisher", "publisher", "_bundled", "resources"):
        (folder / place).mkdir(parents=True, exist_ok=True)
        (folder / place / "trusted-keys.json").write_bytes(listed(STRANGER.trusted))


def test_a_pack_of_the_publisher_is_believed(program: Path, packs: dict[str, Path], tmp_path: Path) -> None:
    finished = run(program, "pack", "verify", packs["ours"], home=tmp_path / "home")
    assert finished.returncode == 0, finished.stderr


def test_no_variable_and_no_file_makes_the_program_believe_somebody_else(
    program: Path, packs: dict[str, Path], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    strew(home)
    variables = {name: str(home / "trusted-keys.json") for name in TRIED_VARIABLES}
    variables |= {"DIJIPILOT_ALL_USERS": str(home), "DIJIPILOT_DEVELOPMENT": "1", "DIJIPILOT_RELEASE": "1"}

    finished = run(program, "pack", "verify", packs["strange"], home=home, **variables)

    assert finished.returncode == NOT_GENUINE
    assert "was not made by the publisher" in finished.stderr
    assert run(program, "pack", "verify", packs["ours"], home=home, **variables).returncode == 0


def test_a_program_does_not_believe_what_a_checkout_signed_for_itself(program: Path, tmp_path: Path) -> None:
    make_vault(tmp_path / "publisher")
    pack = seal_for_development(compile_body(small_content()), tmp_path / "publisher", BUILT)
    (tmp_path / "own.djpack").write_bytes(pack)

    finished = run(program, "pack", "verify", tmp_path / "own.djpack", home=tmp_path / "home")

    assert finished.returncode == NOT_GENUINE
    assert "was not made by the publisher" in finished.stderr


def test_a_program_that_lost_its_keys_takes_no_others(program: Path, packs: dict[str, Path], tmp_path: Path) -> None:
    lost = tmp_path / "lib" / "site-packages"
    shutil.copytree(program, lost)
    (lost / "dijipilot" / "_bundled" / "trusted-keys.json").unlink()
    for folder in (tmp_path, lost.parent, lost, lost / "dijipilot"):
        strew(folder)
        (folder / "_bundled" / "trusted-keys.json").unlink()

    finished = run(lost, "pack", "verify", packs["strange"], home=tmp_path / "home")

    assert finished.returncode == NOT_GENUINE
    assert "Install the program again" in finished.stderr


def test_the_program_asks_for_no_variable_but_two_of_its_own(program: Path, tmp_path: Path) -> None:
    watch = """
        import os, sys
        asked = set()
        class Watched(type(os.environ)):
            def __getitem__(self, name):
                asked.add(name)
                return super().__getitem__(name)
        os.environ.__class__ = Watched
        import dijipilot.cli.main
        code = dijipilot.cli.main.main(["pack", "list"])
        print(*sorted(name for name in asked if "DIJI" in name.upper()), file=sys.stderr)
        sys.exit(code)
    """
    command = [sys.executable, "-P", "-c", textwrap.dedent(watch)]
    variables = {**os.environ, "PYTHONPATH": str(program), "DIJIPILOT_HOME": str(tmp_path / "home")}
    finished = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    assert "DIJIPILOT_HOME" in finished.stderr.split()
    assert set(finished.stderr.split()) <= READ_VARIABLES


# What no run can show: that there is nothing else to be tried -------------------------------------------------


def test_the_sources_name_no_other_variable_of_ours() -> None:
    named = {name for file in SOURCES.rglob("*.py") for name in re.findall(r"DIJIPILOT_\w+", file.read_text("utf-8"))}
    assert named == READ_VARIABLES


@pytest.fixture(scope="module")
def calls() -> list[tuple[str, str, ast.Call]]:
    """Return module, name and all else of every call in modules that have to do with trust or with options."""
    texts = {file.relative_to(SOURCES).as_posix(): file.read_text("utf-8") for file in SOURCES.rglob("*.py")}
    return [
        (module, name_of(node), node)
        for module, text in texts.items()
        if re.search('[Tt]rusted|"--', text)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
    ]


def name_of(call: ast.Call) -> str:
    """Return what is called, without what it belongs to."""
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def test_trusted_keys_are_read_in_one_place_alone(calls: list[tuple[str, str, ast.Call]]) -> None:
    where = {
        name: {module for module, called, _ in calls if called == name}
        for name in ("trusted_keys_file", "read_trusted_keys", "TrustedKeys", "TrustedKey")
    }
    assert where["trusted_keys_file"] == where["read_trusted_keys"] == {"content/freshness.py"}
    assert where["TrustedKeys"] == where["TrustedKey"] == {"domain/signed_text.py"}


@pytest.mark.parametrize(
    "function",
    [paths.trusted_keys_file, paths.development_vault, paths.checkout_build_folder, paths.bundled_pack],
    ids=lambda function: function.__name__,
)
def test_where_the_keys_lie_depends_on_nothing_that_is_given(function: Callable[[], object]) -> None:
    assert not inspect.signature(function).parameters
    used = {node.id for node in ast.walk(ast.parse(inspect.getsource(function))) if isinstance(node, ast.Name)}
    assert used <= {
        "Path",
        "TRUSTED_KEYS",
        "_BUNDLED",
        "_CHECKOUT",
        "bundled",
        "checkout_build_folder",
        "development_vault",
        "pack",
    }


def test_no_option_speaks_of_keys_or_of_trust(calls: list[tuple[str, str, ast.Call]]) -> None:
    given = [argument.value for _, _, call in calls for argument in call.args if isinstance(argument, ast.Constant)]
    known = {value for value in given if isinstance(value, str) and value.startswith("--")}
    assert "--json" in known
    suspicious = re.compile("key|trust|vault|sign|verif|secur|publisher|develop")
    assert sorted(option for option in known if suspicious.search(option)) == []
