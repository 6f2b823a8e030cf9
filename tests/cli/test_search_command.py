"""dijipilot search: hits as data and text, suggestions beside them."""

from dijipilot.bootstrap import open_academy
from dijipilot.domain.ids import SkillId
from tests.cli.conftest import Terminal, keys


def test_the_data_of_a_search_has_the_keys_of_the_contract(fresh: Terminal) -> None:
    data = fresh("search", "margin", "--json").data

    assert keys(data) == ["hits"]
    assert keys(data["hits"][0]) == ["kind", "id", "lesson", "title", "snippet", "locked"]
    assert {hit["kind"] for hit in data["hits"]} >= {"lesson", "question"}


def test_several_words_need_no_quotes(fresh: Terminal) -> None:
    assert fresh("search", "what", "is", "a", "margin", "--json").data["hits"][0]["id"] == "question.margin"


def test_nothing_found_is_no_error_and_suggests_a_word(fresh: Terminal) -> None:
    outcome = fresh("search", "mxrgin", "--json")

    assert outcome.code == 0
    assert outcome.data == {"hits": []}
    assert outcome.err == "Nothing was found for “mxrgin”. Did you mean “margin”?\n"


def test_a_search_reads_as_text(fresh: Terminal) -> None:
    out = fresh("search", "niche").out

    assert "Term: niche (segment)\n    A group of buyers." in out
    assert fresh("search", "qqqqqq").out == ""


def test_the_learners_own_notes_are_found(run: Terminal) -> None:
    academy = open_academy(run.paths, for_writing=True)
    academy.learn.save_note(academy.profiles.choose("Ayşe").id, SkillId("niche.buyer"), "Ask the beekeepers.")
    academy.close()

    (hit,) = run("search", "beekeepers", "--json").data["hits"]

    assert (hit["kind"], hit["lesson"]) == ("note", "1.1.1.1")
