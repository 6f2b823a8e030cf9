"""The real curriculum and its engine, built once for all tests of the diagnostic."""

from collections.abc import Iterator

import pytest

from dijipilot.content.freshness import shipped
from dijipilot.content.pack import Pack, open_pack
from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.curriculum import Curriculum


@pytest.fixture(scope="session")
def real_pack() -> Iterator[Pack]:
    """Return a pack of the sources as they are."""
    own = shipped()
    with open_pack(own.pack, own.trusted) as pack:
        yield pack


@pytest.fixture(scope="session")
def real_curriculum(real_pack: Pack) -> Curriculum:
    """Return the curriculum as it is in the sources."""
    return real_pack.curriculum


@pytest.fixture(scope="session")
def engine(real_pack: Pack) -> DiagnosticEngine:
    """Return the engine of the real curriculum."""
    return DiagnosticEngine(real_pack.curriculum, cliques=real_pack.cliques)
