"""What is sealed opens with its key, in its own place, and with nothing else."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from dijipilot.content.loader import Content
from dijipilot.content.pack import Pack
from dijipilot.domain.ids import MissionNumber, SkillId
from dijipilot.domain.license import EntitlementKey
from dijipilot.errors import LessonLocked, PackDamaged
from tests import builders
from tests.licenses import derived, with_later_generation
from tests.packs import FIRST, PUBLISHER, all_keys, edit, opened, write_sealed_pack

FIRST_SKILL, SECOND_SKILL = SkillId("base.first"), SkillId("base.second")
MISSION_NUMBER = MissionNumber("1.1.1")
BUYER, COSTS = SkillId("niche.buyer"), SkillId("price.cost-stack")
OF_2026, OF_2027 = (PUBLISHER.entitlement_key(f"pro-{year}", 1) for year in (2026, 2027))


@pytest.fixture
def two_years(tmp_path: Path) -> Iterator[Pack]:
    """Return a sealed pack in which one lesson was published a year later than the other."""
    content = builders.small_content(sold="1.1.1 1.1.2", published={COSTS: "2027-02-01"})
    with opened(write_sealed_pack(content, tmp_path / "two-years.djpack")) as pack:
        yield pack


def test_a_locked_pack_tells_what_is_public_and_no_text(sealed_pack: Pack, sold_content: Content) -> None:
    assert sealed_pack.curriculum == sold_content.curriculum
    assert sealed_pack.glossary() == sold_content.glossary
    assert sealed_pack.locked_skills() == sealed_pack.sealed_skills() == {FIRST_SKILL, SECOND_SKILL}
    for skill in (FIRST_SKILL, SECOND_SKILL):
        assert sealed_pack.is_sealed(skill)
        with pytest.raises(LessonLocked):
            sealed_pack.lesson_text(skill)
    assert not sealed_pack.is_sealed(SkillId("base.third"))
    assert not sealed_pack.is_sealed(SkillId("no.such-skill"))


def test_an_unlocked_pack_gives_every_text_as_it_was_written(sealed_pack: Pack, sold_content: Content) -> None:
    assert sealed_pack.unlock(all_keys()) == {FIRST_SKILL, SECOND_SKILL}

    assert sealed_pack.locked_skills() == frozenset()
    assert sealed_pack.sealed_skills() == {FIRST_SKILL, SECOND_SKILL}
    for skill in sold_content.curriculum.skills:
        assert sealed_pack.lesson_text(skill) == sold_content.text_by_skill.get(skill)


def test_questions_of_a_sealed_mission_open_with_it(sealed_pack: Pack, sold_content: Content) -> None:
    assert sealed_pack.questions(MISSION_NUMBER) == ()
    assert sealed_pack.count_questions(MISSION_NUMBER) == 2
    assert sealed_pack.mission_of_question("qa.base.light") == MISSION_NUMBER
    with pytest.raises(LessonLocked, match=r"Mission 1\.1\.1"):
        sealed_pack.question("qa.base.light")

    sealed_pack.unlock(all_keys())

    assert sealed_pack.questions(MISSION_NUMBER) == sold_content.questions_by_mission[MISSION_NUMBER]
    assert sealed_pack.question("qa.base.light").question == "Who pays for the light?"


def test_no_keys_open_nothing(sealed_pack: Pack) -> None:
    assert sealed_pack.unlock(()) == frozenset()
    assert sealed_pack.locked_skills() == sealed_pack.sealed_skills()


@pytest.mark.parametrize(
    "key",
    [
        replace(OF_2026, key=derived("somebody else's")),
        replace(OF_2026, key=b""),
        replace(OF_2026, epoch=2),
        replace(OF_2026, epoch=2**40),
        replace(OF_2026, entitlement="plus-2026"),
        OF_2027,
        EntitlementKey("pro-2026' OR '1'='1", 1, OF_2026.key),
    ],
    ids=str,
)
def test_a_key_that_does_not_fit_opens_nothing_and_is_no_problem(sealed_pack: Pack, key: EntitlementKey) -> None:
    assert sealed_pack.unlock([key]) == frozenset()
    assert sealed_pack.locked_skills() == sealed_pack.sealed_skills()


def test_keys_that_do_not_fit_close_nothing(sealed_pack: Pack) -> None:
    sealed_pack.unlock([OF_2026])

    sealed_pack.unlock([replace(OF_2026, key=derived("somebody else's"))])

    assert sealed_pack.locked_skills() == frozenset()


def test_a_license_for_one_year_opens_what_was_published_in_it(two_years: Pack) -> None:
    assert two_years.unlock([OF_2026]) == {BUYER}
    assert two_years.locked_skills() == {COSTS}
    assert two_years.lesson_text(BUYER) == builders.lesson_text(BUYER)
    with pytest.raises(LessonLocked, match=r"price\.cost-stack"):
        two_years.lesson_text(COSTS)

    assert two_years.unlock([OF_2027]) == {COSTS}
    assert two_years.lesson_text(COSTS) == builders.lesson_text(COSTS)


def test_the_pack_says_which_editions_open_a_lesson(two_years: Pack) -> None:
    assert two_years.openers(BUYER) == ("pro-2026",)
    assert two_years.openers(COSTS) == ("pro-2027",)
    assert two_years.edition_of("pro-2027") == "Academy Pro (development)"
    assert two_years.edition_of("plus-2027") == ""


def test_a_generation_that_is_no_longer_served_opens_nothing(tmp_path: Path) -> None:
    content, later = builders.small_content(sold="1.1.1"), with_later_generation()
    with opened(write_sealed_pack(content, tmp_path / "later.djpack", publisher=later)) as pack:
        assert pack.unlock([OF_2026]) == frozenset()
        assert pack.manifest.epochs == {"pro-2026": 2}
        assert pack.unlock([later.entitlement_key("pro-2026", 2)]) == {BUYER}


def test_a_generation_that_is_still_served_goes_on_opening(tmp_path: Path) -> None:
    content, later = builders.small_content(sold="1.1.1"), with_later_generation(oldest_served=1)
    for epoch in (1, 2):
        with opened(write_sealed_pack(content, tmp_path / "both.djpack", publisher=later)) as pack:
            assert pack.unlock([later.entitlement_key("pro-2026", epoch)]) == {BUYER}


def test_the_next_pack_has_other_keys_for_the_same_texts(tmp_path: Path) -> None:
    content = builders.small_content(sold="1.1.1")
    files = [
        write_sealed_pack(content, tmp_path / f"{serial}.djpack", release=replace(FIRST, serial=serial))
        for serial in (1, 2)
    ]
    wraps, pieces = [], []
    for file in files:
        with opened(file) as pack:
            wraps.append(pack.read("SELECT nonce, ct FROM wraps"))
            pieces.append(pack.file.sealed_bytes(0, 1_064))
            assert pack.unlock([OF_2026]) == {BUYER}

    assert wraps[0] != wraps[1]
    assert pieces[0] != pieces[1]


SWAPPED = (
    "UPDATE sealed SET (start, length, sha256) = (SELECT o.start, o.length, o.sha256 FROM sealed AS o"
    " WHERE o.kind = 'lesson' AND o.id = 'base.second') WHERE kind = 'lesson' AND id = 'base.first'"
)


@pytest.mark.parametrize(
    "statement",
    [
        SWAPPED,
        "UPDATE sealed SET start = start + 1",
        "UPDATE sealed SET length = length - 1",
        "UPDATE sealed SET length = 10, sha256 = x'00'",
        "UPDATE sealed SET sha256 = 'text'",
        "UPDATE sealed SET start = 1000000000",
        "UPDATE sealed SET start = -1",
    ],
)
def test_a_sealed_text_in_the_place_of_another_does_not_open(sealed_file: Path, statement: str) -> None:
    edit(sealed_file, statement)

    with opened(sealed_file) as pack:
        pack.unlock(all_keys())
        with pytest.raises(PackDamaged):
            pack.lesson_text(FIRST_SKILL)


@pytest.mark.parametrize("statement", ["UPDATE wraps SET nonce = 'a'", "UPDATE wraps SET ct = x''"])
def test_a_wrapped_key_that_makes_no_sense_opens_nothing(sealed_file: Path, statement: str) -> None:
    edit(sealed_file, statement)

    with opened(sealed_file) as pack:
        assert pack.unlock(all_keys()) == frozenset()


def test_a_wrapped_key_of_another_part_does_not_fit(two_years: Pack, tmp_path: Path) -> None:
    edit(two_years.path, "UPDATE wraps SET ent = 'pro-2026', period = '2028' WHERE period = '2026'")

    with opened(two_years.path) as pack:
        assert pack.unlock([OF_2026]) == frozenset()


def test_the_length_of_a_sealed_text_says_little_of_the_text(sealed_pack: Pack) -> None:
    lengths = [int(str(length)) for (length,) in sealed_pack.read("SELECT length FROM sealed")]

    assert len(lengths) == 2 + 2 + 1
    assert [length for length in lengths if (length - 24 - 16) % 1_024] == []


def test_two_threads_can_read_sealed_texts_at_once(sealed_pack: Pack, sold_content: Content) -> None:
    sealed_pack.unlock(all_keys())
    failures: list[BaseException] = []

    def read_many() -> None:
        try:
            for _ in range(30):
                for skill in (FIRST_SKILL, SECOND_SKILL):
                    assert sealed_pack.lesson_text(skill) == sold_content.text_by_skill[skill]
                assert len(sealed_pack.questions(MISSION_NUMBER)) == 2
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read_many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
