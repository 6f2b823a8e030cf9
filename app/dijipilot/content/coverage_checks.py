"""Checks that nothing is left out: acts, items, Q&A for every skill and mission that need them."""

from collections import Counter
from collections.abc import Iterator

from dijipilot.content.graph_checks import skill_graph
from dijipilot.content.lesson_schema import WrittenLesson
from dijipilot.content.loader import Sources
from dijipilot.content.nodes import Located, Problem
from dijipilot.content.schema import WrittenMission
from dijipilot.domain.assessment.items import ItemKind
from dijipilot.domain.ids import SkillId

MANY_DESCENDANTS = 5
HIGHEST_IMPACT = 5


def coverage_problems(sources: Sources) -> Iterator[Problem]:
    """Yield what is missing. Of lessons in preparation only their acts are asked for."""
    graph = skill_graph(sources)
    skills = [lesson.value.lesson.skill for lesson in sources.lessons]
    descendants = {skill: len(graph.descendants(skill)) for skill in skills}
    counts = _Counts(sources)
    for mission in sources.missions:
        for lesson in mission.value.lessons:
            yield from _acts(lesson, counts, descendants)
            if lesson.value.text is not None:
                yield from _items(lesson, counts, descendants)
        if mission.is_whole and mission.value.mission.is_ready:
            yield from _mission(mission)


class _Counts:
    """How often each skill is asked about, by kind of question."""

    def __init__(self, sources: Sources) -> None:
        items = [item.value for item in sources.items]
        self.acts = Counter(act.value.skill for act in sources.acts)
        self.items = Counter(skill for item in items if item.follows is None for skill in item.skills)
        self.solved = Counter(skill for item in items if item.kind is not ItemKind.SITUATION for skill in item.skills)


def _acts(lesson: Located[WrittenLesson], counts: _Counts, descendants: dict[SkillId, int]) -> Iterator[Problem]:
    skill = lesson.value.lesson.skill
    wanted = 2 if descendants[skill] >= MANY_DESCENDANTS else 1
    if skill and counts.acts[skill] < wanted:
        reason = f", because {descendants[skill]} skills build on it" if wanted == 2 else ""
        what = f'skill "{skill}" has {counts.acts[skill]} acts and needs {wanted}{reason}. Add one under acts.'
        yield lesson.problem(what, "skill")


def _items(lesson: Located[WrittenLesson], counts: _Counts, descendants: dict[SkillId, int]) -> Iterator[Problem]:
    skill = lesson.value.lesson.skill
    if descendants[skill] >= MANY_DESCENDANTS and counts.items[skill] < 2:
        what = (
            f'skill "{skill}" has {counts.items[skill]} items besides its acts and needs 2, '
            f"because {descendants[skill]} skills build on it. Add one under items."
        )
        yield lesson.problem(what, "skill")
    if lesson.value.lesson.impact == HIGHEST_IMPACT and not counts.solved[skill]:
        what = f'skill "{skill}" has impact 5 and needs a scenario or a follow-up. Add one under items.'
        yield lesson.problem(what, "impact")


def _mission(mission: Located[WrittenMission]) -> Iterator[Problem]:
    if not mission.value.items:
        yield mission.problem("it needs at least one situation or scenario. Add one under items.", "items")
    if len(mission.value.questions) < 2:
        count = len(mission.value.questions)
        yield mission.problem(f"it has {count} Q&A entries and needs 2 or more. Add some under questions.", "questions")
