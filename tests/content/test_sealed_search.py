"""Search in sealed lessons: before they open what is public of them, afterwards the same as if nothing were sealed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dijipilot.content.folding import fold, words_in
from dijipilot.content.pack import Pack
from dijipilot.content.search import search, suggest
from dijipilot.domain.ids import SkillId
from dijipilot.errors import PackDamaged
from tests import builders
from tests.packs import PUBLISHER, all_keys, opened, write_sealed_pack

BUYER, COSTS = SkillId("niche.buyer"), SkillId("price.cost-stack")


@pytest.fixture
def unlocked_pack(sealed_pack: Pack) -> Pack:
    """Return the sealed pack after all of it was opened."""
    sealed_pack.unlock(all_keys())
    return sealed_pack


@pytest.fixture
def two_years(tmp_path: Path) -> Iterator[Pack]:
    """Return a sealed pack in which one lesson was published a year later than the other."""
    content = builders.small_content(sold="1.1.1 1.1.2", published={COSTS: "2027-02-01"})
    with opened(write_sealed_pack(content, tmp_path / "two-years.djpack")) as pack:
        yield pack


def found(pack: Pack, words: str) -> set[str]:
    return {hit.id for hit in search(pack, words)}


def words_of(pack: Pack) -> list[str]:
    return [str(term) for (term,) in pack.read("SELECT term FROM vocabulary ORDER BY term")]


def test_a_locked_lesson_is_found_by_title_and_goal_alone(sealed_pack: Pack) -> None:
    for words in ("How Do You Do Thing 1", "You can show thing 1"):
        hit = search(sealed_pack, words)[0]
        assert (hit.kind, hit.id, hit.locked) == ("lesson", "base.first", True)
        assert hit.snippet.replace("**", "") == "You can show thing 1."


def test_nothing_of_a_locked_text_is_found_or_suggested(sealed_pack: Pack, pack: Pack) -> None:
    public = set(words_of(sealed_pack))
    secret = [word for word in words_of(pack) if word not in public]
    assert len(secret) > 200

    for word in secret:
        for hit in search(sealed_pack, word):
            assert {fold(shown.group()) for shown in words_in(f"{hit.title} {hit.snippet}")} <= public
        for typed in (word, f"{word}q"):
            assert {*(suggest(sealed_pack, typed) or "").split()} <= public
    assert "base.first" not in found(sealed_pack, "istanbul")
    assert "istanbul" in public, "the glossary says it, which everybody may read"


def test_locked_questions_are_not_found_at_all(sealed_pack: Pack) -> None:
    assert found(sealed_pack, "cancel printing") == set()
    assert found(sealed_pack, "light") == set()


def test_an_opened_lesson_is_found_by_its_text_with_a_snippet(unlocked_pack: Pack) -> None:
    hit = next(hit for hit in search(unlocked_pack, "isik istanbul") if hit.kind == "lesson")

    assert "**ışık** in **İstanbul**" in hit.snippet
    assert (hit.id, hit.locked) == ("base.first", False)
    assert found(unlocked_pack, "cancel printing") == {"qa.base.cancel"}


def test_once_open_search_is_the_same_as_where_nothing_is_sealed(unlocked_pack: Pack, pack: Pack) -> None:
    words = words_of(pack)
    assert words_of(unlocked_pack) != words
    search(unlocked_pack, "")
    assert words_of(unlocked_pack) == words

    for word in [*words, "thing 1", "is right", "what is base", "margin costs order", "1.1.1", "you can show"]:
        assert search(unlocked_pack, word) == search(pack, word)
        assert suggest(unlocked_pack, word + "q") == suggest(pack, word + "q")


def test_opening_between_two_searches_counts_at_once(sealed_pack: Pack) -> None:
    assert found(sealed_pack, "cancel printing") == set()

    sealed_pack.unlock(all_keys())

    assert found(sealed_pack, "cancel printing") == {"qa.base.cancel"}
    assert suggest(sealed_pack, "cancle") == "cancel"


def test_a_suggestion_comes_from_what_is_open(sealed_pack: Pack) -> None:
    assert suggest(sealed_pack, "prnting") is None

    sealed_pack.unlock(all_keys())

    assert suggest(sealed_pack, "prnting") == "printing"


def test_what_opens_one_after_the_other_is_found_once(two_years: Pack) -> None:
    words = "part"
    assert found(two_years, words) == set()

    two_years.unlock([PUBLISHER.entitlement_key("pro-2027", 1)])
    assert [hit.id for hit in search(two_years, words)] == [COSTS]
    assert {hit.id: hit.locked for hit in search(two_years, "lesson")}[BUYER]

    two_years.unlock(all_keys())
    two_years.unlock(all_keys())
    assert [hit.id for hit in search(two_years, words)] == [BUYER, COSTS]
    assert [hit.id for hit in search(two_years, "niche.buyer") if hit.kind == "lesson"] == [BUYER]


def test_what_was_opened_is_added_to_the_index_once(unlocked_pack: Pack) -> None:
    search(unlocked_pack, "thing")
    changes = unlocked_pack.read("SELECT total_changes()")
    assert changes != [(0,)]

    search(unlocked_pack, "thing")
    unlocked_pack.unlock(all_keys())
    suggest(unlocked_pack, "thigns")

    assert unlocked_pack.read("SELECT total_changes()") == changes


def test_the_index_stays_sound_and_takes_nothing_else(unlocked_pack: Pack) -> None:
    search(unlocked_pack, "thing")

    with pytest.raises(PackDamaged, match="readonly"):
        unlocked_pack.read("DELETE FROM entry")


def test_searching_writes_nothing_to_the_disk(sealed_file: Path) -> None:
    before = sealed_file.read_bytes()
    with opened(sealed_file) as pack:
        pack.unlock(all_keys())
        assert found(pack, "cancel printing") == {"qa.base.cancel"}

    assert sealed_file.read_bytes() == before
    assert [path for path in sealed_file.parent.rglob("*") if path.is_file() and path.parent.name != "licenses"] == [
        sealed_file
    ]
