"""The real curriculum and its engine, built once for all tests of the diagnostic."""

from pathlib import Path

import pytest

from dijipilot.content.freshness import pack_for_checkout
from dijipilot.content.pack import open_pack
from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.curriculum import Curriculum

SOURCES = Path(__file__).parents[3] / "curriculum"


@pytest.fixture(scope="session")
def real_curriculum(tmp_path_factory: pytest.TempPathFactory) -> Curriculum:
    """Return the curriculum as it is in the sources."""
    with open_pack(pack_for_checkout(SOURCES, tmp_path_factory.mktemp("pack"))) as pack:
        return pack.curriculum


@pytest.fixture(scope="session")
def engine(real_curriculum: Curriculum) -> DiagnosticEngine:
    """Return the engine of the real curriculum."""
    return DiagnosticEngine(real_curriculum)
