"""Checks what things are called: numbers nest, ids and slugs are unique and say what they belong to."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from dijipilot.content.loader import Sources, parent_number
from dijipilot.content.nodes import Located, Place, Problem
from dijipilot.content.schema import Header
from dijipilot.domain.assessment.items import ItemKind
from dijipilot.domain.curriculum import Difficulty, LearningPath
from dijipilot.domain.shop_facts import Condition, ShopFact

PROGRAM_COUNT = 18


def naming_problems(sources: Sources) -> Iterator[Problem]:
    """Yield what is called in a way that nothing else can rely on."""
    yield from _numbers(sources)
    yield from _repeated(sources)
    yield from _retired(sources)
    yield from _id_forms(sources)


def _numbers(sources: Sources) -> Iterator[Problem]:
    """Files and folders are called as the numbers in them, and every number continues its parent's."""
    for stage in sources.stages:
        yield from _folder_name(stage.place, stage.value.number, stage.value.slug, 1)
    stages = {str(stage.value.number) for stage in sources.stages}
    for program in sources.programs:
        yield from _folder_name(program.place, program.value.number, program.value.slug, 2)
        folder = PurePosixPath(program.place.file).parent.parent.name
        yield from _nested(program, program.value.number, folder.partition("-")[0], 2)
        if parent_number(program.value.number) not in stages and not sources.unread:
            yield program.problem("its folder has no stage.yaml above it. Write one.", "number")
    programs = {program.value.number for program in sources.programs}
    for mission in sources.missions:
        path = PurePosixPath(mission.place.file)
        number = mission.value.mission.number
        if number != path.stem:
            yield mission.problem(f'number "{number}" does not match the file name {path.name}. Change one.', "number")
        yield from _nested(mission, number, path.parent.name.partition("-")[0], 3)
        if parent_number(number) not in programs and not sources.unread:
            yield mission.problem("its folder has no program.yaml. Write one.", "number")
        for lesson in mission.value.lessons:
            yield from _nested(lesson, lesson.value.lesson.number, number, 4)
    if not sources.unread and len(sources.programs) != PROGRAM_COUNT and sources.header:
        what = (
            f"there are {len(sources.programs)} programs, and must be {PROGRAM_COUNT}. Add or remove program folders."
        )
        yield sources.header.problem(what)


def _folder_name(place: Place, number: str, slug: str, depth: int) -> Iterator[Problem]:
    folder = PurePosixPath(place.file).parent.name
    if number and slug and folder != f"{number}-{slug}":
        key = "slug" if folder.startswith(f"{number}-") else "number"
        yield place.problem(f'its folder "{folder}" must be called "{number}-{slug}". Rename one.', key)
    if number and number.count(".") + 1 != depth:
        yield place.problem(f'number "{number}" must have {depth} parts', "number")


def _nested(found: Located[object], number: str, parent: str, depth: int) -> Iterator[Problem]:
    if not number:
        return
    if number.count(".") + 1 != depth:
        yield found.problem(f'number "{number}" must have {depth} parts, such as "{parent}.1"', "number")
    elif parent_number(number) != parent:
        yield found.problem(f'number "{number}" must begin with "{parent}.", as where it stands', "number")


def _repeated(sources: Sources) -> Iterator[Problem]:
    """Nothing that identifies something identifies two things."""
    named: list[tuple[str, str, str, Located[object]]] = []
    for stage in sources.stages:
        named += [("number", stage.value.number, "number", stage), ("slug", stage.value.slug, "slug", stage)]
    for program in sources.programs:
        named += [("number", program.value.number, "number", program), ("slug", program.value.slug, "slug", program)]
    for mission in sources.missions:
        plain = mission.value.mission
        named += [("number", plain.number, "number", mission), ("slug", plain.slug, "slug", mission)]
    for lesson in sources.lessons:
        named.append(("number", lesson.value.lesson.number, "number", lesson))
        named.append(("skill", lesson.value.lesson.skill, "skill", lesson))
        if lesson.value.text:
            named += [("id", question.id, "check", lesson) for question in lesson.value.text.check]
    named += [("id", name, "id", found) for name, found in _ids(sources)]
    named += [("id", item.value.id, "id", item) for item in sources.items if item.value.kind is not ItemKind.FOLLOW_UP]
    if sources.header:
        header = sources.header.value
        named += [(found.place.label.split()[0], found.value.id, "id", found) for found in _header_things(header)]
    yield from _repetitions(named)
    yield from _repeated_within(sources)


def _ids(sources: Sources) -> Iterator[tuple[str, Located[object]]]:
    yield from ((act.value.id, act) for act in sources.acts)
    yield from ((foil.value.id, foil) for foil in sources.foils)
    yield from ((question.value.id, question) for question in sources.questions)
    yield from ((term.value.id, term) for term in sources.terms)


def _header_things(header: Header) -> Iterator[Located[Difficulty | LearningPath | ShopFact | Condition]]:
    yield from header.difficulties
    yield from header.paths
    yield from header.facts
    yield from header.conditions


def _repetitions(named: Iterable[tuple[str, str, str, Located[object]]]) -> Iterator[Problem]:
    first: dict[tuple[str, str], Located[object]] = {}
    for kind, name, key, found in named:
        if not name:
            continue
        other = first.setdefault((kind, name), found)
        if other is not found or (key == "check" and _is_twice_in_check(name, found)):
            where = f"{other.place.file}:{other.place.line(key)}"
            yield found.problem(f'{kind} "{name}" stands already in {where}. Give this one its own.', key)


def _is_twice_in_check(name: str, found: Located[object]) -> bool:
    text = getattr(found.value, "text", None)
    return text is not None and [question.id for question in text.check].count(name) > 1


def _repeated_within(sources: Sources) -> Iterator[Problem]:
    """Option, step and box ids are unique in what they belong to."""
    for item in sources.items:
        yield from _twice(item, [option.id for option in item.value.options], "option", "options")
        yield from _twice(item, item.value.skills, "skill", "skills")
    for lesson in sources.lessons:
        plain = lesson.value.lesson
        yield from _twice(lesson, plain.prerequisites, "prerequisite", "prerequisites")
        text = lesson.value.text
        if text is None:
            continue
        yield from _twice(lesson, [step.id for step in text.steps], "step", "steps", "list")
        yield from _twice(lesson, [box.id for box in text.checklist], "checklist box", "checklist")
        for position, question in enumerate(text.check):
            options = [option.id for option in question.options]
            yield from _twice(lesson, options, "option", "check", position, "options")
    for fact in sources.header.value.facts if sources.header else ():
        yield from _twice(fact, [option.id for option in fact.value.options], "option", "options")


def _twice(found: Located[object], names: Sequence[str], kind: str, *path: str | int) -> Iterator[Problem]:
    for position, name in enumerate(names):
        if name and name in names[:position]:
            yield found.problem(f'{kind} "{name}" stands here twice. Give each its own.', *path, position)


def _retired(sources: Sources) -> Iterator[Problem]:
    if sources.header is None:
        return
    retired = {found.value.skill: found for found in sources.header.value.retired}
    for lesson in sources.lessons:
        skill = lesson.value.lesson.skill
        if skill in retired:
            where = f"{retired[skill].place.file}:{retired[skill].place.line('skill')}"
            yield lesson.problem(f'skill "{skill}" was retired ({where}); its id is never used again.', "skill")


def _id_forms(sources: Sources) -> Iterator[Problem]:
    """An id says what it belongs to, so that whoever meets it in a record knows."""
    for act in sources.acts:
        wanted = f"act.{act.value.skill}"
        if act.value.id and act.value.id not in {wanted, f"{wanted}.2"}:
            yield act.problem(f'id "{act.value.id}" must be "{wanted}", or "{wanted}.2" for a second act', "id")
    for item in sources.items:
        if item.value.skills and item.value.kind is not ItemKind.FOLLOW_UP:
            yield from _serial_form(item, item.value.id, f"item.{item.value.skills[0]}", "id")
    for lesson in sources.lessons:
        for position, question in enumerate(lesson.value.text.check if lesson.value.text else ()):
            wanted = f"check.{lesson.value.lesson.skill}"
            yield from _serial_form(lesson, question.id, wanted, "check", position, "id")
    for name, found in _ids(sources):
        prefix = {"question": "qa.", "term": "term.", "foil": "foil."}.get(found.place.label.partition(" ")[0], "")
        if name and not name.startswith(prefix):
            yield found.problem(f'id "{name}" must begin with "{prefix}"', "id")


def _serial_form(found: Located[object], name: str, wanted: str, *path: str | int) -> Iterator[Problem]:
    stem, _, serial = name.rpartition(".")
    if name and (stem != wanted or not serial.isdecimal()):
        yield found.problem(f'id "{name}" must be "{wanted}." and a serial number', *path)
