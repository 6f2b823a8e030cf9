"""What is sealed in the pack of this checkout, word for word, for whoever looks for it where it must not be."""

from functools import cache

from dijipilot.content.loader import Content, assemble, load_sources
from dijipilot.content.plain_text import plain_text
from dijipilot.domain.lesson_text import LessonText, MissionQuestion
from dijipilot.paths import curriculum_sources
from tests.licensing.disk_search import SecretText, public_of, secret_of_lesson, secret_of_question


@cache
def checkout_content() -> Content:
    """Return the curriculum of this checkout, from its sources."""
    sources = curriculum_sources()
    assert sources is not None
    return assemble(load_sources(sources))


@cache
def sealed_words() -> SecretText:
    """Return every text of lessons, knowledge checks and Q&A that is not free.

    What stands word for word in a free lesson, too, or in anything else that is public, is none of them.
    """
    content = checkout_content()
    secret: list[str] = []
    public = list(public_of(content.curriculum, content.glossary))
    # As they stand beside each other in what is searched.
    public += [f"{term.definition} {term.example}" for term in content.glossary]
    public += [f"{term.term} ({', '.join(term.synonyms)})" for term in content.glossary]
    for mission in content.curriculum.missions():
        texts = [
            content.text_by_skill[lesson.skill] for lesson in mission.lessons if lesson.skill in content.text_by_skill
        ]
        words = _words(texts, content.questions_by_mission.get(mission.number, ()))
        if mission.is_free:
            public += [*words, *map(_in_a_row, texts)]
        else:
            secret += words
    return SecretText(secret, public)


def _words(texts: list[LessonText], questions: tuple[MissionQuestion, ...]) -> list[str]:
    of_lessons = [words for text in texts for words in secret_of_lesson(text)]
    return of_lessons + [words for question in questions for words in secret_of_question(question)]


def _in_a_row(text: LessonText) -> str:
    parts = [part for section in text.sections for part in (section.title, section.markdown)]
    return " ".join(plain_text(part) for part in (*parts, *(box.text for box in text.checklist)))
