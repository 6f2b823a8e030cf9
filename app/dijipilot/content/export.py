"""The curriculum as data for scripts, and as an outline and readable lessons for people."""

from collections.abc import Iterator
from typing import TypedDict

from dijipilot.content.plain_text import plain_text
from dijipilot.domain.assessment.items import Item
from dijipilot.domain.assessment.timing import item_seconds
from dijipilot.domain.curriculum import Curriculum, Lesson, Mission
from dijipilot.domain.lesson_text import LessonText, SectionKind


class ExportedSkill(TypedDict):
    """A skill with the lesson that teaches it."""

    id: str
    number: str
    mission: str
    program: str
    stage: str
    title: str
    prerequisites: list[str]
    minutes: int
    impact: int
    difficulty: str
    path: str
    free: bool


class ExportedAct(TypedDict):
    """An act, or a foil: then its skill is None. programs: all it fits; program: the first of them."""

    id: str
    skill: str | None
    program: str
    programs: list[str]
    text: str


Exported = dict[str, list[ExportedSkill] | list[ExportedAct] | list[dict[str, object]]]


def export_data(curriculum: Curriculum) -> Exported:
    """Return what `curriculum export --json` prints; the keys are a contract with scripts."""
    return {
        "skills": [_skill(curriculum, lesson) for lesson in curriculum.lessons],
        "acts": [*_acts(curriculum)],
        "items": [_item(item) for item in curriculum.items],
    }


def _skill(curriculum: Curriculum, lesson: Lesson) -> ExportedSkill:
    mission = curriculum.mission_by_skill[lesson.skill]
    program = curriculum.program_by_mission[mission.number]
    return {
        "id": lesson.skill,
        "number": lesson.number,
        "mission": mission.number,
        "program": program.number,
        "stage": curriculum.stage_by_program[program.number].number,
        "title": lesson.title,
        "prerequisites": [*lesson.prerequisites],
        "minutes": lesson.minutes,
        "impact": lesson.impact,
        "difficulty": mission.difficulty,
        "path": mission.path,
        "free": mission.is_free,
    }


def _acts(curriculum: Curriculum) -> Iterator[ExportedAct]:
    for act in curriculum.acts:
        program = curriculum.program_of(act.skill).number
        yield {"id": act.id, "skill": act.skill, "program": program, "programs": [program], "text": act.text}
    for foil in curriculum.foils:
        programs = [str(program) for program in foil.programs]
        yield {"id": foil.id, "skill": None, "program": programs[0], "programs": programs, "text": foil.text}


def _item(item: Item) -> dict[str, object]:
    exported: dict[str, object] = {
        "id": item.id,
        "kind": item.kind.value,
        "mission": item.mission,
        "skills": [*item.skills],
        "prompt": item.prompt,
        "choose": "one",
        "options": [
            {"id": option.id, "text": option.text, "evidence": dict(option.evidence)}
            | ({} if option.keeps is None else {"keeps": option.keeps})
            for option in item.options
        ],
        "seconds": round(item_seconds(item), 1),
    }
    if item.follows is not None:
        exported |= {"follows": item.follows, "after": sorted(item.after)}
    return exported


def outline(curriculum: Curriculum) -> Iterator[str]:
    """Yield the lines of an outline: stages, programs, missions and lessons."""
    yield f"{curriculum.title}: {len(curriculum.programs)} programs, {len(curriculum.lessons)} lessons"
    for stage in curriculum.stages:
        yield ""
        yield f"{stage.number} {stage.title}"
        for program in stage.programs:
            yield f"  {program.number} {program.title}"
            for mission in program.missions:
                yield f"    {mission.number} {mission.title} ({_mission_marks(mission)})"
                for lesson in mission.lessons:
                    state = "" if lesson.is_ready else ", in preparation"
                    marks = f"{lesson.skill}, {lesson.minutes} min, impact {lesson.impact}{state}"
                    yield f"      {lesson.number} {lesson.title} [{marks}]"


def _mission_marks(mission: Mission) -> str:
    marks = [mission.difficulty, mission.path]
    if mission.is_free:
        marks.append("free")
    if mission.applies_if:
        marks.append("if " + " and ".join(mission.applies_if))
    return ", ".join(marks)


def readable_lesson(lesson: Lesson, text: LessonText | None) -> Iterator[str]:
    """Yield the lines of a lesson as a learner reads it, knowledge check and right answers included."""
    yield f"{lesson.number} {lesson.title}"
    yield "=" * len(f"{lesson.number} {lesson.title}")
    yield f"{lesson.can_do} ({lesson.minutes} min, impact {lesson.impact}, {lesson.skill})"
    if text is None:
        yield "In preparation."
        return
    for section in text.sections:
        yield ""
        yield section.title
        if section.kind is SectionKind.STEPS:
            yield from (f"  {number}. {plain_text(step.markdown)}" for number, step in enumerate(text.steps, start=1))
        else:
            yield from (f"  {line}".rstrip() for line in section.markdown.splitlines())
    yield ""
    yield "Checklist"
    yield from (f"  [ ] {plain_text(box.text)}" for box in text.checklist)
    for question in text.check:
        yield ""
        yield f"? {question.prompt}"
        for option in question.options:
            yield f"  ({'x' if option.is_right else ' '}) {option.text} -- {option.explanation}"
    for fact in text.verified:
        yield ""
        yield f"Checked on {fact.verified_on}: {fact.fact}: {fact.value} ({fact.source})"
