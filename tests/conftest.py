"""What holds for every test: no display is needed, and nobody's own data is touched."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from dijipilot.cli.processes import ONE_THREAD

# Before anything imports Qt, which decides once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Before anything imports numpy, which also decides once. Tests run on all cores already: threads that wait for each
# other there make a forecast take three times the work.
for _variable in ONE_THREAD:
    os.environ.setdefault(_variable, "1")

# A slow machine is no failure, and a failure is the same one tomorrow.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def user_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home for user data, which also child processes use unless told otherwise."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DIJIPILOT_HOME", str(folder))
    return folder
