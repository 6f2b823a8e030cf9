"""Activating licenses: everything that can come of it, and what then opens, here and at the next start."""

import errno
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from dijipilot import disk
from dijipilot.content.pack import Pack
from dijipilot.domain.ids import LicenseId, SkillId
from dijipilot.domain.license import License, LicenseType
from dijipilot.errors import BadInput, CouldNotSave, LessonLocked, NotEntitled, UsageProblem, UserProblem
from dijipilot.licensing.activation_store import ActivationStore
from dijipilot.licensing.license import lookup_of
from dijipilot.licensing.license_file import LicenseFile, read_license_file, write_armor
from dijipilot.services import activate
from dijipilot.services.activate import CodeNeeded, Licenses
from dijipilot.services.events import Announcer, Event, LicensesChanged
from dijipilot.services.held_licenses import LicenseState
from dijipilot.services.library import Library
from dijipilot.services.license_clock import LicenseClock
from dijipilot_vendor.publisher import Publisher
from dijipilot_vendor.records import LiveLicense, make_license_file, payload_of, seal_record, signed
from dijipilot_vendor.sealing import Release
from tests import builders
from tests.licenses import (
    FIRST_ID,
    derived,
    make_bearer_file,
    make_card,
    make_card_file,
    make_license,
    on_card,
    with_later_generation,
    write,
)
from tests.packs import BUILT, PUBLISHER, TRUSTED, opened, write_sealed_pack

BUYER, COSTS = SkillId("niche.buyer"), SkillId("price.cost-stack")
CARD, OTHER_CARD, UNKNOWN_CARD = make_card(1), make_card(2), make_card(99)
SECOND_ID = LicenseId("L-2026-000002")
BOTH_YEARS = make_license(SECOND_ID, "pro-2026 pro-2027", content_through=date(2027, 12, 31), seats=40)
STOCK = (on_card(1, make_license()), on_card(2, BOTH_YEARS))
"""What the first pack knows: a license for 2026 on one card, one for both years on the other."""


class Computer:
    """One computer: a home, a folder for all users, a clock, and a pack that can be exchanged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = builders.NOON
        self.told: list[Event] = []
        self._number = 0
        self.pack: Pack
        self.licenses: Licenses

    @property
    def own(self) -> Path:
        """The folder of this home's licenses."""
        return self.folder / "licenses"

    @property
    def machine(self) -> Path:
        """The folder of licenses for all users."""
        return self.folder / "all-users"

    def start(
        self,
        licenses: tuple[LiveLicense, ...] = STOCK,
        serial: int = 1,
        publisher: Publisher = PUBLISHER,
        sold: str = "1.1.1 1.1.2",
    ) -> Licenses:
        """Start the program with a pack in which one lesson is of 2026 and one of 2027."""
        content = builders.small_content(sold=sold, published={COSTS: "2027-02-01"})
        self._number += 1
        file = self.folder / f"pack-{self._number}.djpack"
        return self.open(write_sealed_pack(content, file, licenses, Release(serial, serial, BUILT), publisher))

    def open(self, pack_file: Path) -> Licenses:
        """Start the program with a pack that was made before."""
        self.close()
        self.pack = opened(pack_file)
        announcer = Announcer()
        announcer.subscribe(self.told.append)
        clock = LicenseClock(self.own / "clock.json", True, lambda: self.now, lambda: 0.0)
        store = ActivationStore(self.own, self.machine)
        self.licenses = Licenses(store, self.pack, TRUSTED.license, announcer, lambda: self.now, clock)
        self.licenses.open_all()
        return self.licenses

    def again(self) -> Licenses:
        """Start the program anew."""
        return self.open(self.pack.path)

    def close(self) -> None:
        """End the program, if it runs."""
        if self._number and hasattr(self, "pack"):
            self.pack.close()

    @property
    def readable(self) -> set[SkillId]:
        """The written lessons that can be read."""
        library = Library(self.pack, None, self.licenses)
        found = set()
        for skill in (BUYER, COSTS):
            try:
                assert library.lesson(skill) == builders.lesson_text(skill)
                found.add(skill)
            except LessonLocked:
                pass
        return found

    def why(self, skill: SkillId) -> tuple[str, str]:
        """Return why a lesson cannot be read: the id of what is said, and the sentence."""
        with pytest.raises(LessonLocked) as caught:
            Library(self.pack, None, self.licenses).lesson(skill)
        return caught.value.message.id, str(caught.value)


@pytest.fixture
def computer(tmp_path: Path) -> Iterator[Computer]:
    """Return a computer on which nothing was activated."""
    made = Computer(tmp_path / "computer")
    made.folder.mkdir()
    yield made
    made.close()


def held(licenses: Licenses) -> dict[str, LicenseState]:
    return {each.license.id: each.state for each in licenses.held()}


def refusal(activate: Callable[[], object], kind: type[UserProblem] = BadInput) -> str:
    """Return the id of what is said when nothing was activated."""
    with pytest.raises(kind) as caught:
        activate()
    return caught.value.message.id


@pytest.mark.parametrize(
    ("masterclasses", "lessons", "opened"),
    [(1, 1, "1 lesson"), (1, 3, "1 masterclass, 3 lessons"), (2, 3, "2 masterclasses, 3 lessons")],
)
def test_what_was_unlocked_is_counted_in_good_english(masterclasses: int, lessons: int, opened: str) -> None:
    assert activate._unlocked("Pro", masterclasses, lessons).english() == (
        f"Pro unlocked: {opened}. Works without internet on this computer. (L13)"
    )


# A code from a card


def test_a_code_opens_what_its_license_covers_here_and_at_the_next_start(computer: Computer) -> None:
    licenses = computer.start()
    assert computer.readable == set()

    activation = licenses.activate(CARD.printed)

    assert activation.is_new
    assert activation.told.english() == (
        "Academy Pro unlocked: 1 lesson. Works without internet on this computer. (L13)"
    )
    assert activation.first_lesson == BUYER
    assert computer.told == [LicensesChanged()]
    assert computer.readable == {BUYER}
    computer.again()
    assert computer.readable == {BUYER}


def test_what_is_kept_says_when_and_with_which_card(computer: Computer) -> None:
    computer.start().activate(CARD.printed)

    (found,) = computer.again().held()

    assert found.license == make_license()
    assert (found.state, found.told) == (LicenseState.OPEN, None)
    assert (found.lessons, found.masterclasses, found.for_all) == ((BUYER,), 1, False)
    assert found.last_symbols == CARD.last5
    assert found.activated_at == builders.NOON


def test_a_code_may_be_typed_in_many_ways(computer: Computer) -> None:
    licenses = computer.start()

    assert licenses.activate(f"  {CARD.printed.lower().replace('-', ' ')}\n").is_new


def test_a_code_that_the_pack_does_not_know_is_told_with_the_age_of_the_pack(computer: Computer) -> None:
    licenses = computer.start()

    with pytest.raises(NotEntitled, match=r"your pack of 2026-11-23\. .*\(L04\)"):
        licenses.activate(UNKNOWN_CARD.printed)

    assert computer.readable == set()
    assert not computer.own.exists()
    assert computer.told == []


def test_the_same_code_a_second_time_changes_nothing(computer: Computer) -> None:
    licenses = computer.start()
    licenses.activate(CARD.printed)
    before = [(path.name, path.stat().st_mtime_ns, path.read_bytes()) for path in computer.own.iterdir()]
    computer.now += timedelta(days=3)

    again = licenses.activate(CARD.printed)

    assert not again.is_new
    assert again.told.english() == "This computer already has Academy Pro. Nothing needed to change. (L12)"
    assert again.first_lesson == BUYER
    assert [(path.name, path.stat().st_mtime_ns, path.read_bytes()) for path in computer.own.iterdir()] == before
    assert computer.told == [LicensesChanged()]


@pytest.mark.parametrize("cause", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_code_that_could_not_be_saved_can_be_tried_again(
    computer: Computer, monkeypatch: pytest.MonkeyPatch, cause: int
) -> None:
    licenses = computer.start()

    def refuse(*_: object) -> None:
        raise OSError(cause, os.strerror(cause))

    with monkeypatch.context() as patch:
        patch.setattr(disk, "replace_file", refuse)
        with pytest.raises(CouldNotSave, match=rf"{os.strerror(cause)}\. .*\(L11\)"):
            licenses.activate(CARD.printed)

    assert (computer.readable, held(licenses), computer.told) == (set(), {}, [])
    assert list(computer.own.iterdir()) == []
    assert licenses.activate(CARD.printed).is_new
    assert computer.readable == {BUYER}


def test_two_licenses_open_what_either_opens(computer: Computer) -> None:
    licenses = computer.start()

    licenses.activate(CARD.printed)
    second = licenses.activate(OTHER_CARD.printed)

    assert second.held.lessons == (BUYER, COSTS)
    assert second.held.masterclasses == 2
    assert computer.readable == {BUYER, COSTS}
    assert held(licenses) == {FIRST_ID: LicenseState.OPEN, SECOND_ID: LicenseState.OPEN}
    licenses.remove(FIRST_ID)
    computer.again()
    assert computer.readable == {BUYER, COSTS}


def test_a_license_for_nothing_in_this_pack_is_kept_for_later_ones(computer: Computer) -> None:
    licenses = computer.start((on_card(1, make_license(opens="pro-2028")),))

    activation = licenses.activate(CARD.printed)

    assert (activation.held.lessons, activation.held.state) == ((), LicenseState.OPEN)
    assert activation.first_lesson is None
    assert held(computer.again()) == {FIRST_ID: LicenseState.OPEN}


# A license file


def test_a_bearer_file_opens_without_typing_anything(computer: Computer, tmp_path: Path) -> None:
    licenses = computer.start(())
    file = write(make_bearer_file(BOTH_YEARS), tmp_path / "USB stick" / "room 4.djlicense")

    activation = licenses.activate_file(file)

    assert activation.is_new
    assert (activation.held.last_symbols, activation.held.license.seats) == ("", 40)
    assert computer.readable == {BUYER, COSTS}
    assert not licenses.activate_file(file).is_new
    computer.again()
    assert computer.readable == {BUYER, COSTS}


def test_a_license_pasted_from_a_mail_is_a_license_file(computer: Computer) -> None:
    block = write_armor(make_bearer_file(BOTH_YEARS)).decode()
    quoted = "\r\n".join(f"> {line}" for line in block.splitlines())

    computer.start(()).activate(f"Hello,\n\nhere it is:\n{quoted}\n\nRegards")

    assert computer.readable == {BUYER, COSTS}


def test_a_file_without_its_code_is_kept_ready_and_changes_nothing(computer: Computer, tmp_path: Path) -> None:
    licenses = computer.start(())
    file = write(make_card_file(1, BOTH_YEARS), tmp_path / "late.djlicense")

    with pytest.raises(CodeNeeded, match="Type the code from your card") as waiting:
        licenses.activate_file(file)
    assert (held(licenses), computer.own.exists()) == ({}, False)

    activation = licenses.activate(CARD.printed, waiting.value.file)

    assert activation.held.last_symbols == CARD.last5
    assert computer.readable == {BUYER, COSTS}
    computer.again()
    assert computer.readable == {BUYER, COSTS}


def test_the_code_of_another_card_opens_that_card_and_not_the_file(computer: Computer) -> None:
    licenses = computer.start()
    file = make_card_file(99, make_license("L-2026-000099", "pro-2026 pro-2027"))

    activation = licenses.activate(CARD.printed, file)

    assert activation.held.license.id == FIRST_ID
    assert held(computer.again()) == {FIRST_ID: LicenseState.OPEN}


def test_a_code_that_fits_neither_the_file_nor_the_pack_is_unknown(computer: Computer) -> None:
    licenses = computer.start()

    file = make_card_file(1, make_license())
    assert refusal(lambda: licenses.activate(UNKNOWN_CARD.printed, file), NotEntitled) == ("license.code_unknown")


def test_a_file_that_waited_may_be_of_somebody_else(computer: Computer) -> None:
    licenses = computer.start(())
    foreign = replace(PUBLISHER, license_signer=replace(PUBLISHER.license_signer, seed=derived("somebody")))

    told = refusal(lambda: licenses.activate(CARD.printed, make_card_file(1, make_license(), foreign)))

    assert told == "license.not_genuine"


def test_a_file_of_another_publisher_is_not_genuine(computer: Computer, tmp_path: Path) -> None:
    licenses = computer.start()
    foreign = replace(PUBLISHER, license_signer=replace(PUBLISHER.license_signer, seed=derived("somebody")))
    file = write(make_bearer_file(make_license(), foreign), tmp_path / "foreign.djlicense")

    with pytest.raises(BadInput, match=r"damaged or was not issued for this app\. .*\(L05\)"):
        licenses.activate_file(file)

    assert (held(licenses), computer.own.exists()) == ({}, False)


def test_a_damaged_file_and_a_missing_one_are_told(computer: Computer, tmp_path: Path) -> None:
    licenses = computer.start()
    damaged = tmp_path / "damaged.djlicense"
    damaged.write_bytes(write_armor(make_bearer_file(make_license()))[:-60])

    assert refusal(lambda: licenses.activate_file(damaged)) == "license.not_genuine"
    assert refusal(lambda: licenses.activate_file(tmp_path / "none.djlicense")) == "license.file_not_found"


def test_a_file_for_a_newer_app_is_told(computer: Computer, tmp_path: Path) -> None:
    licenses = computer.start()
    root, keyring_id, signer = derived("a root"), derived("a keyring", 16), PUBLISHER.license_signer
    inner = signed(payload_of(make_license(), signer.kid, app_min="99.0.0"), signer)
    made = LicenseFile(keyring_id, lookup_of(root, keyring_id), seal_record(root, keyring_id, inner), root)
    file = write(made, tmp_path / "later.djlicense")

    with pytest.raises(BadInput, match=r"needs app version 99\.0\.0 or later\. Your progress is safe; .*\(L06\)"):
        licenses.activate_file(file)


# For all users of a machine


def test_a_license_for_all_users_opens_for_somebody_who_activated_nothing(computer: Computer, tmp_path: Path) -> None:
    computer.start(()).activate_file(write(make_bearer_file(BOTH_YEARS), tmp_path / "r.djlicense"), for_all=True)
    assert not computer.own.exists()
    somebody = Computer(tmp_path / "somebody")
    somebody.folder.mkdir()
    (somebody.folder / "all-users").symlink_to(computer.machine)

    somebody.start(())

    assert somebody.readable == {BUYER, COSTS}
    assert [each.for_all for each in somebody.licenses.held()] == [True]
    somebody.close()


def test_a_license_of_ones_own_can_be_given_to_all_users(computer: Computer) -> None:
    licenses = computer.start()
    licenses.activate(CARD.printed)

    assert licenses.activate(CARD.printed, for_all=True).is_new
    assert not licenses.activate(CARD.printed, for_all=True).is_new
    assert not licenses.activate(CARD.printed).is_new, "all users have it, so this one does"
    assert [path.name for path in computer.machine.iterdir()] == [f"{FIRST_ID}.djlicense"]


def test_a_file_that_an_administrator_copied_there_by_hand_counts(computer: Computer, tmp_path: Path) -> None:
    write(make_bearer_file(BOTH_YEARS), computer.machine / "room 4.djlicense")

    licenses = computer.start(())

    assert computer.readable == {BUYER, COSTS}
    (found,) = licenses.held()
    assert (found.for_all, found.activated_at, found.last_symbols) == (True, None, "")
    licenses.export(SECOND_ID, tmp_path / "copy.djlicense")
    licenses.remove(SECOND_ID)
    assert list(computer.machine.iterdir()) == []


# The next pack


def test_a_card_in_the_next_keyring_opens_the_next_generation_without_retyping(computer: Computer) -> None:
    computer.start().activate(CARD.printed)
    later = with_later_generation()
    resealed = on_card(1, make_license(opens="pro-2026:2 pro-2027:2", publisher=later))

    licenses = computer.start((resealed,), serial=2, publisher=later)

    assert computer.readable == {BUYER, COSTS}
    assert licenses.held()[0].license == resealed.license
    assert licenses.held()[0].last_symbols == CARD.last5


def test_old_licenses_live_through_three_generations(computer: Computer) -> None:
    computer.start().activate(CARD.printed)
    publisher = PUBLISHER
    for serial in (2, 3, 4):
        publisher = with_later_generation(publisher, oldest_served=serial)
        resealed = on_card(1, make_license(opens=f"pro-2026:{serial}", publisher=publisher))
        computer.start((resealed,), serial, publisher)
        assert computer.readable == {BUYER}
        assert held(computer.licenses) == {FIRST_ID: LicenseState.OPEN}


def test_a_withdrawn_card_opens_nothing_in_the_new_pack_and_all_in_the_earlier_one(computer: Computer) -> None:
    computer.start().activate(CARD.printed)
    earlier = computer.pack.path

    licenses = computer.start((), serial=2, publisher=with_later_generation())

    assert computer.readable == set()
    assert held(licenses) == {FIRST_ID: LicenseState.RETIRED}
    told = licenses.held()[0].told
    assert told is not None
    assert told.english().endswith(f"License {FIRST_ID}. (L10)")
    assert computer.why(BUYER) == ("license.retired", told.english())
    assert computer.why(COSTS)[0] == "license.published_later"
    computer.open(earlier)
    assert computer.readable == {BUYER}
    assert held(computer.licenses) == {FIRST_ID: LicenseState.OPEN}


def test_a_withdrawn_card_of_a_generation_that_is_still_served_goes_on_opening(computer: Computer) -> None:
    computer.start().activate(CARD.printed)

    computer.start((), serial=2, publisher=with_later_generation(oldest_served=1))

    assert computer.readable == {BUYER}


def test_a_withdrawn_license_file_says_so_when_it_is_activated(computer: Computer, tmp_path: Path) -> None:
    licenses = computer.start((), serial=2, publisher=with_later_generation())

    activation = licenses.activate_file(write(make_bearer_file(make_license()), tmp_path / "old.djlicense"))

    assert activation.told.id == "license.retired"
    assert (activation.held.state, activation.first_lesson) == (LicenseState.RETIRED, None)


def test_a_withdrawn_license_can_be_replaced_by_one_that_was_issued_again(computer: Computer, tmp_path: Path) -> None:
    computer.start().activate(CARD.printed)
    later = with_later_generation()
    licenses = computer.start((), serial=2, publisher=later)
    again = make_license(opens="pro-2026:2", publisher=later, issued=date(2027, 1, 5))

    activation = licenses.activate_file(write(make_bearer_file(again), tmp_path / "again.djlicense"))

    assert activation.is_new
    assert computer.readable == {BUYER}
    assert held(computer.again()) == {FIRST_ID: LicenseState.OPEN}


def test_an_extended_license_takes_the_place_of_the_one_before(computer: Computer, tmp_path: Path) -> None:
    licenses = computer.start()
    licenses.activate(CARD.printed)
    extended = make_license(opens="pro-2026 pro-2027", content_through=date(2027, 12, 31), issued=date(2026, 12, 20))
    file = write(make_bearer_file(extended), tmp_path / "extended.djlicense")

    assert licenses.activate_file(file).is_new

    assert computer.readable == {BUYER, COSTS}
    assert [each.license for each in computer.again().held()] == [extended]
    assert computer.readable == {BUYER, COSTS}


def test_an_earlier_copy_does_not_take_the_place_of_an_extended_license(computer: Computer, tmp_path: Path) -> None:
    licenses = computer.start(())
    extended = make_license(opens="pro-2026 pro-2027", issued=date(2026, 12, 20))
    licenses.activate_file(write(make_bearer_file(extended), tmp_path / "extended.djlicense"))

    again = licenses.activate_file(write(make_bearer_file(make_license()), tmp_path / "first.djlicense"))

    assert again.told.id == "license.active_already"
    assert [each.license for each in computer.again().held()] == [extended]


def test_a_record_in_the_keyring_that_cannot_be_used_leaves_the_one_that_is_kept(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    computer.start().activate(CARD.printed)
    foreign = replace(PUBLISHER, license_signer=replace(PUBLISHER.license_signer, seed=derived("somebody")))

    computer.start(STOCK, serial=2, publisher=foreign)

    assert computer.readable == {BUYER}


# Why something is locked


def test_without_a_license_the_outline_is_offered(computer: Computer) -> None:
    computer.start()

    told, sentence = computer.why(BUYER)

    assert told == "pack.lesson_locked"
    assert "“Lesson on niche.buyer” is locked" in sentence


def test_a_lesson_that_was_published_later_names_both_days(computer: Computer) -> None:
    computer.start().activate(CARD.printed)

    told, sentence = computer.why(COSTS)

    assert told == "license.published_later"
    assert sentence == (
        "Your license covers lessons published up to 2026-12-31. “Lesson on price.cost-stack” was published on "
        "2027-02-01. Everything you already unlocked stays open. (L07)"
    )


def test_the_editions_that_would_open_a_lesson_are_named_once(computer: Computer) -> None:
    licenses = computer.start(sold="1.1.1")

    assert licenses.openers(BUYER) == ("Academy Pro (development)",)
    assert licenses.openers(COSTS) == ()


# Licenses that end


def trial() -> License:
    return make_license(
        "T-1",
        "pro-2026",
        type=LicenseType.TRIAL,
        content_through=None,
        issued=date(2026, 11, 20),
        not_after=date(2026, 12, 20),
    )


def test_a_trial_opens_until_its_last_day_and_says_so_afterwards(computer: Computer, tmp_path: Path) -> None:
    computer.start(()).activate_file(write(make_bearer_file(trial()), tmp_path / "trial.djlicense"))
    assert computer.readable == {BUYER}

    for day in range(1, 40):
        computer.now = builders.NOON + timedelta(days=day)
        computer.again()
        if computer.now.date() <= date(2026, 12, 20):
            assert computer.readable == {BUYER}
    assert computer.readable == set()
    assert held(computer.licenses) == {"T-1": LicenseState.ENDED}
    assert computer.why(BUYER)[1] == (
        "Your 30-day access ended on 2026-12-20. Your notes, answers and certificates stay here and can be exported. "
        "(L08)"
    )


def test_a_trial_that_was_extended_opens_again(computer: Computer, tmp_path: Path) -> None:
    licenses = computer.start(())
    licenses.activate_file(write(make_bearer_file(trial()), tmp_path / "trial.djlicense"))
    longer = replace(trial(), not_after=date(2027, 12, 20), issued=date(2026, 11, 25))

    assert licenses.activate_file(write(make_bearer_file(longer), tmp_path / "longer.djlicense")).is_new

    (found,) = computer.again().held()
    assert found.license == longer


def test_a_clock_set_back_is_told_and_access_goes_on_for_seven_starts(computer: Computer, tmp_path: Path) -> None:
    computer.start(()).activate_file(write(make_bearer_file(trial()), tmp_path / "trial.djlicense"))
    computer.again()

    computer.now -= timedelta(days=400)
    states, sentences = [], []
    for _ in range(8):
        (found,) = computer.again().held()
        states.append(found.state)
        assert found.told is not None
        sentences.append(found.told.english())

    assert states == [LicenseState.SUSPECT] * 7 + [LicenseState.WAITING]
    assert "access continues for 6 more starts meanwhile. (L09)" in sentences[0]
    assert "Correct the date, and your lessons open again at once." in sentences[-1]
    assert computer.readable == set()
    assert computer.why(BUYER)[0] == "license.clock_wrong"
    computer.now = builders.NOON
    computer.again()
    assert computer.readable == {BUYER}


def test_a_license_without_an_end_leaves_no_trace_of_the_clock(computer: Computer) -> None:
    computer.start().activate(CARD.printed)

    for year in (1971, 2099, 2026):
        computer.now = datetime(year, 6, 1, tzinfo=UTC)
        computer.again()
        assert computer.readable == {BUYER}

    assert not (computer.own / "clock.json").exists()


def test_a_clock_reset_forgets_a_wrong_clock_and_is_not_kept(computer: Computer, tmp_path: Path) -> None:
    computer.start(()).activate_file(write(make_bearer_file(trial()), tmp_path / "trial.djlicense"))
    computer.now += timedelta(days=2_000)
    for day in range(4):
        computer.now += timedelta(days=day)
        computer.again()
    assert computer.readable == set()
    computer.now = builders.NOON + timedelta(days=3)
    licenses = computer.again()
    reset = make_license("R-1", "", type=LicenseType.CLOCK_RESET, content_through=None, issued=computer.now.date())

    activation = licenses.activate_file(write(make_bearer_file(reset), tmp_path / "reset.djlicense"))

    assert activation.told.id == "license.clock_reset"
    assert computer.readable == {BUYER}
    assert held(licenses) == {"T-1": LicenseState.OPEN}
    assert held(computer.again()) == {"T-1": LicenseState.OPEN}


# Removing, moving, and what else lies there


def test_a_removed_license_locks_its_lessons_from_the_next_start_on(computer: Computer) -> None:
    licenses = computer.start()
    licenses.activate(CARD.printed)

    licenses.remove(FIRST_ID)

    assert held(licenses) == {}
    assert computer.told == [LicensesChanged()] * 2
    computer.again()
    assert computer.readable == set()
    assert list(computer.own.iterdir()) == []
    assert refusal(lambda: computer.licenses.remove(FIRST_ID), UsageProblem) == "license.unknown"
    assert computer.licenses.activate(CARD.printed).is_new


def test_an_exported_license_opens_the_same_on_another_computer(computer: Computer, tmp_path: Path) -> None:
    computer.start().activate(OTHER_CARD.printed)
    file = tmp_path / "moved.djlicense"

    computer.licenses.export(SECOND_ID, file)

    assert read_license_file(file).note is None
    other = Computer(tmp_path / "other")
    other.folder.mkdir()
    other.start(()).activate_file(file)
    assert other.readable == {BUYER, COSTS}
    assert held(other.again()) == {SECOND_ID: LicenseState.OPEN}
    other.close()
    assert refusal(lambda: computer.licenses.export(FIRST_ID, file), UsageProblem) == "license.unknown"


def test_an_export_that_cannot_be_written_is_told(computer: Computer, tmp_path: Path) -> None:
    computer.start().activate(CARD.printed)

    with pytest.raises(CouldNotSave):
        computer.licenses.export(FIRST_ID, tmp_path / "gone" / "moved.djlicense")


def test_a_file_that_cannot_be_used_leaves_the_others_open(
    computer: Computer, caplog: pytest.LogCaptureFixture
) -> None:
    computer.start().activate(CARD.printed)
    foreign = replace(PUBLISHER, license_signer=replace(PUBLISHER.license_signer, seed=derived("somebody")))
    write(make_bearer_file(make_license("L-FOREIGN"), foreign), computer.own / "L-FOREIGN.djlicense")
    (computer.own / "L-EMPTY.djlicense").write_bytes(b"")
    whole = (computer.own / f"{FIRST_ID}.djlicense").read_bytes()

    licenses = computer.again()

    assert computer.readable == {BUYER}
    assert held(licenses) == {FIRST_ID: LicenseState.OPEN}
    assert "L-FOREIGN" in caplog.text
    assert "L-EMPTY" in caplog.text
    assert (computer.own / f"{FIRST_ID}.djlicense").read_bytes() == whole


def test_of_two_files_with_one_license_the_one_that_was_issued_last_counts(computer: Computer, tmp_path: Path) -> None:
    later = with_later_generation()
    old, new = make_license(), make_license(opens="pro-2026:2", publisher=later, issued=date(2027, 1, 5))
    write(make_bearer_file(old), computer.own / f"{FIRST_ID}.djlicense")
    root = derived("another root")
    issued_again = make_license_file(root, new, later.license_signer, is_bearer=True)
    write(issued_again, computer.machine / f"{FIRST_ID}.djlicense")

    licenses = computer.start((), serial=2, publisher=later)

    assert computer.readable == {BUYER}
    assert held(licenses) == {FIRST_ID: LicenseState.OPEN}
    licenses.export(FIRST_ID, tmp_path / "moved.djlicense")
    assert read_license_file(tmp_path / "moved.djlicense") == issued_again


def test_removing_what_one_may_not_remove_keeps_all_as_it_is(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    licenses = computer.start()
    for for_all in (False, True):
        licenses.activate(CARD.printed, for_all=for_all)
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path.is_relative_to(computer.machine):
            raise PermissionError(errno.EACCES, "Permission denied")
        unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        with pytest.raises(CouldNotSave, match="could not be removed: Permission denied"):
            licenses.remove(FIRST_ID)

    assert len(list(computer.own.iterdir())) == 1
    assert held(licenses) == held(computer.again()) == {FIRST_ID: LicenseState.OPEN}


def test_neither_codes_nor_keys_stand_in_what_a_license_prints_or_logs(
    computer: Computer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    licenses = computer.start()
    activation = licenses.activate(CARD.printed)
    with pytest.raises(NotEntitled) as caught:
        licenses.activate(UNKNOWN_CARD.printed)

    printed = " ".join(
        (repr(activation), repr(licenses.held()), repr(caught.value), str(caught.value), repr(caught.value.__dict__))
    )
    file = read_license_file(computer.own / f"{FIRST_ID}.djlicense")
    assert isinstance(file, LicenseFile)
    assert file.root is not None
    keys = [each.key for each in activation.held.license.entitlements]
    for secret in (CARD.printed, CARD.symbols, UNKNOWN_CARD.printed, UNKNOWN_CARD.symbols):
        assert secret not in printed + caplog.text
    for key in (file.root, *keys):
        assert repr(key) not in printed + caplog.text
        assert key.hex() not in printed + caplog.text
