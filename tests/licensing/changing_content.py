"""A small content of which a publisher changes something again and again, all of it sealed."""

from collections.abc import Mapping
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from dijipilot.content.loader import Content
from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.ids import LessonNumber, MissionNumber, SkillId
from dijipilot.domain.lesson_text import MissionQuestion
from tests.builders import lesson_text, small_content

LESSONS = ("niche.buyer", "price.cost-stack", "etsy.listing", "ads.first")
QUESTIONS = {"qa.margin": "1.1.2", "qa.ads": "2.1.1"}
YEARS = ("2026", "2027", "2028")
# Few, so that an author often comes back to what stood there before: that is where a nonce could be used again.
WORDS = ("amber", "basil", "cedar")


class Draft(Struct, frozen=True):
    """What the author can change: the word that a lesson or an answer is about, and when a lesson was published."""

    word_by_lesson: Mapping[str, str]
    word_by_question: Mapping[str, str]
    year_by_lesson: Mapping[str, str]


FIRST = Draft(
    dict.fromkeys(LESSONS, WORDS[0]),
    dict.fromkeys(QUESTIONS, WORDS[0]),
    dict(zip(LESSONS, ("2026", "2026", "2027", "2026"), strict=True)),
)


def edited(draft: Draft, chance: Random) -> Draft:
    """Return a draft with one change, or none."""
    kind = chance.choice(("lesson", "lesson", "question", "year", "none"))
    if kind == "lesson":
        return replace(draft, word_by_lesson={**draft.word_by_lesson, chance.choice(LESSONS): chance.choice(WORDS)})
    if kind == "question":
        changed = {chance.choice(tuple(QUESTIONS)): chance.choice(WORDS)}
        return replace(draft, word_by_question={**draft.word_by_question, **changed})
    if kind == "year":
        return replace(draft, year_by_lesson={**draft.year_by_lesson, chance.choice(LESSONS): chance.choice(YEARS)})
    return draft


def content_of(draft: Draft) -> Content:
    """Return the content as it is to be compiled."""
    content = small_content()

    def prepared(lesson: Lesson) -> Lesson:
        year = draft.year_by_lesson.get(lesson.skill, YEARS[0])
        return replace(lesson, is_ready=lesson.skill in LESSONS, published=f"{year}-03-01")

    stages = tuple(
        replace(
            stage,
            programs=tuple(
                replace(
                    program,
                    missions=tuple(
                        replace(mission, is_free=False, lessons=tuple(map(prepared, mission.lessons)))
                        for mission in program.missions
                    ),
                )
                for program in stage.programs
            ),
        )
        for stage in content.curriculum.stages
    )
    asked = {
        MissionNumber(mission): (_question(name, mission, draft.word_by_question[name]),)
        for name, mission in QUESTIONS.items()
    }
    texts = {SkillId(name): lesson_text(name) for name in LESSONS}
    for name, word in draft.word_by_lesson.items():
        text = texts[SkillId(name)]
        what = replace(text.sections[0], markdown=f"All about {name} and {word}.")
        texts[SkillId(name)] = replace(text, sections=(what, *text.sections[1:]))
    curriculum = replace(content.curriculum, stages=stages)
    return replace(content, curriculum=curriculum, text_by_skill=texts, questions_by_mission=asked)


def _question(name: str, mission: str, word: str) -> MissionQuestion:
    return MissionQuestion(name, f"Why {word}?", f"Because of {word}.", (LessonNumber(f"{mission}.1"),))
