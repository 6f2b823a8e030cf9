"""What holds for every test: no display is needed, nobody's own data is touched, every written lesson is readable."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from dijipilot.cli.processes import ONE_THREAD
from dijipilot.content.freshness import shipped
from dijipilot.errors import AcademyError
from dijipilot.paths import MACHINE_VARIABLE
from tests.homes import licensed

# Before anything imports Qt, which decides once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Before anything imports numpy, which also decides once. Tests run on all cores already: threads that wait for each
# other there make a forecast take three times the work.
for _variable in ONE_THREAD:
    os.environ.setdefault(_variable, "1")

# A slow machine is no failure, and a failure is the same one tomorrow.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")


def pytest_configure(config: pytest.Config) -> None:
    """Make the pack and the keys of this checkout once, before tests that run at the same time all need them."""
    if not hasattr(config, "workerinput"):
        try:
            shipped()
        except AcademyError as error:
            raise pytest.UsageError(str(error)) from error


@pytest.fixture(scope="session", autouse=True)
def _no_licenses_for_all_users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the licenses that this machine has for all its users from what outlives a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(MACHINE_VARIABLE, str(tmp_path_factory.mktemp("all-users")))
        yield


@pytest.fixture(autouse=True)
def machine_licenses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of licenses for all users, which is not there yet."""
    folder = tmp_path / "all-users"
    monkeypatch.setenv(MACHINE_VARIABLE, str(folder))
    return folder


@pytest.fixture(autouse=True)
def user_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home for user data with nothing but a license, which also child processes use unless told otherwise."""
    folder = licensed(tmp_path / "home")
    monkeypatch.setenv("DIJIPILOT_HOME", str(folder))
    return folder
