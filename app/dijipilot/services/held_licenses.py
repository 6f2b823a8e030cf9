"""Licenses read and opened with the pack in use: what each is worth here and now."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum

from msgspec import Struct

import dijipilot
from dijipilot.content.keyring import find_record
from dijipilot.content.pack import Pack
from dijipilot.domain.ids import SkillId
from dijipilot.domain.license import License
from dijipilot.domain.license_time import Access, AccessState
from dijipilot.domain.signed_text import TrustedKey
from dijipilot.errors import BadInput
from dijipilot.licensing.activation_store import KeptLicense
from dijipilot.licensing.license import lookup_of, open_record
from dijipilot.licensing.license_file import LicenseFile
from dijipilot.messages import Message, message
from dijipilot.services.license_clock import LicenseClock

VENDOR = "the publisher of your license"
"""Whom to ask about a license that was withdrawn."""


class LicenseState(StrEnum):
    """What becomes of a license here and now. SUSPECT: open, while the clock is wrong; WAITING: for a right clock."""

    OPEN = "open"
    RETIRED = "retired"
    ENDED = "ended"
    SUSPECT = "suspect"
    WAITING = "waiting"


_STATES = {
    AccessState.OPEN: LicenseState.OPEN,
    AccessState.CLOCK_SUSPECT: LicenseState.SUSPECT,
    AccessState.CLOCK_WRONG: LicenseState.WAITING,
    AccessState.ENDED: LicenseState.ENDED,
}


class HeldLicense(Struct, frozen=True):
    """A license that is kept here. lessons, masterclasses: how many it opens in the pack in use.

    last_symbols: of its code, "" where it has none. told: what there is to say about it, None where all is well.
    """

    license: License
    state: LicenseState
    lessons: tuple[SkillId, ...]
    masterclasses: int
    for_all: bool
    last_symbols: str
    activated_at: datetime | None
    told: Message | None


class LicenseOpener:
    """Reads licenses, gives the pack their keys and tells what became of it."""

    def __init__(
        self, pack: Pack, trusted: Sequence[TrustedKey], clock: Callable[[], datetime], license_clock: LicenseClock
    ) -> None:
        self._pack = pack
        self._trusted = trusted
        self._clock = clock
        self._license_clock = license_clock

    def begin_clock(self, licenses: Sequence[License]) -> None:
        """Note that the program starts, where a license ends."""
        if any(license_.is_timed for license_ in licenses):
            issued = [license_.issued for license_ in licenses]
            self._license_clock.begin(max(self._pack.manifest.built, *issued))

    def in_keyring(self, root: bytes) -> LicenseFile | None:
        """Return the record that the pack in use holds for a root, as a file of its own."""
        keyring_id = self._pack.manifest.keyring_id
        lookup = lookup_of(root, keyring_id)
        record = find_record(self._pack.file, lookup)
        return None if record is None else LicenseFile(keyring_id, lookup, record, root)

    def license_of(self, file: LicenseFile) -> License:
        """Return the license that a file with its root holds; the keyring of the pack in use may know a newer one.

        Raises BadInput where neither is genuine, or both are made for a newer app.
        """
        found = self.in_keyring(_root_of(file))
        try:
            own = self._read(file)
        except BadInput:
            if found is None:
                raise
            return self._read(found)
        try:
            newer = self._read(found) if found is not None else own
        except BadInput:
            return own
        # Of the same day, that of the keyring: it has the keys of today.
        return newer if newer.issued >= own.issued else own

    def _read(self, file: LicenseFile) -> License:
        return open_record(
            _root_of(file), file.keyring_id, file.lookup, file.record, self._trusted, dijipilot.__version__
        )

    def open(self, license_: License, kept: KeptLicense) -> HeldLicense:
        """Give the pack the keys of a license that has not ended, and see what they open."""
        access = self._license_clock.access(license_)
        opened = self._pack.unlock(license_.entitlements) if access.is_open else frozenset()
        curriculum = self._pack.curriculum
        lessons = tuple(lesson.skill for lesson in curriculum.lessons if lesson.skill in opened)
        state = _STATES[access.state]
        if state is LicenseState.OPEN and not lessons and self._is_behind(license_):
            state = LicenseState.RETIRED
        note = kept.file.note
        return HeldLicense(
            license=license_,
            state=state,
            lessons=lessons,
            masterclasses=len({curriculum.mission_by_skill[skill].number for skill in lessons}),
            for_all=kept.for_all,
            last_symbols=note.last_symbols if note else "",
            activated_at=datetime.fromtimestamp(note.activated_at, UTC) if note and note.activated_at else None,
            told=self._told_of(license_, state, access),
        )

    def _is_behind(self, license_: License) -> bool:
        """Tell whether the pack in use serves only later generations of what a license has keys for."""
        epochs = self._pack.manifest.epochs
        return any(epochs.get(each.entitlement, each.epoch) > each.epoch for each in license_.entitlements)

    def _told_of(self, license_: License, state: LicenseState, access: Access) -> Message | None:
        """Return what there is to say about a license, None where all is well."""
        now = f"{self._clock().astimezone():%Y-%m-%d}"
        seen = f"{access.seen.astimezone():%Y-%m-%d}" if access.seen else ""
        match state:
            case LicenseState.RETIRED:
                return message("license.retired", vendor=VENDOR, license=license_.id)
            case LicenseState.ENDED if license_.not_after:
                days = (license_.not_after - license_.issued).days
                return message("license.trial_ended", days=days, ended=license_.not_after.isoformat())
            case LicenseState.SUSPECT:
                return message("license.clock_suspect", now=now, seen=seen, starts=access.starts_left)
            case LicenseState.WAITING:
                return message("license.clock_wrong", now=now, seen=seen)
        return None


def _root_of(file: LicenseFile) -> bytes:
    """Return the root of a file that needs no code. Raises ValueError where it does."""
    if file.root is None:
        raise ValueError("this file opens together with a code")
    return file.root
