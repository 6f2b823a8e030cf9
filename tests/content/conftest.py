"""A mini curriculum in a folder of its own, and a pack made of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dijipilot.content.pack import Pack, open_pack
from tests.content.mini_curriculum import build_pack, write_mini_curriculum


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a folder with sources that have no problems."""
    return write_mini_curriculum(tmp_path / "curriculum")


@pytest.fixture
def pack_file(sources: Path, tmp_path: Path) -> Path:
    """Return a compiled pack of the mini curriculum."""
    return build_pack(sources, tmp_path / "mini.djbody")


@pytest.fixture
def pack(pack_file: Path) -> Iterator[Pack]:
    """Return the pack, open."""
    with open_pack(pack_file) as opened:
        yield opened
