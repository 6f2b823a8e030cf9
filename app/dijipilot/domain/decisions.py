"""What a learner decided about the roadmap by hand, derived from the events that count."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from dijipilot.domain.events import RoadmapEvent, RoadmapEventKind
from dijipilot.domain.ids import EventId, SkillId


class Move(Struct, frozen=True):
    """A lesson was put before another one, or at the end (None)."""

    skill: SkillId
    before: SkillId | None


class RoadmapDecisions(Struct, frozen=True):
    """Skipped, added, accepted, claimed as known, left out as not for this shop; moves in the order they were made."""

    skipped: frozenset[SkillId] = frozenset()
    added: frozenset[SkillId] = frozenset()
    accepted: frozenset[SkillId] = frozenset()
    claimed: frozenset[SkillId] = frozenset()
    left_out: frozenset[SkillId] = frozenset()
    moves: tuple[Move, ...] = ()


_TAKES_BACK: Mapping[RoadmapEventKind, tuple[str, ...]] = {
    RoadmapEventKind.SKIPPED: ("accepted",),
    RoadmapEventKind.WANTED: ("skipped", "claimed", "left_out"),
    RoadmapEventKind.ADDED: ("skipped", "claimed", "left_out"),
    RoadmapEventKind.MOVED: (),
    RoadmapEventKind.ACCEPTED: ("skipped", "claimed", "left_out"),
    RoadmapEventKind.CLAIMED: ("added", "accepted"),
    RoadmapEventKind.NOT_FOR_MY_SHOP: ("added", "accepted"),
    RoadmapEventKind.FOR_MY_SHOP: ("left_out",),
}
_DECIDES: Mapping[RoadmapEventKind, str] = {
    RoadmapEventKind.SKIPPED: "skipped",
    RoadmapEventKind.ADDED: "added",
    RoadmapEventKind.ACCEPTED: "accepted",
    RoadmapEventKind.CLAIMED: "claimed",
    RoadmapEventKind.NOT_FOR_MY_SHOP: "left_out",
}


def roadmap_decisions(events: Iterable[RoadmapEvent], retracted: frozenset[EventId]) -> RoadmapDecisions:
    """Return the decisions that stand; events are applied by time, then by id, however they come.

    The latest decision wins: to want, to add or to accept a lesson takes back that it was skipped, claimed as
    known or left out.
    """
    sets: dict[str, set[SkillId]] = {name: set() for name in ("skipped", "added", "accepted", "claimed", "left_out")}
    moves: list[Move] = []
    for event in sorted(events, key=lambda each: (each.at, each.id)):
        if event.id not in retracted:
            for name in _TAKES_BACK[event.kind]:
                sets[name].discard(event.skill)
            if event.kind in _DECIDES:
                sets[_DECIDES[event.kind]].add(event.skill)
            if event.kind is RoadmapEventKind.MOVED:
                moves.append(Move(event.skill, SkillId(event.value) if event.value else None))
    return RoadmapDecisions(**{name: frozenset(skills) for name, skills in sets.items()}, moves=tuple(moves))
