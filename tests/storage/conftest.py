"""A home in a temporary folder and a database in it; real files, as everywhere in these tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dijipilot.paths import UserPaths
from dijipilot.storage.database import Database, open_for_writing
from tests.builders import NOON
from tests.storage.making import add_ada


@pytest.fixture
def paths(tmp_path: Path) -> UserPaths:
    """A home that is not there yet; its name is one that addresses and shells stumble over."""
    return UserPaths(tmp_path / "Ünsal's home? 100% #1")


@pytest.fixture
def database(paths: UserPaths) -> Iterator[Database]:
    """An open database with one profile and one assessment."""
    opened = open_for_writing(paths, NOON)
    add_ada(opened)
    yield opened
    opened.close()
