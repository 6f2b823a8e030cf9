"""The wheel of the publisher's tool holds the tool alone, and starts."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import dijipilot

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built as `dev.py wheel --vendor` builds it, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    finished = subprocess.run(command, cwd=ROOT / "packaging" / "vendor", capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_tool_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    sources = ROOT / "app"
    modules = {file.relative_to(sources).as_posix() for file in (sources / "dijipilot_vendor").rglob("*.py")}
    places = ("dijipilot_vendor/", f"dijipilot_vendor-{dijipilot.__version__}.dist-info/")

    assert modules - names == set()
    assert "dijipilot_vendor/fonts/JetBrainsMono-Bold.ttf" in names
    assert [name for name in names if not name.startswith(places) or name.endswith(".pyc")] == []


def test_the_wheel_needs_the_app_of_its_own_version_and_what_draws_cards(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (place,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        lines = archive.read(place).decode().splitlines()

    needed = [line.removeprefix("Requires-Dist: ") for line in lines if line.startswith("Requires-Dist: ")]
    assert needed == [f"dijipilot=={dijipilot.__version__}", "reportlab>=4.2"]
    # An index refuses it, should somebody upload it by mistake.
    assert "Classifier: Private :: Do Not Upload" in lines


def test_the_wheel_starts_by_its_name(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
        (place,) = (name for name in archive.namelist() if name.endswith("/entry_points.txt"))
        assert "dijipilot-vendor = dijipilot_vendor.main:main" in archive.read(place).decode()
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT / "app")))}
    ask = "import dijipilot_vendor.main as m; print(m.__file__); m.main(['--version'])"
    command = [sys.executable, "-P", "-c", ask]

    finished = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=True)

    assert finished.stdout.splitlines() == [
        str(tmp_path / "dijipilot_vendor" / "main.py"),
        f"DijiPilot Academy {dijipilot.__version__}",
    ]
