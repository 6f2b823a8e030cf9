"""What is in the pack is found, however it is typed, and what is typed is never a command."""

from pathlib import Path

import pytest

from dijipilot.content.folding import fold
from dijipilot.content.freshness import shipped
from dijipilot.content.pack import Pack, open_pack
from dijipilot.content.search import distance, make_snippet, search, suggest
from tests.content.mini_curriculum import MISSION, build_pack, change
from tests.packs import opened


@pytest.mark.parametrize("word", ["ISTANBUL", "İstanbul", "ıstanbul", "istanbul", "İSTANBUL", "Istanbul", "istan"])
def test_every_spelling_of_istanbul_finds_the_same(pack: Pack, word: str) -> None:
    assert {(hit.kind, hit.id) for hit in search(pack, word)} == {("lesson", "base.first"), ("glossary", "term.lamp")}


@pytest.mark.parametrize("word", ["ışık", "IŞIK", "isik", "ISIK", "işik", "Işık", "ısı"])
def test_every_spelling_of_light_finds_the_same(pack: Pack, word: str) -> None:
    hits = search(pack, word)

    assert [(hit.kind, hit.id) for hit in hits] == [("glossary", "term.lamp"), ("lesson", "base.first")]


def test_the_original_spelling_is_shown_with_its_marks(pack: Pack) -> None:
    lesson = next(hit for hit in search(pack, "ISIK istanbul") if hit.kind == "lesson")

    assert "**ışık** in **İstanbul**" in lesson.snippet
    assert lesson.title == "How Do You Do Thing 1?"
    assert lesson.lesson == "1.1.1.1"
    assert not lesson.locked


def test_questions_terms_and_synonyms_are_found(pack: Pack) -> None:
    assert [(hit.kind, hit.id, hit.lesson) for hit in search(pack, "cancel printing")] == [
        ("question", "qa.base.cancel", "1.1.1.2")
    ]
    assert [(hit.kind, hit.title) for hit in search(pack, "contribution")] == [("glossary", "Margin (contribution)")]


def test_the_last_word_may_be_unfinished_but_no_other(pack: Pack) -> None:
    assert [hit.id for hit in search(pack, "cancel pri")] == ["qa.base.cancel"]
    assert search(pack, "canc zzz") == []


def test_a_title_counts_more_than_the_text(pack: Pack) -> None:
    assert search(pack, "margin")[0].id == "term.margin"


def test_where_nothing_holds_all_words_any_will_do(pack: Pack) -> None:
    assert search(pack, "cancel nonsense")[0].id == "qa.base.cancel"


def test_a_lesson_in_preparation_is_found_by_what_it_will_teach(pack: Pack) -> None:
    assert search(pack, "What is base.third")[0].id == "base.third"


@pytest.mark.parametrize(
    ("number", "skills"),
    [("1.1.1.2", ["base.second"]), (" 1.1.1 ", ["base.first", "base.second"]), ("1.5", ["other5.only"])],
)
def test_a_number_finds_what_it_numbers(pack: Pack, number: str, skills: list[str]) -> None:
    assert [hit.id for hit in search(pack, number)] == skills


def test_an_earlier_number_finds_its_lesson(sources: Path, tmp_path: Path) -> None:
    change(sources, MISSION, "    status: ready\n", '    earlier_numbers: ["1.1.7.1"]\n    status: ready\n')

    with opened(build_pack(sources, tmp_path / "p.djpack")) as pack:
        assert [hit.id for hit in search(pack, "1.1.7.1")] == ["base.first"]


STRANGE_WORDS = ["", "   ", '"', "'", "*", "NEAR(a b)", "title:margin", "a OR", "AND", "NOT margin", "^margin", "("]
STRANGE_WORDS += ["-", "{x}:y", '" OR "a', "margin*", "\0", "\ud800", "; DROP TABLE entry", "١٢٣", "日本", "e\u0301"]
STRANGE_WORDS += ["a" * 100_000, "x " * 10_000]


@pytest.mark.parametrize("words", STRANGE_WORDS, ids=range(len(STRANGE_WORDS)))
def test_no_words_are_a_command_or_a_crash(pack: Pack, words: str) -> None:
    search(pack, words)
    suggest(pack, words)


def test_no_more_than_the_limit_comes_back(pack: Pack) -> None:
    assert len(search(pack, "what is", limit=3)) == 3


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("margn", "margin"),
        ("mragin", "margin"),
        ("cancle", "cancel"),
        ("istanbol", "istanbul"),
        ("prnting", "printing"),
    ],
)
def test_a_typing_error_is_answered_with_the_word_meant(pack: Pack, typed: str, meant: str) -> None:
    assert suggest(pack, typed) == meant


def test_right_words_and_nonsense_bring_no_suggestion(pack: Pack) -> None:
    assert suggest(pack, "cancel margin") is None
    assert suggest(pack, "qqqqqqqqqqq") is None
    assert suggest(pack, "") is None


def test_only_the_wrong_word_is_corrected(pack: Pack) -> None:
    assert suggest(pack, "cancel mragin") == "cancel margin"


def test_a_locked_lesson_is_shown_as_locked(sealed_pack: Pack) -> None:
    assert [(hit.id, hit.locked) for hit in search(sealed_pack, "thing 1")][:1] == [("base.first", True)]


def test_a_snippet_is_short_and_begins_near_the_match() -> None:
    text = " ".join(f"word{number}" for number in range(200)) + " needle here. " + "tail " * 50

    snippet = make_snippet(text, ["needle"])

    assert "**needle** here" in snippet
    assert snippet.startswith("… word194")
    assert snippet.endswith(" …")
    assert len(snippet.split()) < 30


def test_a_snippet_without_a_match_is_the_beginning() -> None:
    assert make_snippet("One two.", ["zzz"]) == "One two."
    assert make_snippet("", ["zzz"]) == ""
    assert make_snippet("...", []) == "..."


def test_folding_makes_no_difference_of_what_a_searcher_does_not_care_about() -> None:
    assert fold("İIıi") == "iiii"
    assert fold("ŞĞÜÖÇ Øre ŁÓDŹ ﬁn Straße Ωμέγα") == "sguoc ore lodz fin strasse ωμεγα"
    assert fold(fold("İstanbul ışık É")) == fold("İstanbul ışık É")


@pytest.mark.parametrize(
    ("one", "other", "steps"), [("a", "a", 0), ("ab", "ba", 1), ("abc", "ac", 1), ("abcd", "badc", 2)]
)
def test_distance_counts_swaps_as_one(one: str, other: str, steps: int) -> None:
    assert distance(one, other) == distance(other, one) == steps


def test_words_one_behind_the_other_come_before_words_far_apart() -> None:
    own = shipped()
    with open_pack(own.pack, own.trusted) as pack:
        hits = search(pack, "order hold")

    assert [hit.id for hit in hits[:2]] == ["term.order-hold", "fulfillment.order-settings"]
