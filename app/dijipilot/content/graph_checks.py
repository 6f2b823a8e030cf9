"""Checks the prerequisites: the rules that make every order of study we offer a possible one."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from dijipilot.content.lesson_schema import WrittenLesson
from dijipilot.content.loader import Sources, number_key
from dijipilot.content.nodes import Located, Problem
from dijipilot.domain.curriculum import Mission
from dijipilot.domain.ids import FactId, OptionId, SkillId
from dijipilot.domain.prerequisites import PrerequisiteGraph


class _Taught(Struct, frozen=True):
    """A lesson with all that the rules look at."""

    lesson: Located[WrittenLesson]
    mission: Mission
    path: int
    difficulty: int
    needs: Mapping[FactId, frozenset[OptionId]]
    """By shop fact, the options under which the lesson applies; a fact that is absent does not matter."""


def skill_graph(sources: Sources) -> PrerequisiteGraph:
    """Return the graph of all lessons read."""
    return PrerequisiteGraph(
        {lesson.value.lesson.skill: lesson.value.lesson.prerequisites for lesson in sources.lessons}
    )


def graph_problems(sources: Sources) -> Iterator[Problem]:
    """Yield what breaks the rules about prerequisites."""
    graph = skill_graph(sources)
    taught = _taught(sources)
    cycle = graph.find_cycle()
    if cycle:
        circle = " needs ".join((*cycle, cycle[0]))
        found = next((taught[skill].lesson for skill in cycle if skill in taught), None)
        if found:
            yield found.problem(f"prerequisites run in a circle: {circle}. Remove one.", "prerequisites")
        return
    for skill, needed in graph.redundant_links():
        lesson = taught[skill].lesson
        through = next(
            other for other in lesson.value.lesson.prerequisites if other != needed and needed in graph.ancestors(other)
        )
        what = f'prerequisite "{needed}" follows from "{through}" already. Remove it.'
        yield lesson.problem(what, "prerequisites", lesson.value.lesson.prerequisites.index(needed))
    for one in taught.values():
        for position, needed in enumerate(one.lesson.value.lesson.prerequisites):
            if needed in taught:
                for what in _broken_rules(one, taught[needed]):
                    yield one.lesson.problem(f'prerequisite "{needed}" {what}', "prerequisites", position)


def _taught(sources: Sources) -> dict[SkillId, _Taught]:
    header = sources.header.value if sources.header else None
    paths = [path.value.id for path in header.paths] if header else []
    difficulties = [difficulty.value.id for difficulty in header.difficulties] if header else []
    facts = {fact.value.id for fact in header.facts} if header else set()
    conditions = {found.value.id: found.value for found in header.conditions} if header else {}
    if any(condition.fact not in facts for condition in conditions.values()):
        # Told elsewhere; as long as it stands nobody can say what applies when.
        conditions = {}
    of_program = {str(program.value.number): program.value.applies_if for program in sources.programs}
    found: dict[SkillId, _Taught] = {}
    for mission in sources.missions:
        plain = mission.value.mission
        names = (*plain.applies_if, *of_program.get(_program(plain), ()))
        needs: dict[FactId, frozenset[OptionId]] = {}
        for name in names:
            if name in conditions:
                fact = conditions[name].fact
                needs[fact] = needs.get(fact, conditions[name].any_of) & conditions[name].any_of
        for lesson in mission.value.lessons:
            path = paths.index(plain.path) if plain.path in paths else 0
            difficulty = difficulties.index(plain.difficulty) if plain.difficulty in difficulties else 0
            found.setdefault(lesson.value.lesson.skill, _Taught(lesson, plain, path, difficulty, needs))
    return found


def _program(mission: Mission) -> str:
    return mission.number.rpartition(".")[0]


def _broken_rules(one: _Taught, needed: _Taught) -> Iterator[str]:
    own, other = one.lesson.value.lesson, needed.lesson.value.lesson
    if number_key(other.number) >= number_key(own.number):
        yield f"comes later: lesson {other.number}. Renumber the lessons, or remove it."
    if needed.path > one.path:
        yield f"is taught on the later path {needed.mission.path}. Change a path, or remove it."
    if needed.difficulty > one.difficulty:
        yield f"is taught in a mission of higher difficulty, {needed.mission.difficulty}. Change one, or remove it."
    if one.mission.is_free and not needed.mission.is_free:
        yield f"is taught in mission {needed.mission.number}, which is not free. Make it free, or remove it."
    for fact, options in needed.needs.items():
        if fact not in one.needs or not one.needs[fact] <= options:
            yield f"can be left out by its condition on {fact} while this lesson stays. Align applies_if, or remove it."
