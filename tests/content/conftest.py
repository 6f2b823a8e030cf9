"""A mini curriculum in a folder of its own, and a pack made of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dijipilot.content.loader import assemble, load_sources
from dijipilot.content.pack import Pack
from tests.content.mini_curriculum import MISSION, build_pack, change, write_mini_curriculum
from tests.packs import opened, write_sealed_pack


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a folder with sources that have no problems."""
    return write_mini_curriculum(tmp_path / "curriculum")


@pytest.fixture
def pack_file(sources: Path, tmp_path: Path) -> Path:
    """Return a pack of the mini curriculum in which nothing is sealed."""
    return build_pack(sources, tmp_path / "mini.djpack")


@pytest.fixture
def pack(pack_file: Path) -> Iterator[Pack]:
    """Return the pack, open."""
    with opened(pack_file) as found:
        yield found


@pytest.fixture
def sealed_file(sources: Path, tmp_path: Path) -> Path:
    """Return a pack of the mini curriculum in which all that is written is sealed."""
    change(sources, MISSION, "free: true\n", "")
    return write_sealed_pack(assemble(load_sources(sources)), tmp_path / "sealed.djpack")


@pytest.fixture
def sealed_pack(sealed_file: Path) -> Iterator[Pack]:
    """Return the sealed pack, open and locked."""
    with opened(sealed_file) as found:
        yield found
