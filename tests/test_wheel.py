"""The wheel must carry everything a learner needs, ready-made, and nothing an author or publisher keeps."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import dijipilot
from dijipilot.content.pack import check_pack, open_pack
from dijipilot.domain.signed_text import read_trusted_keys
from tests.licensing.sealed_words import sealed_words

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built as `dev.py wheel` builds it, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """Return the names of all files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_has_the_version_of_the_package(wheel: Path) -> None:
    assert wheel.name == f"dijipilot-{dijipilot.__version__}-py3-none-any.whl"


def test_the_wheel_carries_every_module_of_the_app(names: set[str]) -> None:
    sources = ROOT / "app"
    modules = {file.relative_to(sources).as_posix() for file in (sources / "dijipilot").rglob("*.py")}
    assert modules - names == set()


def test_the_wheel_carries_the_pack_and_the_keys_that_prove_it(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path, [f"dijipilot/_bundled/{name}" for name in ("academy.djpack", "trusted-keys.json")])
    bundled = tmp_path / "dijipilot" / "_bundled"
    trusted = read_trusted_keys((bundled / "trusted-keys.json").read_bytes())

    check_pack(bundled / "academy.djpack", trusted)
    with open_pack(bundled / "academy.djpack", trusted) as pack:
        assert len(pack.curriculum.skills) == 159
        assert pack.locked_skills()


def test_the_wheel_holds_no_secret_of_the_publisher(wheel: Path) -> None:
    vault = ROOT / "build" / "publisher"
    secrets = [(vault / name).read_bytes().strip() for name in ("seed", "development-code.txt")]
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert not any(secret in content or bytes.fromhex(secrets[0].decode()) in content for secret in secrets)


def test_the_wheel_holds_no_words_of_a_sealed_text(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        # Modules are public text, and have a few phrases of plain English in common with lessons.
        archive.extractall(tmp_path, [name for name in archive.namelist() if not name.endswith(".py")])

    assert sealed_words().find_in([tmp_path]) == []


def test_the_wheel_carries_every_resource(names: set[str]) -> None:
    resources = {file.relative_to(ROOT).as_posix() for file in (ROOT / "resources").rglob("*") if file.is_file()}
    assert resources
    assert {f"dijipilot/_bundled/{name}" for name in resources} - names == set()


def test_the_wheel_holds_no_sources_of_the_curriculum_and_no_tool_of_the_publisher(names: set[str]) -> None:
    places = ("dijipilot/", f"dijipilot-{dijipilot.__version__}.dist-info/")
    assert [name for name in names if not name.startswith(places)] == []
    assert [name for name in names if name.endswith((".yaml", ".yml"))] == []
    assert [name for name in names if "dijipilot_vendor" in name] == []


def test_the_wheel_starts_from_a_terminal_and_from_a_shortcut(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (place,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        entries = archive.read(place).decode()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for kind in ("scripts", "gui-scripts"):
        for name, target in project[kind].items():
            assert f"{name} = {target}" in entries


def test_the_app_finds_what_the_wheel_carries(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    asked = "p.bundled_pack(), p.resources_folder(), p.trusted_keys_file()"
    ask = f"from dijipilot import paths as p; print({asked}, sep='\\n')"
    variables = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-P", "-c", ask]
    finished = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=True)
    bundled = tmp_path / "dijipilot" / "_bundled"
    assert finished.stdout.splitlines() == [
        str(bundled / name) for name in ("academy.djpack", "resources", "trusted-keys.json")
    ]
