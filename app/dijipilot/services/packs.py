"""Content packs of a home: what is here, what a new one would change for this learner, add it, go back."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from dijipilot.content.freshness import Shipped
from dijipilot.content.installed import (
    PackSummary,
    add_pack,
    added_packs,
    check_may_follow,
    open_pack_in_use,
    roll_back,
    summarize_pack,
    summary_of,
)
from dijipilot.content.pack import Pack, check_pack, open_pack
from dijipilot.domain.curriculum_changes import CurriculumChanges, changes_between
from dijipilot.domain.ids import SkillId
from dijipilot.errors import AcademyError, BadInput, PackDamaged
from dijipilot.messages import Message
from dijipilot.services.activate import Licenses
from dijipilot.services.held_licenses import HeldLicense


class KnownPack(Struct, frozen=True):
    """A pack that is here. summary: None where it cannot be used; problem says why."""

    path: Path
    is_in_use: bool
    summary: PackSummary | None
    problem: AcademyError | None


class PackPreview(Struct, frozen=True):
    """What using a new pack would change here.

    editions_in_use, editions: titles of what opens sealed lessons in either. locked: what the licenses of this home and
    machine do not open in the new one. licenses: those licenses, as they stand in the new one.
    """

    in_use: PackSummary
    new: PackSummary
    editions_in_use: tuple[str, ...]
    editions: tuple[str, ...]
    changes: CurriculumChanges
    locked: frozenset[SkillId]
    licenses: tuple[HeldLicense, ...]

    @property
    def told(self) -> tuple[Message, ...]:
        """What there is to say of licenses, such as that one was withdrawn."""
        return tuple(held.told for held in self.licenses if held.told is not None)


class Packs:
    """The packs of a home. licenses_for: opens what the licenses at hand open in a pack."""

    def __init__(self, folder: Path, shipped: Shipped, licenses_for: Callable[[Pack], Licenses]) -> None:
        self._folder = folder
        self._shipped = shipped
        self._licenses_for = licenses_for

    def known(self) -> tuple[KnownPack, ...]:
        """Return the pack of the program and those that were added, oldest first, each checked whole."""
        with open_pack_in_use(self._folder, self._shipped) as pack:
            in_use = pack.path
        return tuple(self._known(path, path == in_use) for path in (self._shipped.pack, *added_packs(self._folder)))

    def verify(self, file: Path) -> PackSummary:
        """Check all of a pack and return what it says of itself. Raises BadInput, PackDamaged."""
        return summarize_pack(file, self._shipped)

    def preview(self, file: Path) -> PackPreview:
        """Return what adding a pack would change; nothing is changed.

        Raises BadInput, PackDamaged, UsageProblem when it is in use already or older than that.
        """
        check_pack(file, self._shipped.trusted)
        with (
            open_pack_in_use(self._folder, self._shipped) as present,
            open_pack(file, self._shipped.trusted) as new,
        ):
            check_may_follow(present, new, self._shipped)
            self._licenses_for(present)
            licenses = self._licenses_for(new).held()
            return PackPreview(
                in_use=summary_of(present),
                new=summary_of(new),
                editions_in_use=present.editions(),
                editions=new.editions(),
                changes=changes_between(
                    present.curriculum, new.curriculum, present.readable_skills(), new.readable_skills()
                ),
                locked=new.locked_skills(),
                licenses=licenses,
            )

    def add(self, file: Path) -> PackSummary:
        """Use a pack from the next start on; the one in use stays beside it.

        Raises what preview raises, and CouldNotSave; then all is as before.
        """
        return add_pack(self._folder, file, self._shipped)

    def roll_back(self) -> PackSummary:
        """Take away the pack added last; return the one in use from the next start on.

        Raises UsageProblem when none was added, CouldNotSave.
        """
        return roll_back(self._folder, self._shipped)

    def _known(self, path: Path, is_in_use: bool) -> KnownPack:
        try:
            return KnownPack(path, is_in_use, summarize_pack(path, self._shipped), None)
        except (PackDamaged, BadInput) as error:
            return KnownPack(path, is_in_use, None, error)
