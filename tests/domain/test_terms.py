"""Terms of the glossary are found where a reader meets them."""

from dijipilot.domain.ids import LessonNumber
from dijipilot.domain.lesson_text import GlossaryTerm
from dijipilot.domain.terms import TermFinder


def term(name: str, *synonyms: str) -> GlossaryTerm:
    return GlossaryTerm(f"term.{name.lower().replace(' ', '-')}", name, "What it means.", "", (HERE,), synonyms)


HERE = LessonNumber("1.1.1.1")


def found(text: str, *terms: GlossaryTerm) -> list[tuple[str, str]]:
    return [(text[spot.start : spot.end], spot.term) for spot in TermFinder(terms).find(text, HERE)]


def test_the_longest_name_wins_and_the_plural_counts() -> None:
    terms = (term("Order"), term("Draft order"))

    assert found("Two draft orders, one order.", *terms) == [
        ("draft orders", "term.draft-order"),
        ("order", "term.order"),
    ]


def test_a_term_within_another_word_is_none() -> None:
    assert found("Replanting a plant", term("Plant")) == [("plant", "term.plant")]


def test_acronyms_and_names_of_several_words_count_but_not_usual_words() -> None:
    sample = term("Sample order", "sample", "trial order", "SO")

    assert found("A sample, a trial order, an SO", sample) == [
        ("trial order", "term.sample-order"),
        ("SO", "term.sample-order"),
    ]


def test_an_empty_glossary_finds_nothing() -> None:
    assert found("A plant") == []


def test_a_plural_counts_only_where_the_glossary_names_the_lesson() -> None:
    finder = TermFinder([term("Order hold")])

    assert list(finder.find("Every order holds two payments.", LessonNumber("9.9.9.9"))) == []
    assert len(list(finder.find("An order hold; two order holds.", HERE))) == 2
