"""In which order a learner's lessons come: worth per minute within what builds on what, then moves by hand."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.decisions import Move
from dijipilot.domain.gaps import value_of_closing
from dijipilot.domain.ids import ProgramNumber, SkillId
from dijipilot.domain.prerequisites import PrerequisiteGraph
from dijipilot.domain.shop_facts import GOAL, TEAM_SIZE, FactAnswers

GOAL_WEIGHT = 1.5
"""How much more a skill of a program counts that the learner's goal favors."""

TEAM_WEIGHT = 1.25
"""How much more access control and working procedures count where others help in the business."""

_SOLO = "solo"
_TEAM_PREFIX = "team."
_TEAM_SKILLS = frozenset({SkillId("security.access-control")})


class Leaning(Struct, frozen=True):
    """What the shop facts say about the order: suggested path, favored programs, whether others help."""

    path: str
    favored: frozenset[ProgramNumber]
    has_team: bool

    def is_favored(self, curriculum: Curriculum, skill: SkillId) -> bool:
        """Tell whether the learner's goal favors the program of the skill."""
        return curriculum.program_of(skill).number in self.favored

    def is_for_team(self, skill: SkillId) -> bool:
        """Tell whether the skill gains by others helping in the business."""
        return self.has_team and (skill in _TEAM_SKILLS or skill.startswith(_TEAM_PREFIX))


def leaning_of(curriculum: Curriculum, facts: FactAnswers) -> Leaning:
    """Return what the facts say about the order; unknown facts lean nowhere, and towards the first path."""
    goal = curriculum.fact_by_id.get(GOAL)
    chosen_goals = facts.get(GOAL, frozenset())
    favored = {
        program for option in (goal.options if goal else ()) if option.id in chosen_goals for program in option.favors
    }
    team = facts.get(TEAM_SIZE, frozenset())
    return Leaning(suggested_path(curriculum, facts), frozenset(favored), bool(team) and _SOLO not in team)


def suggested_path(curriculum: Curriculum, facts: FactAnswers) -> str:
    """Return the path that the facts suggest, the first of all where they suggest none."""
    for path in curriculum.paths:
        if any(facts.get(fact, frozenset()) & options for fact, options in path.suggested_for.items()):
            return path.id
    return curriculum.paths[0].id if curriculum.paths else ""


def order_lessons(
    curriculum: Curriculum,
    graph: PrerequisiteGraph,
    weight_by_skill: Mapping[SkillId, float],
    leaning: Leaning,
    moves: Sequence[Move],
) -> tuple[SkillId, ...]:
    """Return the skills of `weight_by_skill` in study order.

    Of the lessons whose prerequisites all stand before, the one comes next that is worth most per minute. Everything up
    to the suggested path competes by worth alone: a shop with regular orders need not finish all of Launch before its
    first Grow lesson. Later paths follow in their order. Moves come last, in the order they were made, each only as far
    as prerequisites allow. A lesson beside which another was put is ordered too, though it may have left the roadmap:
    so the other one keeps its place.
    """
    anchors = {move.before for move in moves if move.before in curriculum.lesson_by_skill}
    ordered = {skill for skill in (*weight_by_skill, *anchors) if skill is not None}
    path_rank = _path_ranks(curriculum, leaning.path)
    number_rank = {skill: rank for rank, skill in enumerate(curriculum.skills)}

    def preference(skill: SkillId) -> tuple[int, float, int]:
        lesson = curriculum.lesson_by_skill[skill]
        worth = value_of_closing(lesson, graph, frozenset(weight_by_skill)) * weight_by_skill.get(skill, 1.0)
        worth *= GOAL_WEIGHT if leaning.is_favored(curriculum, skill) else 1.0
        worth *= TEAM_WEIGHT if leaning.is_for_team(skill) else 1.0
        path = curriculum.mission_by_skill[skill].path
        return path_rank.get(path, len(path_rank)), -worth / max(1, lesson.minutes), number_rank[skill]

    planned = graph.study_order(sorted(ordered, key=preference))
    moved = apply_moves(planned, moves, graph, weight_by_skill.keys())
    return tuple(skill for skill in moved if skill in weight_by_skill)


def _path_ranks(curriculum: Curriculum, suggested: str) -> dict[str, int]:
    """Return the rank of each path: 0 up to the suggested one, then one more for each later path."""
    names = [path.id for path in curriculum.paths]
    start = names.index(suggested) if suggested in names else 0
    return {name: max(0, position - start) for position, name in enumerate(names)}


def apply_moves(
    order: Iterable[SkillId], moves: Iterable[Move], graph: PrerequisiteGraph, on_roadmap: AbstractSet[SkillId]
) -> tuple[SkillId, ...]:
    """Return the order after all moves; one that names a skill outside the order does nothing.

    Only skills on the roadmap stand in the way of a move.
    """
    moved = tuple(order)
    for move in moves:
        if move.skill in moved and move.before != move.skill and (move.before is None or move.before in moved):
            others = tuple(skill for skill in moved if skill != move.skill)
            wanted = others.index(move.before) if move.before is not None else len(others)
            low, high = _allowed_places(others, move.skill, graph, on_roadmap)
            place = min(max(wanted, low), high)
            moved = (*others[:place], move.skill, *others[place:])
    return moved


def find_obstacle(order: Sequence[SkillId], move: Move, graph: PrerequisiteGraph) -> SkillId | None:
    """Return the skill that a move within the order would wrongly cross, or None when it can be made as asked.

    That is the last prerequisite it would come before, or the first lesson building on it that it would come after.
    """
    others = tuple(skill for skill in order if skill != move.skill)
    wanted = others.index(move.before) if move.before is not None else len(others)
    low, high = _allowed_places(others, move.skill, graph, frozenset(others))
    if wanted < low:
        return others[low - 1]
    return others[high] if wanted > high else None


def nearest_move(order: Sequence[SkillId], move: Move, graph: PrerequisiteGraph) -> Move:
    """Return the move to the allowed place within the order that is nearest to the one asked for."""
    others = tuple(skill for skill in order if skill != move.skill)
    wanted = others.index(move.before) if move.before is not None else len(others)
    low, high = _allowed_places(others, move.skill, graph, frozenset(others))
    place = min(max(wanted, low), high)
    return Move(move.skill, others[place] if place < len(others) else None)


def _allowed_places(
    others: Sequence[SkillId], skill: SkillId, graph: PrerequisiteGraph, on_roadmap: AbstractSet[SkillId]
) -> tuple[int, int]:
    """Return the first and the last index at which a skill may be put into the order of the others."""
    ancestors, descendants = graph.ancestors(skill) & on_roadmap, graph.descendants(skill) & on_roadmap
    low = max((index + 1 for index, other in enumerate(others) if other in ancestors), default=0)
    high = min((index for index, other in enumerate(others) if other in descendants), default=len(others))
    return low, high
