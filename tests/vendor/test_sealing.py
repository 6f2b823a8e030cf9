"""Sealing: the same input gives the same bytes, and nothing that is sealed can be read anywhere in the pack."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from dijipilot.content.body_format import FORMAT_VERSION
from dijipilot.content.codec import Json, to_json
from dijipilot.content.compiler import compile_body
from dijipilot.content.folding import fold, words_in
from dijipilot.content.loader import Content, assemble, load_sources
from dijipilot.content.pack import check_pack
from dijipilot.content.pack_file import open_pack_file
from dijipilot.content.sealed_texts import Part
from dijipilot.domain.curriculum import Mission
from dijipilot.domain.ids import MissionNumber, SkillId
from dijipilot.domain.lesson_text import MissionQuestion
from dijipilot_vendor.publisher import Edition, Publisher
from dijipilot_vendor.records import LiveLicense
from dijipilot_vendor.sealing import Release, pack_id_of, parts_of, seal_pack
from tests import builders
from tests.content.mini_curriculum import MISSION, change, write_mini_curriculum
from tests.licenses import derived, make_license, on_card
from tests.packs import BUILT, FIRST, PUBLISHER, TRUSTED, all_keys, opened, write_sealed_pack

BUYER, COSTS = SkillId("niche.buyer"), SkillId("price.cost-stack")
WINDOW = 24
CARDS = (on_card(1, make_license()), on_card(2, make_license("L-2")))


@pytest.fixture
def two_years() -> Content:
    """Return content with one written lesson of 2026 and one of 2027, both for sale, and a question."""
    return builders.small_content(sold="1.1.1 1.1.2", published={COSTS: "2027-02-01"})


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Return the mini curriculum with nothing free."""
    folder = write_mini_curriculum(tmp_path_factory.mktemp("sold"))
    change(folder, MISSION, "free: true\n", "")
    return assemble(load_sources(folder))


def sealed(
    content: Content,
    licenses: Iterable[LiveLicense] = CARDS,
    release: Release = FIRST,
    publisher: Publisher = PUBLISHER,
) -> bytes:
    return seal_pack(compile_body(content), publisher, licenses, release)


def body_of(file: Path) -> sqlite3.Connection:
    """Return the body of a pack, opened as anybody could."""
    with closing(open_pack_file(file, TRUSTED.pack)) as pack_file:
        body = pack_file.body()
    connection = sqlite3.connect(":memory:")
    connection.deserialize(body)
    return connection


def texts_in(data: Json) -> Iterator[str]:
    """Yield every text in data, keys included, however deep."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list | tuple):
        for each in data:
            yield from texts_in(each)
    elif isinstance(data, dict):
        for name, each in data.items():
            yield name
            yield from texts_in(each)


def windows_of(texts: Iterable[str]) -> set[bytes]:
    """Return every stretch of so many bytes of some texts."""
    raw = [text.encode() for text in texts]
    return {each[start : start + WINDOW] for each in raw for start in range(len(each) - WINDOW + 1)}


def secret_texts(content: Content) -> list[str]:
    """Return every text that is sealed where nothing is free."""
    return [*texts_in(to_json((content.text_by_skill, content.questions_by_mission)))]


def public_texts(content: Content) -> list[str]:
    """Return every text that anybody may read, and the ids of what is sealed."""
    ids = [question.id for questions in content.questions_by_mission.values() for question in questions]
    return [*texts_in(to_json((content.curriculum, content.glossary))), *ids]


def test_the_same_input_gives_the_same_bytes(two_years: Content) -> None:
    assert sealed(two_years) == sealed(two_years)
    assert sealed(two_years, CARDS[::-1]) == sealed(two_years)


@pytest.mark.parametrize(
    "release",
    [replace(FIRST, serial=2), replace(FIRST, keyring_serial=2), replace(FIRST, built=BUILT.replace(year=2027))],
    ids=["serial", "keyring serial", "built"],
)
def test_another_release_gives_other_bytes(two_years: Content, release: Release) -> None:
    assert sealed(two_years, release=release) != sealed(two_years)


def test_another_keyring_leaves_the_texts_and_their_keys_as_they_are(two_years: Content, tmp_path: Path) -> None:
    files = [
        write_sealed_pack(two_years, tmp_path / f"{serial}.djpack", licenses, replace(FIRST, keyring_serial=serial))
        for serial, licenses in ((1, CARDS), (2, ()))
    ]

    with opened(files[0]) as one, opened(files[1]) as other:
        assert one.manifest.pack_id == other.manifest.pack_id
        assert one.manifest.keyring_id != other.manifest.keyring_id
        assert one.manifest.body_sha256 == other.manifest.body_sha256


def test_nothing_of_what_is_sealed_can_be_read_in_the_pack(sold: Content) -> None:
    secret = windows_of(secret_texts(sold)) - windows_of(public_texts(sold))
    assert len(secret) > 3_000
    free = compile_body(sold)
    assert {free[start : start + WINDOW] for start in range(len(free))} >= windows_of(
        [question.answer for questions in sold.questions_by_mission.values() for question in questions]
    ), "the search itself finds what is there"

    pack = sealed(sold)

    assert {pack[start : start + WINDOW] for start in range(len(pack))} & secret == set()


def test_the_index_of_a_sealed_pack_knows_public_words_alone(sold: Content, tmp_path: Path) -> None:
    public = {fold(word.group()) for text in public_texts(sold) for word in words_in(text)}

    with closing(body_of(write_sealed_pack(sold, tmp_path / "sealed.djpack"))) as body:
        body.execute("INSERT INTO found (found) VALUES ('integrity-check')")
        words = {str(word) for (word,) in body.execute("SELECT term FROM vocabulary")}

    assert words <= public
    assert "thing" in words


def test_the_body_is_whole_and_says_what_lies_where(sold: Content, tmp_path: Path) -> None:
    file = write_sealed_pack(sold, tmp_path / "sealed.djpack", CARDS)
    check_pack(file, TRUSTED)

    with closing(body_of(file)) as body:
        assert body.execute("PRAGMA user_version").fetchone() == (FORMAT_VERSION,)
        assert body.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert body.execute("SELECT skill, json FROM lesson WHERE state = 'sealed' ORDER BY skill").fetchall() == [
            ("base.first", None),
            ("base.second", None),
        ]
        assert body.execute("SELECT count(*) FROM lesson WHERE state = 'ready'").fetchone() == (0,)
        assert body.execute("SELECT json FROM question").fetchall() == [(None,), (None,)]
        assert body.execute("SELECT kind, id, program, period FROM sealed ORDER BY kind, id").fetchall() == [
            ("index", "1.1", "1.1", "2026"),
            ("lesson", "base.first", "1.1", "2026"),
            ("lesson", "base.second", "1.1", "2026"),
            ("question", "qa.base.cancel", "1.1", "2026"),
            ("question", "qa.base.light", "1.1", "2026"),
        ]
        assert body.execute("SELECT ent, epoch, program, period FROM wraps").fetchall() == [
            ("pro-2026", 1, "1.1", "2026")
        ]
        assert body.execute("SELECT * FROM edition").fetchall() == [("pro-2026", "Academy Pro (development)")]
        places = body.execute("SELECT start, length FROM sealed ORDER BY start").fetchall()
    ends = [0, *(start + length for start, length in places)]
    assert [start for start, _ in places] == ends[:-1], "one behind the other, without a gap"


def test_what_is_free_or_in_preparation_stays_as_it_is(tmp_path: Path) -> None:
    content = builders.small_content(sold="1.1.2")
    with opened(write_sealed_pack(content, tmp_path / "half.djpack")) as pack:
        assert pack.sealed_skills() == {COSTS}
        assert pack.lesson_text(BUYER) == content.text_by_skill[BUYER]
        assert pack.lesson_text(SkillId("price.margin")) is None


def test_where_all_is_free_nothing_is_sealed_and_the_pack_opens_all_the_same(tmp_path: Path) -> None:
    content = builders.small_content()
    with opened(write_sealed_pack(content, tmp_path / "free.djpack", CARDS)) as pack:
        assert pack.sealed_skills() == frozenset()
        assert pack.manifest.epochs == {}
        assert pack.manifest.sealed_len == pack.manifest.keyring_len
        assert pack.unlock(all_keys()) == frozenset()
        assert pack.lesson_text(BUYER) == content.text_by_skill[BUYER]


def test_a_revised_lesson_keeps_its_year_and_a_new_one_has_its_own(two_years: Content) -> None:
    assert parts_of(compile_body(two_years)) == {Part("1.1", "2026"), Part("1.1", "2027")}
    assert parts_of(compile_body(builders.small_content())) == frozenset()


def test_questions_belong_to_the_year_of_the_earliest_lesson_of_their_mission(tmp_path: Path) -> None:
    content = builders.small_content(sold="1.1.2", published={COSTS: "2027-02-01"})
    with opened(write_sealed_pack(content, tmp_path / "years.djpack")) as pack:
        pack.unlock([PUBLISHER.entitlement_key("pro-2026", 1)])

        assert len(pack.questions(MissionNumber("1.1.2"))) == 1
        assert pack.locked_skills() == {COSTS}


def test_an_edition_opens_the_programs_that_it_names(tmp_path: Path) -> None:
    content = builders.small_content(sold="1.1.1 1.1.2")
    growth = Edition("growth", "Academy Growth", ("2.*",))
    basics = Edition("basics", "Academy Basics", ("1.1", "1.2"))
    keys = {("growth-2026", 1): derived("growth"), ("basics-2026", 1): derived("basics")}
    publisher = replace(PUBLISHER, editions=(growth, basics), key_by_entitlement=keys)
    with opened(write_sealed_pack(content, tmp_path / "editions.djpack", publisher=publisher)) as pack:
        assert pack.openers(BUYER) == ("basics-2026",)
        assert pack.manifest.epochs == {"basics-2026": 1}
        assert pack.unlock([publisher.entitlement_key("growth-2026", 1)]) == frozenset()
        assert pack.unlock([publisher.entitlement_key("basics-2026", 1)]) == {BUYER, COSTS}


def test_an_entitlement_without_a_key_is_not_passed_over(two_years: Content) -> None:
    publisher = replace(PUBLISHER, key_by_entitlement={("pro-2026", 1): derived("pro")})

    with pytest.raises(KeyError):
        sealed(two_years, publisher=publisher)


def test_no_key_meets_two_texts_under_one_nonce(two_years: Content, tmp_path: Path) -> None:
    def renamed(mission: Mission) -> Mission:
        return replace(mission, title=f"{mission.title}, revised")

    question = MissionQuestion("question.margin", "What is a margin?", "What is left.", ())
    revised = replace(two_years, questions_by_mission={MissionNumber("1.1.2"): (question,)})
    renamed_all = replace(two_years, curriculum=builders.with_missions(two_years.curriculum, renamed))
    seen: set[bytes] = set()
    for number, content in enumerate((two_years, revised, renamed_all)):
        with opened(write_sealed_pack(content, tmp_path / f"{number}.djpack")) as pack:
            nonces = [pack.file.sealed_bytes(int(str(start)), 24) for (start,) in pack.read("SELECT start FROM sealed")]
            wraps = [bytes(nonce) for (nonce,) in pack.read("SELECT nonce FROM wraps") if isinstance(nonce, bytes)]
        assert len({*nonces, *wraps}) == len(nonces) + len(wraps)
        assert not seen & {*nonces, *wraps}
        seen |= {*nonces, *wraps}


def test_the_id_of_a_pack_follows_from_its_content_and_serial() -> None:
    ids = {pack_id_of(content, serial) for content in ("aa" * 16, "ab" * 16) for serial in (1, 2, 257)}

    assert len(ids) == 6
    assert pack_id_of("aa" * 16, 1) == pack_id_of("aa" * 16, 1)


def test_secrets_of_a_publisher_are_not_printed() -> None:
    for printed in (repr(PUBLISHER), str(PUBLISHER), repr(PUBLISHER.pack_signer), f"{PUBLISHER.license_signer}"):
        for secret in (PUBLISHER.content_root, PUBLISHER.pack_signer.seed, *PUBLISHER.key_by_entitlement.values()):
            assert repr(secret) not in printed
            assert secret.hex() not in printed
