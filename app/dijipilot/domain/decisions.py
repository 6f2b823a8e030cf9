"""What a learner decided about the roadmap by hand, derived from the events that count."""

from collections.abc import Iterable
from dataclasses import dataclass

from dijipilot.domain.events import RoadmapEvent, RoadmapEventKind
from dijipilot.domain.ids import EventId, SkillId


@dataclass(frozen=True, slots=True)
class Move:
    """A lesson was put before another one, or at the end (None)."""

    skill: SkillId
    before: SkillId | None


@dataclass(frozen=True, slots=True)
class RoadmapDecisions:
    """Skipped, added, claimed as known, left out as not for this shop; moves in the order they were made."""

    skipped: frozenset[SkillId] = frozenset()
    added: frozenset[SkillId] = frozenset()
    claimed: frozenset[SkillId] = frozenset()
    left_out: frozenset[SkillId] = frozenset()
    moves: tuple[Move, ...] = ()


def roadmap_decisions(events: Iterable[RoadmapEvent], retracted: frozenset[EventId]) -> RoadmapDecisions:
    """Return the decisions that stand; events are applied by time, then by id, however they come.

    To want a lesson takes back that it was skipped, claimed as known or left out.
    """
    sets: dict[str, set[SkillId]] = {name: set() for name in ("skipped", "added", "claimed", "left_out")}
    moves: list[Move] = []
    for event in sorted(events, key=lambda each: (each.at, each.id)):
        if event.id in retracted:
            continue
        match event.kind:
            case RoadmapEventKind.SKIPPED:
                sets["skipped"].add(event.skill)
            case RoadmapEventKind.WANTED:
                for name in ("skipped", "claimed", "left_out"):
                    sets[name].discard(event.skill)
            case RoadmapEventKind.ADDED:
                sets["added"].add(event.skill)
                sets["left_out"].discard(event.skill)
            case RoadmapEventKind.MOVED:
                moves.append(Move(event.skill, SkillId(event.value) if event.value else None))
            case RoadmapEventKind.CLAIMED:
                sets["claimed"].add(event.skill)
            case RoadmapEventKind.NOT_FOR_MY_SHOP:
                sets["left_out"].add(event.skill)
            case RoadmapEventKind.FOR_MY_SHOP:
                sets["left_out"].discard(event.skill)
    return RoadmapDecisions(**{name: frozenset(skills) for name, skills in sets.items()}, moves=tuple(moves))
