"""The running app reads a pack, the whole pack and nothing but a pack."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from dijipilot.content.loader import assemble, load_sources
from dijipilot.content.pack import Pack, check_pack
from dijipilot.domain.ids import ItemId, LessonNumber, MissionNumber, SkillId
from dijipilot.errors import BadInput, LessonLocked, PackDamaged, UsageProblem
from dijipilot.licensing.crypto import NONCE_BYTES
from tests.content.mini_curriculum import DRAFT_MISSION, MISSION, build_pack, change
from tests.packs import TRUSTED, all_keys, edit, opened


def test_a_pack_gives_back_what_was_compiled(pack: Pack, sources: Path) -> None:
    content = assemble(load_sources(sources))

    assert pack.curriculum == content.curriculum
    assert pack.glossary() == content.glossary
    for skill in content.curriculum.skills:
        assert pack.lesson_text(skill) == content.text_by_skill.get(skill)
    for mission, questions in content.questions_by_mission.items():
        assert pack.questions(mission) == questions
    assert (pack.title, pack.language, pack.edition) == ("Mini Curriculum", "en-US", "")


def test_a_question_is_found_by_its_id(pack: Pack) -> None:
    assert pack.question("qa.base.light").question == "Who pays for the light?"
    assert pack.mission_of_question("qa.base.light") == "1.1.1"


def test_unknown_names_are_usage_problems(pack: Pack) -> None:
    with pytest.raises(UsageProblem, match=r"no lesson base\.gone"):
        pack.lesson_text(SkillId("base.gone"))
    with pytest.raises(UsageProblem, match=r"no question qa\.nothing"):
        pack.question("qa.nothing")
    with pytest.raises(UsageProblem):
        pack.mission_of_question("qa.nothing")
    assert pack.questions(MissionNumber("9.9.9")) == ()


def test_a_lesson_in_preparation_has_no_text_and_is_not_locked(pack: Pack) -> None:
    assert pack.lesson_text(SkillId("base.third")) is None
    assert pack.locked_skills() == frozenset()


def test_what_is_sorted_for_an_answer_stays_in_memory(pack: Pack) -> None:
    """Text that was opened must not come to lie in a temporary file of SQLite's."""
    in_memory = 2

    assert pack.read("PRAGMA temp_store") == [(in_memory,)]


def test_a_sealed_lesson_is_locked_and_says_so(sealed_file: Path) -> None:
    with opened(sealed_file) as pack:
        assert pack.locked_skills() == {SkillId("base.first"), SkillId("base.second")}
        assert [pack.is_sealed(SkillId(name)) for name in ("base.second", "base.light", "gone")] == [True, False, False]
        with pytest.raises(LessonLocked, match="How Do You Do Thing 2"):
            pack.lesson_text(SkillId("base.second"))
        assert pack.lesson_text(SkillId("base.third")) is None


def test_what_is_said_to_be_sealed_and_lies_nowhere_is_damage_not_a_crash(pack_file: Path) -> None:
    edit(pack_file, "UPDATE lesson SET state = 'sealed', json = NULL")
    with opened(pack_file) as pack, pytest.raises(PackDamaged, match="sealed part of it is missing"):
        pack.locked_skills()

    edit(pack_file, "UPDATE question SET json = NULL")
    with opened(pack_file) as pack, pytest.raises(PackDamaged, match="sealed part of it is missing"):
        pack.questions(MissionNumber("1.1.1"))


def test_a_pack_can_be_read_in_a_folder_where_nothing_can_be_written(pack_file: Path) -> None:
    pack_file.chmod(0o444)
    pack_file.parent.chmod(0o555)
    try:
        with opened(pack_file) as pack:
            assert len(pack.curriculum.skills) == 21
        assert {path.name for path in pack_file.parent.iterdir() if path.is_file()} == {pack_file.name}
    finally:
        pack_file.parent.chmod(0o755)


def test_a_pack_with_signs_in_its_path_is_opened(pack_file: Path, tmp_path: Path) -> None:
    odd = tmp_path / "ş ğ %41 #1 ?x=y" / "mini.djpack"
    odd.parent.mkdir()
    pack_file.rename(odd)

    with opened(odd) as pack:
        assert pack.title == "Mini Curriculum"


def test_two_threads_can_read_at_once(pack: Pack) -> None:
    skills = [SkillId("base.first"), SkillId("base.second")]
    failures: list[BaseException] = []

    def read_many() -> None:
        try:
            for _ in range(50):
                for skill in skills:
                    assert pack.lesson_text(skill) is not None
                assert len(pack.glossary()) == 2
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read_many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []


def test_nothing_can_be_written_through_a_pack(pack: Pack) -> None:
    with pytest.raises(PackDamaged, match="readonly"):
        pack.read("DELETE FROM lesson")


def test_what_is_no_pack_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.djpack"
    with pytest.raises(BadInput, match="no content pack at"):
        opened(other)
    other.write_bytes(b"")
    with pytest.raises(BadInput, match="is no content pack"):
        opened(other)
    other.unlink()
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE a (b)")
    with pytest.raises(BadInput, match="is no content pack"):
        opened(other)
    with pytest.raises(BadInput, match="is no content pack"):
        opened(tmp_path)


def test_a_pack_for_a_newer_app_is_refused_with_advice(pack_file: Path) -> None:
    edit(pack_file, "PRAGMA user_version = 99")

    with pytest.raises(BadInput, match="newer version"):
        opened(pack_file)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE extra (a)",
        "CREATE VIEW extra AS SELECT 1",
        "CREATE TRIGGER extra AFTER INSERT ON term BEGIN DELETE FROM term; END",
        "DROP TABLE term",
        "ALTER TABLE term ADD COLUMN more TEXT",
    ],
)
def test_a_body_with_other_tables_does_not_pass_the_check(pack_file: Path, statement: str) -> None:
    check_pack(pack_file, TRUSTED)
    edit(pack_file, statement)

    with pytest.raises(PackDamaged, match="Your progress is safe"):
        check_pack(pack_file, TRUSTED)


def test_a_body_without_its_name_is_damaged(pack_file: Path) -> None:
    edit(pack_file, "DELETE FROM meta WHERE key = 'pack'")

    with pytest.raises(PackDamaged, match="Your progress is safe"):
        opened(pack_file)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document SET json = '{'",
        "UPDATE document SET json = '{}'",
        "UPDATE document SET json = '[]'",
        "UPDATE document SET json = '" + "[" * 100_000 + "'",
        'UPDATE document SET json = replace(json, \'"minutes":20\', \'"minutes":"20"\')',
        "UPDATE document SET json = replace(json, '\"minutes\":20', '\"minutes\":true')",
        "UPDATE document SET json = replace(json, '\"minutes\":20', '\"extra\":20')",
        "DELETE FROM document",
    ],
)
def test_a_curriculum_that_cannot_be_read_is_damage_not_a_crash(pack_file: Path, statement: str) -> None:
    edit(pack_file, statement)

    with opened(pack_file) as pack, pytest.raises(PackDamaged):
        _ = pack.curriculum


def test_a_pack_of_another_length_is_refused(sealed_file: Path) -> None:
    whole = sealed_file.read_bytes()
    for length in (*range(0, 1_200, 7), 4_096, *range(5_000, len(whole), 9_973), len(whole) - 1):
        sealed_file.write_bytes(whole[:length])
        with pytest.raises((BadInput, PackDamaged)):
            opened(sealed_file)
    sealed_file.write_bytes(whole + b"\0")
    with pytest.raises(PackDamaged):
        opened(sealed_file)


def test_a_pack_with_a_changed_byte_is_never_taken_for_genuine(sealed_file: Path) -> None:
    whole = sealed_file.read_bytes()
    with opened(sealed_file) as pack:
        sealed_at = len(whole) - pack.manifest.sealed_len
        head = sealed_at - pack.manifest.body_len
    random = Random(1)

    for position in (*range(head), *random.sample(range(head, len(whole)), 200)):
        spoiled = bytearray(whole)
        spoiled[position] ^= 1 << random.randrange(8)
        sealed_file.write_bytes(spoiled)
        with pytest.raises((BadInput, PackDamaged)):
            check_pack(sealed_file, TRUSTED)
        if position < sealed_at:
            with pytest.raises((BadInput, PackDamaged)):
                opened(sealed_file)


def test_a_changed_byte_of_what_is_sealed_spoils_its_own_text_alone(sealed_file: Path) -> None:
    whole = sealed_file.read_bytes()
    skills = [SkillId("base.first"), SkillId("base.second")]
    with opened(sealed_file) as pack:
        sealed_at = len(whole) - pack.manifest.sealed_len
        places = {
            SkillId(str(skill)): range(sealed_at + int(str(start)), sealed_at + int(str(start)) + int(str(length)))
            for skill, start, length in pack.read("SELECT id, start, length FROM sealed WHERE kind = 'lesson'")
        }
        pack.unlock(all_keys())
        texts = {skill: pack.lesson_text(skill) for skill in skills}
    assert set(places) == set(skills)
    random = Random(1)

    for spoiled, other in (skills, skills[::-1]):
        place = places[spoiled]
        for position in (place.start, place.start + NONCE_BYTES, *random.sample(place, 60), place.stop - 1):
            raw = bytearray(whole)
            raw[position] ^= 1 << position % 8
            sealed_file.write_bytes(raw)
            with opened(sealed_file) as pack:
                pack.unlock(all_keys())
                with pytest.raises(PackDamaged, match="sealed part"):
                    pack.lesson_text(spoiled)
                assert pack.lesson_text(other) == texts[other]


def test_a_second_edition_still_finds_what_the_first_one_called_otherwise(sources: Path, tmp_path: Path) -> None:
    first = opened(build_pack(sources, tmp_path / "first.djpack"))
    change(sources, DRAFT_MISSION, '- number: "1.1.2.2"', '- number: "1.1.2.1"')
    change(sources, DRAFT_MISSION, '- number: "1.1.2.1"', '- number: "1.1.2.2"')
    change(sources, DRAFT_MISSION, "prerequisites: [base.third]", "prerequisites: []")
    text = (sources / DRAFT_MISSION).read_text("utf-8")
    start, end = text.index('  - number: "1.1.2.2"'), text.index('  - number: "1.1.2.1"')
    shortened = text[:start] + text[end:].replace(
        '  - {id: act.base.third, skill: base.third, text: "The third record"}\n', ""
    ).replace("status: draft", 'earlier_numbers: ["1.1.2.2"]\n    status: draft')
    (sources / DRAFT_MISSION).write_text(shortened, encoding="utf-8")
    gone = '{skill: base.third, title: "What is base.third?", last_number: "1.1.2.1"}'
    change(sources, "curriculum.yaml", "retired:\n", f"retired:\n  - {gone}\n")
    change(sources, MISSION, "id: item.base.first.2", "id: item.base.first.3")

    second = opened(build_pack(sources, tmp_path / "second.djpack"))

    assert first.id != second.id
    assert first.curriculum.skill_by_number[LessonNumber("1.1.2.2")] == "base.fourth"
    assert second.curriculum.skill_by_number[LessonNumber("1.1.2.2")] == "base.fourth"
    assert second.curriculum.lesson_by_skill[SkillId("base.fourth")].number == "1.1.2.1"
    assert [lesson.skill for lesson in second.curriculum.retired] == ["base.third", "base.gone"]
    assert SkillId("base.third") not in second.curriculum.skills
    assert ItemId("item.base.first.2") not in second.curriculum.item_by_id
    assert ItemId("item.base.first.3") in second.curriculum.item_by_id
    first.close()
    second.close()
