"""Checks that whatever the sources refer to exists: skills, lessons, programs, conditions, options."""

from collections.abc import Iterable, Iterator

from dijipilot.content.loader import Sources
from dijipilot.content.nodes import Located, Problem, did_you_mean
from dijipilot.content.schema import Header
from dijipilot.domain.assessment.items import Item, ItemKind


def reference_problems(sources: Sources) -> Iterator[Problem]:
    """Yield every reference that leads nowhere."""
    yield from _lesson_references(sources)
    programs = _Known("program", [program.value.number for program in sources.programs], sources.unread)
    for foil in sources.foils:
        for position, number in enumerate(foil.value.programs):
            yield from programs.check(foil, number, "programs", position)
    if sources.header:
        yield from _mission_references(sources, sources.header.value)
        yield from _header_references(sources.header.value, programs)
    yield from _earlier_numbers(sources)
    skills = _Known("skill", [lesson.value.lesson.skill for lesson in sources.lessons], sources.unread)
    options = {item.value.id: [option.id for option in item.value.options] for item in sources.items}
    for item in sources.items:
        if item.value.follows is None:
            yield from _item_references(item, skills)
        else:
            known = _Known("option", options.get(item.value.follows, []), "")
            for option in sorted(item.value.after):
                yield from known.check(item, option, "after")
    yield from _act_references(sources)


class _Known:
    """Looks up what is referred to; what may stand in an unreadable file is given the benefit of the doubt."""

    def __init__(self, kind: str, names: Iterable[str], unread: str) -> None:
        self._kind = kind
        self._names = frozenset(names)
        self._unread = unread

    def check(self, found: Located[object], name: str, *path: str | int) -> Iterator[Problem]:
        """Yield a problem when the name is not known."""
        if name and name not in self._names and name not in self._unread:
            hint = did_you_mean(name, self._names) or " Correct it, or remove it."
            yield found.problem(f'{self._kind} "{name}" does not exist.{hint}', *path)


def _lesson_references(sources: Sources) -> Iterator[Problem]:
    skills = _Known("prerequisite", [lesson.value.lesson.skill for lesson in sources.lessons], sources.unread)
    for lesson in sources.lessons:
        for position, needed in enumerate(lesson.value.lesson.prerequisites):
            yield from skills.check(lesson, needed, "prerequisites", position)
    lessons = _Known("lesson", [lesson.value.lesson.number for lesson in sources.lessons], sources.unread)
    for question in sources.questions:
        for position, number in enumerate(question.value.lessons):
            yield from lessons.check(question, number, "lessons", position)
    for term in sources.terms:
        for position, number in enumerate(term.value.lessons):
            yield from lessons.check(term, number, "lessons", position)
    for item in sources.items:
        if item.value.kind is not ItemKind.FOLLOW_UP:
            yield from lessons.check(item, item.value.teaches or "", "teaches")


def _mission_references(sources: Sources, header: Header) -> Iterator[Problem]:
    difficulties = _Known("difficulty", [found.value.id for found in header.difficulties], "")
    paths = _Known("path", [found.value.id for found in header.paths], "")
    conditions = _Known("condition", [found.value.id for found in header.conditions], "")
    for mission in sources.missions:
        plain = mission.value.mission
        yield from difficulties.check(mission, plain.difficulty, "difficulty")
        yield from paths.check(mission, plain.path, "path")
        for position, name in enumerate(plain.applies_if):
            yield from conditions.check(mission, name, "applies_if", position)
    for program in sources.programs:
        for position, name in enumerate(program.value.applies_if):
            yield from conditions.check(program, name, "applies_if", position)


def _header_references(header: Header, programs: _Known) -> Iterator[Problem]:
    facts = _Known("shop fact", [found.value.id for found in header.facts], "")
    options = {found.value.id: [option.id for option in found.value.options] for found in header.facts}
    for condition in header.conditions:
        wanted = condition.value
        yield from facts.check(condition, wanted.fact, "fact")
        known = _Known("option", options.get(wanted.fact, wanted.any_of), "")
        for name in sorted(wanted.any_of):
            yield from known.check(condition, name, "any_of")
    for path in header.paths:
        for fact_id, chosen in path.value.suggested_for.items():
            yield from facts.check(path, fact_id, "suggested_for", fact_id)
            known = _Known("option", options.get(fact_id, chosen), "")
            for chosen_name in sorted(chosen):
                yield from known.check(path, chosen_name, "suggested_for", fact_id)
    for fact in header.facts:
        for position, option in enumerate(fact.value.options):
            for number in option.favors:
                yield from programs.check(fact, number, "options", position, "favors")


def _earlier_numbers(sources: Sources) -> Iterator[Problem]:
    """An earlier number leads to one lesson."""
    first: dict[str, str] = {}
    for lesson in sources.lessons:
        plain = lesson.value.lesson
        for position, number in enumerate(plain.earlier_numbers):
            other = first.setdefault(number, plain.number)
            if other != plain.number:
                what = f'earlier number "{number}" belongs to lesson {other} already. Remove one.'
                yield lesson.problem(what, "earlier_numbers", position)


def _item_references(item: Located[Item], skills: _Known) -> Iterator[Problem]:
    """The skills of an item exist, and its evidence speaks of no others."""
    own = item.value.skills
    for position, skill in enumerate(own):
        yield from skills.check(item, skill, "skills", position)
    for position, option in enumerate(item.value.options):
        for skill in option.evidence:
            if skill not in own:
                hint = did_you_mean(skill, list(own)) or " Add it there, or remove it here."
                what = f'option {option.id}: evidence of "{skill}", which is not among the skills of the item.{hint}'
                yield item.problem(what, "options", position, "evidence", skill)


def _act_references(sources: Sources) -> Iterator[Problem]:
    """An act stands in the file of the mission that teaches its skill."""
    for mission in sources.missions:
        own = [lesson.skill for lesson in mission.value.mission.lessons]
        skills = _Known("skill", own, "")
        for act in mission.value.acts:
            yield from skills.check(act, act.value.skill, "skill")
