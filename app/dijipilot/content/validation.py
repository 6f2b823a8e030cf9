"""All problems of all sources at once, sorted by file and line."""

from dijipilot.content.graph_checks import graph_problems
from dijipilot.content.loader import Sources
from dijipilot.content.naming_checks import naming_problems
from dijipilot.content.nodes import Problem
from dijipilot.content.reference_checks import reference_problems


def structural_problems(sources: Sources) -> list[Problem]:
    """Return what keeps the sources from being compiled: wrong shape, broken references, impossible orders."""
    return sorted(
        {*sources.problems, *naming_problems(sources), *reference_problems(sources), *graph_problems(sources)}
    )
