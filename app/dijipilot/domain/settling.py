"""Which one question settles whether a learner has a skill."""

from collections.abc import Set as AbstractSet

from dijipilot.domain.assessment.items import Item, ItemKind
from dijipilot.domain.assessment.timing import item_seconds
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import ItemId, SkillId


def item_that_settles(curriculum: Curriculum, skill: SkillId, asked: AbstractSet[ItemId]) -> Item | None:
    """Return the item that says most about a skill and was not asked yet, or None where there is none.

    One of which the skill is the main one goes before others; then the wider its options lie apart, then the shorter.
    A follow-up is none: it makes sense after its item only.
    """
    candidates = [
        item
        for item in curriculum.items
        if skill in item.skills
        and item.kind is not ItemKind.FOLLOW_UP
        and item.id not in asked
        and _spread(item, skill)
    ]
    return min(
        candidates,
        key=lambda item: (item.skills[0] != skill, -_spread(item, skill), item_seconds(item), item.id),
        default=None,
    )


def _spread(item: Item, skill: SkillId) -> int:
    """Return how far the evidence of the item's options on the skill lies apart, 0..4."""
    evidence = [option.evidence.get(skill, 0) for option in item.options]
    return max(evidence) - min(evidence)
