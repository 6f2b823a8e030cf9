"""Knowledge states and their fringes: what a learner is ready to study next, and what was learned at the edge.

Words of knowledge space theory (Doignon and Falmagne, 1985); here prerequisites are soft, so any set is a state.
"""

from collections.abc import Set as AbstractSet

from dijipilot.domain.ids import SkillId
from dijipilot.domain.prerequisites import PrerequisiteGraph


def unmet_prerequisites(
    graph: PrerequisiteGraph, skill: SkillId, state: AbstractSet[SkillId], among: AbstractSet[SkillId]
) -> tuple[SkillId, ...]:
    """Return the direct prerequisites of a skill that are not in the state.

    Those outside `among`, the skills that apply, are no obstacle; what they lean on in turn stands in their place.
    """
    unmet: dict[SkillId, None] = {}
    for needed in graph.prerequisites(skill):
        if needed in state:
            continue
        if needed in among:
            unmet[needed] = None
        else:
            unmet.update(dict.fromkeys(unmet_prerequisites(graph, needed, state, among)))
    return tuple(unmet)


def outer_fringe(
    graph: PrerequisiteGraph, state: AbstractSet[SkillId], among: AbstractSet[SkillId]
) -> frozenset[SkillId]:
    """Return the skills of `among` that are not in the state while all their prerequisites are."""
    return frozenset(
        skill for skill in among if skill not in state and not unmet_prerequisites(graph, skill, state, among)
    )


def inner_fringe(
    graph: PrerequisiteGraph, state: AbstractSet[SkillId], among: AbstractSet[SkillId]
) -> frozenset[SkillId]:
    """Return the skills of the state and of `among` on which no other skill of the state builds."""
    mastered = state & among
    return frozenset(skill for skill in mastered if not graph.descendants(skill) & mastered)
