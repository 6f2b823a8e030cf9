"""A mini curriculum in a folder of its own, and packs made of it: one in the open, one sealed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dijipilot.content.loader import Content, assemble, load_sources
from dijipilot.content.pack import Pack
from tests.content.mini_curriculum import MISSION, build_pack, change, write_mini_curriculum
from tests.packs import opened, write_sealed_pack


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a folder with sources that have no problems."""
    return write_mini_curriculum(tmp_path / "curriculum")


@pytest.fixture(scope="session")
def packs_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for packs that tests copy: making one takes longer than most of them."""
    return tmp_path_factory.mktemp("mini-packs")


@pytest.fixture(scope="session")
def mini_pack(packs_folder: Path) -> Path:
    """Return a pack of the mini curriculum in which nothing is sealed."""
    return build_pack(write_mini_curriculum(packs_folder / "free"), packs_folder / "mini.djpack")


@pytest.fixture(scope="session")
def sold_content(packs_folder: Path) -> Content:
    """Return the mini curriculum with nothing free."""
    folder = write_mini_curriculum(packs_folder / "sold")
    change(folder, MISSION, "free: true\n", "")
    return assemble(load_sources(folder))


@pytest.fixture(scope="session")
def mini_sealed_pack(sold_content: Content, packs_folder: Path) -> Path:
    """Return a pack of the mini curriculum in which all that is written is sealed."""
    return write_sealed_pack(sold_content, packs_folder / "sealed.djpack")


@pytest.fixture
def pack_file(mini_pack: Path, tmp_path: Path) -> Path:
    """Return a copy of the pack in which nothing is sealed."""
    return Path(shutil.copy(mini_pack, tmp_path))


@pytest.fixture
def pack(mini_pack: Path) -> Iterator[Pack]:
    """Return the pack in which nothing is sealed, open."""
    with opened(mini_pack) as found:
        yield found


@pytest.fixture
def sealed_file(mini_sealed_pack: Path, tmp_path: Path) -> Path:
    """Return a copy of the sealed pack."""
    return Path(shutil.copy(mini_sealed_pack, tmp_path))


@pytest.fixture
def sealed_pack(mini_sealed_pack: Path) -> Iterator[Pack]:
    """Return the sealed pack, open and locked."""
    with opened(mini_sealed_pack) as found:
        yield found
