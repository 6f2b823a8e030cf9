"""Licenses on this computer: activate one, open what it opens, and say why something is not open."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from dijipilot.content.pack import Pack
from dijipilot.domain.ids import LicenseId, SkillId
from dijipilot.domain.license import License, LicenseType
from dijipilot.domain.signed_text import TrustedKey
from dijipilot.errors import AcademyError, NotEntitled, UsageProblem
from dijipilot.licensing.activation_store import ActivationStore, KeptLicense, UnusableFile
from dijipilot.licensing.code import ActivationCode
from dijipilot.licensing.license import lookup_of, root_of
from dijipilot.licensing.license_file import LicenseFile, Note, read_armor, read_license_file, write_license_file
from dijipilot.licensing.pasted import read_pasted
from dijipilot.messages import Message, message
from dijipilot.services.events import Announcer, LicensesChanged
from dijipilot.services.held_licenses import HeldLicense, LicenseOpener, LicenseState
from dijipilot.services.license_clock import LicenseClock

_log = logging.getLogger(__name__)


class Activation(Struct, frozen=True):
    """What activating brought. told: in words. first_lesson: where to begin, None where nothing was opened."""

    held: HeldLicense
    told: Message
    is_new: bool
    first_lesson: SkillId | None


class CodeNeeded(UsageProblem):
    """A license file was given that opens together with an activation code."""

    def __init__(self, file: LicenseFile) -> None:
        super().__init__(message("license.needs_code"))
        self.file = file


class Licenses:
    """What is licensed here, as far as keys can tell: nothing else says what is open."""

    def __init__(
        self,
        store: ActivationStore,
        pack: Pack,
        trusted: Sequence[TrustedKey],
        announcer: Announcer,
        clock: Callable[[], datetime],
        license_clock: LicenseClock,
    ) -> None:
        self._store = store
        self._pack = pack
        self._announcer = announcer
        self._clock = clock
        self._license_clock = license_clock
        self._opener = LicenseOpener(pack, trusted, clock, license_clock)
        self._held: dict[LicenseId, HeldLicense] = {}

    def open_all(self) -> None:
        """Open what the licenses kept here open; one that cannot be used is noted in the log and leaves the rest be."""
        self._held = {}
        readable = self._readable()
        self._opener.begin_clock([license_ for license_, _ in readable])
        for license_, kept in readable:
            self._held.setdefault(license_.id, self._opener.open(license_, kept))

    def _readable(self) -> list[tuple[License, KeptLicense]]:
        """Return what is kept here and can be used; of files with one license the one issued last comes first."""
        readable = []
        for kept in self._store.all():
            try:
                readable.append((self._opener.license_of(kept.file), kept))
            except AcademyError as error:
                _log.warning("The license %s was passed over: %s", kept.path.name, error)
        return sorted(readable, key=lambda each: each[0].issued, reverse=True)

    def note_running(self) -> None:
        """Note that the program runs, for licenses that end."""
        self._license_clock.note_running()

    def held(self) -> tuple[HeldLicense, ...]:
        """Return the licenses kept here, by id."""
        return tuple(self._held[name] for name in sorted(self._held))

    def unusable(self) -> tuple[UnusableFile, ...]:
        """Return the files kept here that open nothing: damaged, not genuine, or made for a newer app."""
        refused = []
        for kept in self._store.all():
            try:
                self._opener.license_of(kept.file)
            except AcademyError as error:
                refused.append(UnusableFile(kept.path, error.message))
        return (*self._store.unusable(), *refused)

    def place_of(self, license_id: LicenseId, *, for_all: bool) -> Path | None:
        """Return where a license is kept for this home or for all users, None where it is not."""
        kept = (each for license_, each in self._readable() if license_.id == license_id)
        return next((each.path for each in kept if each.for_all == for_all), None)

    def activate(self, text: str, file: LicenseFile | None = None, *, for_all: bool = False) -> Activation:
        """Activate what somebody typed or pasted: a code, or a whole license file.

        file: one that waits for its code. Raises CodeRejected, CodeNeeded, BadInput, NotEntitled, CouldNotSave.
        """
        found = read_pasted(text)
        if isinstance(found, ActivationCode):
            return self._activate_code(found, file, for_all)
        return self._activate_file(read_armor(found.text.encode("ascii")), for_all)

    def activate_file(self, file: Path, *, for_all: bool = False) -> Activation:
        """Activate a license file. Raises CodeNeeded, BadInput, CouldNotSave."""
        return self._activate_file(read_license_file(file), for_all)

    def remove(self, license_id: LicenseId) -> None:
        """Remove a license from this computer; what it opened stays open until the pack is opened anew.

        Raises UsageProblem where there is none of this id, CouldNotSave.
        """
        # That of all users first: who may not remove it keeps all as it is.
        for kept in sorted(self._kept(license_id), key=lambda each: each.for_all, reverse=True):
            self._store.remove(kept)
        self._held.pop(license_id, None)
        self._announcer.announce(LicensesChanged())

    def export(self, license_id: LicenseId, file: Path) -> None:
        """Write a license to a file that opens the same on another computer. Raises UsageProblem, CouldNotSave."""
        kept = self._kept(license_id)[0].file
        write_license_file(file, LicenseFile(kept.keyring_id, kept.lookup, kept.record, kept.root))

    def openers(self, skill: SkillId) -> tuple[str, ...]:
        """Return the titles of the editions of which any opens a lesson; none where it is not sealed."""
        if not self._pack.is_sealed(skill):
            return ()
        titles = dict.fromkeys(self._pack.edition_of(each) for each in self._pack.openers(skill))
        return tuple(titles)

    def why_locked(self, skill: SkillId) -> Message:
        """Return why a lesson is locked here, as far as the licenses kept here have to do with it."""
        lesson = self._pack.curriculum.lesson_by_skill[skill]
        wanted = self._pack.openers(skill)
        editions = {each.rpartition("-")[0] for each in wanted}
        for held in self.held():
            own = {each.entitlement for each in held.license.entitlements}
            if own & set(wanted):
                if held.told is not None:
                    return held.told
            elif held.license.content_through and editions & {each.rpartition("-")[0] for each in own}:
                through = held.license.content_through.isoformat()
                return message(
                    "license.published_later", through=through, title=lesson.title, published=lesson.published
                )
        return message("pack.lesson_locked", title=lesson.title)

    def _kept(self, license_id: LicenseId) -> list[KeptLicense]:
        # By what is in them: an administrator may have copied a file there under any name.
        kept = [each for license_, each in self._readable() if license_.id == license_id]
        if not kept:
            raise UsageProblem(message("license.unknown", license=license_id))
        return kept

    def _activate_code(self, code: ActivationCode, file: LicenseFile | None, for_all: bool) -> Activation:
        root = root_of(code.secret)
        if file is not None:
            # Its own record; should the code be of another card, the keyring of the pack may know it.
            is_its_code = file.lookup == lookup_of(root, file.keyring_id)
            file = replace(file, root=root) if is_its_code else None
        found = file or self._opener.in_keyring(root)
        if found is None:
            raise NotEntitled(message("license.code_unknown", built=self._pack.manifest.built.isoformat()))
        return self._keep(found, code.last5, for_all)

    def _activate_file(self, file: LicenseFile, for_all: bool) -> Activation:
        if file.root is None:
            raise CodeNeeded(file)
        return self._keep(file, "", for_all)

    def _keep(self, file: LicenseFile, last_symbols: str, for_all: bool) -> Activation:
        license_ = self._opener.license_of(file)
        if license_.type is LicenseType.CLOCK_RESET:
            return self._reset_clock(license_)
        before = self._held.get(license_.id)
        if before is not None and before.for_all >= for_all and self._adds_nothing(license_, before):
            told = message("license.active_already", edition=license_.edition)
            return Activation(before, told, is_new=False, first_lesson=self._first_of(before.lessons))
        noted = replace(file, note=Note(max(0, int(self._clock().timestamp())), last_symbols))
        kept = self._store.keep(license_.id, noted, for_all=for_all)
        self._opener.begin_clock([license_])
        held = self._held[license_.id] = self._opener.open(license_, kept)
        self._announcer.announce(LicensesChanged())
        return Activation(held, self._said_of(held), is_new=True, first_lesson=self._first_of(held.lessons))

    @staticmethod
    def _adds_nothing(license_: License, before: HeldLicense) -> bool:
        """Tell whether a license is what is open here already, or was issued again since."""
        is_open = before.state is LicenseState.OPEN
        return is_open and (license_ == before.license or license_.issued < before.license.issued)

    def _reset_clock(self, license_: License) -> Activation:
        """Do what a clock reset is for; it is not kept, as it opens nothing."""
        self._license_clock.reset(license_.id, license_.issued)
        self.open_all()
        self._announcer.announce(LicensesChanged())
        held = HeldLicense(license_, LicenseState.OPEN, (), 0, False, "", None, None)
        return Activation(held, message("license.clock_reset"), is_new=True, first_lesson=None)

    def _said_of(self, held: HeldLicense) -> Message:
        if held.told is None and not held.lessons:
            return message("license.opens_nothing_yet", edition=held.license.edition)
        return held.told or _unlocked(held.license.edition, held.masterclasses, len(held.lessons))

    def _first_of(self, lessons: tuple[SkillId, ...]) -> SkillId | None:
        return lessons[0] if lessons else None


def _unlocked(edition: str, masterclasses: int, lessons: int) -> Message:
    if lessons == 1:
        return message("license.unlocked_one_lesson", edition=edition)
    if masterclasses == 1:
        return message("license.unlocked_one_masterclass", edition=edition, lessons=lessons)
    return message("license.unlocked", edition=edition, masterclasses=masterclasses, lessons=lessons)
