"""Shape of one lesson in a mission file, and the text a learner reads made of it."""

from collections.abc import Iterable

from msgspec import Struct

from dijipilot.content.fields import Fields
from dijipilot.content.nodes import Located
from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.ids import LessonNumber, OptionId, SkillId
from dijipilot.domain.lesson_text import (
    ChecklistEntry,
    CheckOption,
    CheckQuestion,
    LessonText,
    Section,
    SectionKind,
    Step,
    VerifiedFact,
)

BEGINNER = "Beginner"


class WrittenLesson(Struct, frozen=True):
    """A lesson as authors wrote it. text: None while it is in preparation; sums: to be recomputed by validation."""

    lesson: Lesson
    text: LessonText | None
    mistakes: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()


def read_lesson(fields: Fields, difficulty: str) -> Located[WrittenLesson]:
    """Read one entry of `lessons`; the difficulty of its mission decides how its tip is called."""
    is_ready = fields.one_of("status", ["ready", "draft"]) == "ready"
    lesson = Lesson(
        number=LessonNumber(fields.number("number")),
        title=fields.text("title"),
        skill=SkillId(fields.identifier("skill")),
        can_do=fields.text("can_do"),
        minutes=fields.whole_number("minutes", 1, 600),
        impact=fields.whole_number("impact", 1, 5),
        prerequisites=tuple(SkillId(skill) for skill in fields.texts("prerequisites")),
        is_ready=is_ready,
        earlier_numbers=tuple(LessonNumber(number) for number in fields.numbers("earlier_numbers", is_required=False)),
        published=fields.day("published", is_required=False) or "",
    )
    written = _read_text(fields, lesson, difficulty)
    fields.finish()
    return Located(written, fields.place, fields.is_whole)


def _read_text(fields: Fields, lesson: Lesson, difficulty: str) -> WrittenLesson:
    """Read the text. A draft's is checked as far as it is there, and not kept: nobody shall read half a lesson."""
    must = lesson.is_ready
    blank = None if must else ""
    what, why = fields.text("what", default=blank), fields.text("why", default=blank)
    steps_title, steps = fields.part("steps", _read_steps, is_required=must) or ("", ())
    example_title, example, sums = fields.part("example", _read_example, is_required=must) or ("", "", ())
    mistakes = fields.texts("mistakes", is_required=must)
    tip = fields.text("tip", default=blank)
    label = fields.place.label
    checklist = fields.each("checklist", label + ", checklist box {}", _read_box, is_required=must)
    check = fields.each("check", label + ", question {}", _read_check_question, is_required=must)
    verified = fields.each("verified", label + ", verified fact {}", _read_verified_fact, is_required=False)
    if not must:
        return WrittenLesson(lesson, None)
    sections = (
        Section(SectionKind.WHAT, "What is it?", what),
        Section(SectionKind.WHY, "Why is it important?", why),
        Section(SectionKind.STEPS, steps_title, numbered(step.markdown for step in steps)),
        Section(SectionKind.EXAMPLE, example_title, example),
        Section(SectionKind.MISTAKES, "Common mistakes", "\n".join(f"- {_indented(text, 2)}" for text in mistakes)),
        Section(SectionKind.TIP, "Beginner's Tip" if difficulty == BEGINNER else "Pro Tip", tip),
    )
    return WrittenLesson(lesson, LessonText(lesson.skill, sections, steps, checklist, check, verified), mistakes, sums)


def numbered(texts: Iterable[str]) -> str:
    """Return texts as one numbered Markdown list."""
    return "\n".join(f"{position}. {_indented(text, 3)}" for position, text in enumerate(texts, start=1))


def _indented(text: str, width: int) -> str:
    """Indent all lines but the first, so that they stay within their list entry."""
    return text.replace("\n", "\n" + " " * width)


def _read_steps(fields: Fields) -> tuple[str, tuple[Step, ...]]:
    title = fields.text("title")
    steps = fields.each("list", fields.place.label + ", step {}", _read_step)
    fields.finish()
    return title, steps


def _read_step(fields: Fields) -> Step:
    step = Step(fields.identifier("id"), fields.text("text"))
    fields.finish()
    return step


def _read_example(fields: Fields) -> tuple[str, str, tuple[str, ...]]:
    example = fields.text("title"), fields.text("text"), fields.texts("sums", is_required=False)
    fields.finish()
    return example


def _read_box(fields: Fields) -> ChecklistEntry:
    box = ChecklistEntry(fields.identifier("id"), fields.text("text"))
    fields.finish()
    return box


def _read_check_question(fields: Fields) -> CheckQuestion:
    question = CheckQuestion(
        id=fields.identifier("id"),
        prompt=fields.text("prompt"),
        options=fields.each("options", fields.place.label + ", option {}", _read_check_option),
    )
    fields.finish()
    return question


def _read_check_option(fields: Fields) -> CheckOption:
    option = CheckOption(
        id=OptionId(fields.identifier("id")),
        text=fields.text("text"),
        is_right=fields.flag("right", default=False),
        explanation=fields.text("explanation"),
    )
    fields.finish()
    return option


def _read_verified_fact(fields: Fields) -> VerifiedFact:
    fact = VerifiedFact(
        fact=fields.text("fact"),
        value=fields.text("value"),
        source=fields.text("source"),
        verified_on=fields.day("verified_on") or "",
    )
    fields.finish()
    return fact
