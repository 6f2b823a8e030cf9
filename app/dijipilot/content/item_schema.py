"""Shape of what is asked and looked up: acts, foils, items with their follow-ups, Q&A, glossary."""

from dijipilot.content.fields import Fields
from dijipilot.content.nodes import Located
from dijipilot.domain.assessment.items import Act, Foil, Item, ItemKind, ItemOption, follow_up_id
from dijipilot.domain.ids import ActId, ItemId, LessonNumber, MissionNumber, OptionId, ProgramNumber, SkillId
from dijipilot.domain.lesson_text import GlossaryTerm, MissionQuestion


def read_act(fields: Fields) -> Located[Act]:
    """Read one entry of `acts`."""
    act = Act(ActId(fields.identifier("id")), SkillId(fields.identifier("skill")), fields.text("text"))
    fields.finish()
    return Located(act, fields.place, fields.is_whole)


def read_item(fields: Fields, mission: MissionNumber) -> tuple[Located[Item], ...]:
    """Read an item and, where it has one, its follow-up as an item of its own."""
    item_id = ItemId(fields.identifier("id"))
    skills = tuple(SkillId(skill) for skill in fields.texts("skills"))
    kind = fields.one_of("kind", ["situation", "scenario"])
    item = Item(
        id=item_id,
        kind=ItemKind(kind) if kind in {"situation", "scenario"} else ItemKind.SITUATION,
        mission=mission,
        skills=skills,
        prompt=fields.text("prompt"),
        options=fields.each("options", fields.place.label + ", option {}", _read_item_option),
        think_seconds=fields.decimal("think_seconds", 1, 120, default=0.0),
        explanation=fields.text("explanation"),
        teaches=LessonNumber(fields.number("teaches")),
        verified_on=fields.day("verified_on", is_required=False),
    )
    follow_up = fields.part("follow_up", lambda part: _read_follow_up(part, item), is_required=False)
    fields.finish()
    located = Located(item, fields.place, fields.is_whole)
    return (located,) if follow_up is None else (located, follow_up)


def _read_item_option(fields: Fields) -> ItemOption:
    option = ItemOption(
        id=OptionId(fields.identifier("id")),
        text=fields.text("text"),
        evidence={SkillId(skill): value for skill, value in fields.evidence("evidence").items()},
        reveals=fields.text("reveals"),
    )
    fields.finish()
    return option


def _read_follow_up(fields: Fields, item: Item) -> Located[Item]:
    after = frozenset(OptionId(option) for option in fields.texts("after"))
    follow_up = Item(
        id=follow_up_id(item.id),
        kind=ItemKind.FOLLOW_UP,
        mission=item.mission,
        skills=item.skills,
        prompt=fields.text("prompt"),
        options=fields.each("options", f"{fields.place.label}, follow-up option {{}}", _read_follow_up_option),
        explanation=item.explanation,
        teaches=item.teaches,
        verified_on=item.verified_on,
        follows=item.id,
        after=after,
    )
    fields.finish()
    return Located(follow_up, fields.place, fields.is_whole)


def _read_follow_up_option(fields: Fields) -> ItemOption:
    option = ItemOption(
        id=OptionId(fields.identifier("id")), text=fields.text("text"), evidence={}, keeps=fields.flag("keeps")
    )
    fields.finish()
    return option


def read_question(fields: Fields) -> Located[MissionQuestion]:
    """Read one entry of `questions`."""
    question = MissionQuestion(
        id=fields.identifier("id"),
        question=fields.text("question"),
        answer=fields.text("answer"),
        lessons=_lesson_numbers(fields),
    )
    fields.finish()
    return Located(question, fields.place, fields.is_whole)


def _lesson_numbers(fields: Fields) -> tuple[LessonNumber, ...]:
    return tuple(LessonNumber(number) for number in fields.numbers("lessons"))


def read_glossary(fields: Fields) -> tuple[Located[GlossaryTerm], ...]:
    """Read glossary.yaml."""
    terms = fields.each("terms", "term {}", _read_term)
    fields.finish()
    return terms


def _read_term(fields: Fields) -> Located[GlossaryTerm]:
    term = GlossaryTerm(
        id=fields.identifier("id"),
        term=fields.text("term"),
        definition=fields.text("definition"),
        example=fields.text("example"),
        lessons=_lesson_numbers(fields),
        synonyms=fields.texts("synonyms", is_required=False),
    )
    fields.finish()
    return Located(term, fields.place, fields.is_whole)


def read_foils(fields: Fields) -> tuple[Located[Foil], ...]:
    """Read foils.yaml."""
    foils = fields.each("foils", "foil {}", _read_foil)
    fields.finish()
    return foils


def _read_foil(fields: Fields) -> Located[Foil]:
    programs = tuple(ProgramNumber(number) for number in fields.numbers("programs"))
    foil = Foil(ActId(fields.identifier("id")), fields.text("text"), programs)
    fields.finish()
    return Located(foil, fields.place, fields.is_whole)
