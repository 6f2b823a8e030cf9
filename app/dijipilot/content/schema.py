"""Shape of the YAML sources under curriculum/: which keys each file has, and the domain objects they become."""

from msgspec import Struct

from dijipilot.content.fields import Fields
from dijipilot.content.item_schema import read_act, read_item, read_question
from dijipilot.content.lesson_schema import WrittenLesson, read_lesson
from dijipilot.content.nodes import Located
from dijipilot.domain.assessment.items import Act, Item
from dijipilot.domain.curriculum import Difficulty, LearningPath, Mission, Program, RetiredLesson, Stage
from dijipilot.domain.ids import (
    ConditionId,
    FactId,
    LessonNumber,
    MissionNumber,
    OptionId,
    ProgramNumber,
    SkillId,
    StageNumber,
)
from dijipilot.domain.lesson_text import MissionQuestion
from dijipilot.domain.shop_facts import Condition, FactOption, ShopFact

SCHEMA_VERSION = 1


class Header(Struct, frozen=True):
    """What curriculum.yaml says. published: day on which lessons were published that name no day of their own."""

    title: str
    language: str
    edition: str
    published: str
    difficulties: tuple[Located[Difficulty], ...]
    paths: tuple[Located[LearningPath], ...]
    assessment_minutes: float
    facts: tuple[Located[ShopFact], ...]
    conditions: tuple[Located[Condition], ...]
    retired: tuple[Located[RetiredLesson], ...]


class WrittenMission(Struct, frozen=True):
    """A mission file: the mission with its lessons, and everything that is written beside them."""

    mission: Mission
    lessons: tuple[Located[WrittenLesson], ...]
    acts: tuple[Located[Act], ...]
    items: tuple[Located[Item], ...]
    questions: tuple[Located[MissionQuestion], ...]


def read_header(fields: Fields) -> Located[Header]:
    """Read curriculum.yaml."""
    version = fields.whole_number("schema_version", 1, 999)
    if version != SCHEMA_VERSION:
        fields.report(
            f"schema_version {version} is not known here; this compiler reads {SCHEMA_VERSION}", "schema_version"
        )
    for key in ("impact_scale", "written_on"):
        fields.skip(key)
    minutes_and_facts = fields.part("assessment", _read_assessment)
    minutes, facts = minutes_and_facts or (5.0, ())
    header = Header(
        title=fields.text("title"),
        language=fields.text("language"),
        edition=fields.text("edition", default=""),
        published=fields.day("published") or "",
        difficulties=fields.each("difficulties", "difficulty {}", _read_difficulty),
        paths=fields.each("paths", "path {}", _read_path),
        assessment_minutes=minutes,
        facts=facts,
        conditions=_read_conditions(fields),
        retired=fields.each("retired", "retired skill {}", _read_retired, is_required=False),
    )
    fields.finish()
    return Located(header, fields.place, fields.is_whole)


def _read_assessment(fields: Fields) -> tuple[float, tuple[Located[ShopFact], ...]]:
    minutes = fields.decimal("minutes", 1, 60)
    facts = fields.each("facts", "shop fact {}", _read_fact)
    fields.skip("not_sure_always_offered")
    fields.finish()
    return minutes, facts


def _read_fact(fields: Fields) -> Located[ShopFact]:
    fact = ShopFact(
        id=FactId(fields.identifier("id")),
        question=fields.text("question"),
        allows_many=fields.one_of("choose", ["one", "many"]) == "many",
        asked_before_items=fields.one_of("asked", ["before_items", "before_roadmap"]) == "before_items",
        used_for=fields.text("used_for"),
        options=fields.each("options", fields.place.label + ", option {}", _read_fact_option),
        note=fields.text("note", default=""),
    )
    fields.finish()
    return Located(fact, fields.place, fields.is_whole)


def _read_fact_option(fields: Fields) -> FactOption:
    favors = tuple(ProgramNumber(number) for number in fields.numbers("favors", is_required=False))
    option = FactOption(OptionId(fields.identifier("id")), fields.text("label"), favors)
    fields.finish()
    return option


def _read_difficulty(fields: Fields) -> Located[Difficulty]:
    difficulty = Difficulty(fields.text("id"), fields.text("meaning"))
    fields.finish()
    return Located(difficulty, fields.place, fields.is_whole)


def _read_path(fields: Fields) -> Located[LearningPath]:
    identifier, meaning = fields.text("id"), fields.text("meaning")
    suggested = fields.part("suggested_for", _read_suggestions, is_required=False)
    fields.finish()
    return Located(LearningPath(identifier, meaning, suggested or {}), fields.place, fields.is_whole)


def _read_suggestions(fields: Fields) -> dict[FactId, frozenset[str]]:
    return {FactId(name): frozenset(fields.texts(name)) for name in fields.names()}


def _read_conditions(fields: Fields) -> tuple[Located[Condition], ...]:
    read = fields.by_name("conditions", "condition {}", _read_condition)
    return tuple(
        Located(Condition(ConditionId(name), found.value[0], found.value[1]), found.place, found.is_whole)
        for name, found in read.items()
    )


def _read_condition(fields: Fields) -> Located[tuple[FactId, frozenset[OptionId]]]:
    fact = FactId(fields.identifier("fact"))
    options = frozenset(OptionId(option) for option in fields.texts("any_of"))
    fields.finish()
    return Located((fact, options), fields.place, fields.is_whole)


def _read_retired(fields: Fields) -> Located[RetiredLesson]:
    retired = RetiredLesson(
        SkillId(fields.identifier("skill")), fields.text("title"), LessonNumber(fields.number("last_number"))
    )
    fields.finish()
    return Located(retired, fields.place, fields.is_whole)


def read_stage(fields: Fields) -> Located[Stage]:
    """Read stage.yaml; its programs are added when all files are read."""
    stage = Stage(
        number=StageNumber(fields.number("number")),
        slug=fields.identifier("slug"),
        title=fields.text("title"),
        outcome=fields.text("outcome"),
        programs=(),
    )
    fields.finish()
    return Located(stage, fields.place, fields.is_whole)


def read_program(fields: Fields) -> Located[Program]:
    """Read program.yaml; its missions are added when all files are read."""
    program = Program(
        number=ProgramNumber(fields.number("number")),
        slug=fields.identifier("slug"),
        title=fields.text("title"),
        outcome=fields.text("outcome"),
        applies_if=_read_applies_if(fields),
        missions=(),
    )
    fields.finish()
    return Located(program, fields.place, fields.is_whole)


def _read_applies_if(fields: Fields) -> tuple[ConditionId, ...]:
    return tuple(ConditionId(name) for name in fields.texts("applies_if", is_required=False))


def read_mission(fields: Fields) -> Located[WrittenMission]:
    """Read a mission file: lessons, acts, items, Q&A."""
    number = MissionNumber(fields.number("number"))
    difficulty = fields.text("difficulty")
    lessons = fields.each("lessons", "lesson {}", lambda lesson: read_lesson(lesson, difficulty))
    mission = Mission(
        number=number,
        slug=fields.identifier("slug"),
        title=fields.text("title"),
        difficulty=difficulty,
        path=fields.text("path"),
        outcome=fields.text("outcome"),
        is_free=fields.flag("free", default=False),
        applies_if=_read_applies_if(fields),
        lessons=tuple(lesson.value.lesson for lesson in lessons),
    )
    acts = fields.each("acts", "act {}", read_act)
    groups = fields.each("items", "item {}", lambda item: read_item(item, number), is_required=False)
    questions = fields.each("questions", "question {}", read_question, is_required=False)
    fields.finish()
    items = tuple(item for group in groups for item in group)
    written = WrittenMission(mission, lessons, acts, items, questions)
    return Located(written, fields.place, fields.is_whole)
