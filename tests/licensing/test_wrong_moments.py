"""Whatever the clock said when a license was activated, the license opens, then and later."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from dijipilot.content.pack import open_pack
from dijipilot.domain.license import LicenseType
from dijipilot.licensing.activation_store import ActivationStore
from dijipilot.licensing.license_file import Note, read_armor, write_armor
from dijipilot.services.activate import Licenses
from dijipilot.services.events import Announcer
from dijipilot.services.license_clock import LicenseClock
from tests.licensing.genuine import TRUSTED, code_of, file_of, license_of, write_genuine_pack

PERPETUAL = 0


@pytest.mark.parametrize("year", [1, 1901, 1969, 1970, 2038, 2106, 9998, 9999])
def test_a_license_that_was_activated_in_any_year_opens_at_every_later_start(year: int, tmp_path: Path) -> None:
    def clock() -> datetime:
        return datetime(year, 12, 31, 12, tzinfo=UTC)

    assert license_of(PERPETUAL).type is not LicenseType.TRIAL
    store = ActivationStore(tmp_path / "licenses", tmp_path / "everybody")

    for is_activated in (False, True):
        with open_pack(write_genuine_pack(tmp_path / "cards.djpack"), TRUSTED) as pack:
            mark = LicenseClock(tmp_path / "clock.json", may_write=True, clock=clock)
            licenses = Licenses(store, pack, TRUSTED.license, Announcer(), clock, mark)
            licenses.open_all()
            assert len(licenses.held()) == is_activated
            held = licenses.activate(code_of(PERPETUAL).printed).held
            assert held.lessons
            assert held.activated_at is None or held.activated_at.astimezone() is not None


@pytest.mark.parametrize("moment", [253_370_764_800, 2**63, 2**64 - 1])
def test_a_moment_that_no_calendar_knows_is_none(moment: int) -> None:
    kept = replace(file_of(0, is_bearer=True).file, note=Note(moment, "3F7KQ"))

    assert read_armor(write_armor(kept)).note == Note(0, "3F7KQ")
