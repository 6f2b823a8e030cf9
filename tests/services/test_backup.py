"""The learner's data can be found, checked, backed up, brought back and erased."""

from datetime import timedelta

import pytest

from dijipilot.domain.ids import ProfileId, SkillId
from dijipilot.errors import DatabaseDamaged, UsageProblem
from dijipilot.services.backup import ERASE_WORD
from dijipilot.services.events import ProfileChanged
from tests import builders
from tests.services.conftest import Desk

BUYER = SkillId("niche.buyer")


def test_the_place_of_the_data_is_told(desk: Desk) -> None:
    made = desk.safekeeping.backup()

    place = desk.safekeeping.where()

    assert place.database == place.home / "progress.db"
    assert place.size > 0
    assert place.backups == (made,)
    assert made.size == made.path.stat().st_size > 0


def test_a_healthy_database_has_no_problems(desk: Desk) -> None:
    report = desk.safekeeping.check()

    assert (report.is_sound, report.problems) == (True, ())


def test_restoring_brings_back_what_was_and_keeps_what_is(desk: Desk) -> None:
    desk.learn.finish(desk.learner, BUYER)
    backup = desk.safekeeping.backup()
    assert desk.safekeeping.contents(backup.path)["lesson_event"] == 1
    desk.learn.reopen(desk.learner, BUYER)
    desk.told.clear()

    present = desk.safekeeping.restore(backup.path)

    assert desk.learn.progress_of(desk.learner, BUYER).is_done
    assert desk.told == [ProfileChanged(ProfileId(""))]
    desk.safekeeping.restore(present.path)
    assert not desk.learn.progress_of(desk.learner, BUYER).is_done


def test_a_damaged_backup_is_refused_and_nothing_changes(desk: Desk) -> None:
    desk.learn.finish(desk.learner, BUYER)
    backup = desk.safekeeping.backup()
    backup.path.write_bytes(b"not a database at all")

    with pytest.raises(DatabaseDamaged):
        desk.safekeeping.restore(backup.path)
    assert desk.learn.progress_of(desk.learner, BUYER).is_done


def test_a_backup_is_made_only_when_something_changed(desk: Desk) -> None:
    days = builders.ticking_clock(step=timedelta(days=1))
    slow = Desk(desk.database, desk.pack, days, desk.new_id)

    assert slow.safekeeping.backup_if_changed() is not None
    assert slow.safekeeping.backup_if_changed() is None
    slow.learn.finish(slow.learner, BUYER)
    assert slow.safekeeping.backup_if_changed() is not None


def test_everything_is_erased_only_with_the_word(desk: Desk) -> None:
    desk.safekeeping.backup()
    place = desk.safekeeping.where()
    with pytest.raises(UsageProblem, match=ERASE_WORD):
        desk.safekeeping.erase("yes")
    assert place.database.exists()

    desk.safekeeping.erase(ERASE_WORD)

    assert not place.database.exists()
    assert desk.safekeeping.backups() == ()
