"""The diagnostic engine of the pack in use, built once and only when somebody asks."""

from functools import cached_property
from typing import TYPE_CHECKING

from dijipilot.domain.curriculum import Curriculum

if TYPE_CHECKING:
    from dijipilot.domain.assessment.engine import DiagnosticEngine
    from dijipilot.domain.assessment.structure import Cliques


class Diagnostics:
    """Builds the engine of a curriculum at first use."""

    def __init__(self, curriculum: Curriculum, cliques: "Cliques | None" = None) -> None:
        """Take the curriculum of a pack and the tables the pack has for its diagnostic."""
        self.curriculum = curriculum
        self._cliques = cliques

    @cached_property
    def engine(self) -> "DiagnosticEngine":
        """The engine; building it takes a tenth of a second, and numpy as much again."""
        # Imported here: reading a lesson needs no numpy, which costs more to import than a bare window.
        from dijipilot.domain.assessment.engine import DiagnosticEngine

        return DiagnosticEngine(self.curriculum, cliques=self._cliques)

    def prepare(self) -> None:
        """Build the engine now, if that was not done yet."""
        _ = self.engine
