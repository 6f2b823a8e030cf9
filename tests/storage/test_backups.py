"""Tests of backups: verified, thinned, restored."""

from datetime import timedelta
from pathlib import Path

import pytest

from dijipilot import disk
from dijipilot.errors import CouldNotSave, DatabaseDamaged, OurDefect
from dijipilot.storage import backups, settings
from dijipilot.storage.database import Database, open_for_reading, open_for_writing
from tests.builders import NOON
from tests.storage.making import answer_numbers, append_answers, append_one_of_everything
from tests.storage.test_migrations import NEXT

HOUR = timedelta(hours=1)


def test_a_backup_is_one_file_that_holds_everything(database: Database) -> None:
    append_one_of_everything(database)
    backup = backups.back_up(database, NOON)
    assert backup.path.name == "progress-2026-11-23T120000.000000Z.db"
    assert [file.name for file in database.paths.backups.iterdir()] == [backup.path.name]
    assert backups.list_backups(database.paths) == [backup]
    counts = backups.verify_backup(backup.path).counts
    assert counts["answer"] == 4
    assert all(count > 0 for table, count in counts.items() if table != "setting")


def test_a_backup_is_made_only_when_something_changed_and_the_last_is_old_enough(database: Database) -> None:
    assert backups.back_up_if_changed(database, NOON) is not None
    assert backups.back_up_if_changed(database, NOON + HOUR) is None
    append_answers(database, 1, 1)
    assert backups.back_up_if_changed(database, NOON + HOUR / 4) is None
    assert backups.back_up_if_changed(database, NOON + HOUR) is not None
    assert backups.back_up_if_changed(database, NOON + 2 * HOUR) is None
    settings.set_setting(database, "language", "tr")
    assert backups.back_up_if_changed(database, NOON + HOUR, minimum_age=timedelta(0)) is not None


def test_the_change_is_noticed_across_restarts(database: Database) -> None:
    backups.back_up(database, NOON)
    append_answers(database, 1, 1)
    database.close()
    again = open_for_writing(database.paths, NOON)
    assert backups.back_up_if_changed(again, NOON + HOUR) is not None
    again.close()


def test_after_a_clock_was_set_back_backups_are_still_made(database: Database) -> None:
    backups.back_up(database, NOON + timedelta(days=3650))
    append_answers(database, 1, 1)
    assert backups.back_up_if_changed(database, NOON) is not None


def test_a_damaged_newest_backup_makes_a_new_one_due(database: Database) -> None:
    damaged = backups.back_up(database, NOON)
    damaged.path.write_bytes(b"x" * 5000)
    assert backups.back_up_if_changed(database, NOON + HOUR) is not None


def test_old_backups_are_thinned_and_a_damaged_one_never_stands_for_its_day(database: Database) -> None:
    long_ago = NOON - timedelta(days=40)
    future = backups.back_up(database, NOON + timedelta(days=400))
    first = backups.back_up(database, long_ago)
    second = backups.back_up(database, long_ago + HOUR)
    third = backups.back_up(database, long_ago + 2 * HOUR)
    damaged = third.path.read_bytes()[:-1000]
    third.path.write_bytes(damaged)
    newest = backups.back_up(database, NOON)
    assert backups.list_backups(database.paths) == [second, third, newest, future]
    assert not first.path.exists()
    assert third.path.read_bytes() == damaged


def test_files_that_are_not_ours_are_left_alone(database: Database) -> None:
    database.paths.backups.mkdir()
    other = database.paths.backups / "progress-of-my-diet.db"
    other.write_text("eat less")
    backups.back_up(database, NOON)
    assert len(backups.list_backups(database.paths)) == 1
    assert other.read_text() == "eat less"


def test_restoring_brings_back_what_was_and_keeps_what_is(database: Database) -> None:
    append_answers(database, 1, 5)
    before = backups.back_up(database, NOON)
    append_answers(database, 6, 9)
    present = backups.restore(database, before.path, NOON + HOUR)
    assert answer_numbers(database) == [1, 2, 3, 4, 5]
    append_answers(database, 10, 10)
    database.close()
    again = open_for_writing(database.paths, NOON)
    assert again.recovery is None
    assert answer_numbers(again) == [1, 2, 3, 4, 5, 10]
    backups.restore(again, present.path, NOON + 2 * HOUR)
    assert answer_numbers(again) == list(range(1, 10))
    again.close()


def test_restoring_works_while_somebody_reads(database: Database) -> None:
    append_answers(database, 1, 5)
    before = backups.back_up(database, NOON)
    append_answers(database, 6, 9)
    reader = open_for_reading(database.paths)
    assert answer_numbers(reader) == list(range(1, 10))
    backups.restore(database, before.path, NOON + HOUR)
    assert answer_numbers(database) == [1, 2, 3, 4, 5]
    reader.close()
    append_answers(database, 6, 6)
    assert database.find_problems() == []


def test_a_backup_of_an_earlier_version_is_upgraded_when_restored(database: Database) -> None:
    append_answers(database, 1, 2)
    before = backups.back_up(database, NOON)
    database.close()
    newer = open_for_writing(database.paths, NOON, NEXT)
    append_answers(newer, 3, 3)
    backups.restore(newer, before.path, NOON + HOUR, NEXT)
    assert answer_numbers(newer) == [1, 2]
    newer.close()
    assert open_for_reading(database.paths, NEXT).recovery is None


@pytest.mark.parametrize("content", [b"", b"no database", bytes(8192)])
def test_what_is_no_backup_is_not_restored(database: Database, tmp_path: Path, content: bytes) -> None:
    append_answers(database, 1, 2)
    other = tmp_path / "other.db"
    other.write_bytes(content)
    with pytest.raises(DatabaseDamaged, match="cannot be used"):
        backups.restore(database, other, NOON)
    assert answer_numbers(database) == [1, 2]
    assert backups.list_backups(database.paths) == []


def test_a_backup_in_the_middle_of_a_change_is_a_defect(database: Database) -> None:
    with database.writing():
        append_answers(database, 1, 1)
        with pytest.raises(OurDefect):
            backups.back_up(database, NOON)


def test_a_failing_disk_leaves_the_database_open_when_restoring(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    append_answers(database, 1, 2)
    before = backups.back_up(database, NOON)
    append_answers(database, 3, 3)

    def fail(new: Path, old: Path) -> None:
        if old.name == "progress.db":
            raise PermissionError(13, "held by another program")
        original(new, old)

    original = disk.replace_file
    monkeypatch.setattr(disk, "replace_file", fail)
    with pytest.raises(CouldNotSave):
        backups.restore(database, before.path, NOON + HOUR)
    assert answer_numbers(database) == [1, 2, 3]
    monkeypatch.undo()
    append_answers(database, 4, 4)
    database.close()
    again = open_for_writing(database.paths, NOON)
    assert answer_numbers(again) == [1, 2, 3, 4]
    again.close()


def test_a_copy_on_another_medium_can_be_restored(database: Database, tmp_path: Path) -> None:
    append_answers(database, 1, 3)
    stick = tmp_path / "stick" / "progress copy.db"
    backups.copy_to(database, stick)
    append_answers(database, 4, 4)
    backups.restore(database, stick, NOON)
    assert answer_numbers(database) == [1, 2, 3]
    assert [file.name for file in stick.parent.iterdir()] == ["progress copy.db"]
