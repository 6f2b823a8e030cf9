"""The real curriculum and its engine, built once for all tests of the diagnostic."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dijipilot.content.freshness import pack_for_checkout
from dijipilot.content.pack import Pack, open_pack
from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.curriculum import Curriculum

SOURCES = Path(__file__).parents[3] / "curriculum"


@pytest.fixture(scope="session")
def real_pack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pack]:
    """Return a pack of the sources as they are."""
    with open_pack(pack_for_checkout(SOURCES, tmp_path_factory.mktemp("pack"))) as pack:
        yield pack


@pytest.fixture(scope="session")
def real_curriculum(real_pack: Pack) -> Curriculum:
    """Return the curriculum as it is in the sources."""
    return real_pack.curriculum


@pytest.fixture(scope="session")
def engine(real_pack: Pack) -> DiagnosticEngine:
    """Return the engine of the real curriculum."""
    return DiagnosticEngine(real_pack.curriculum, cliques=real_pack.cliques)
