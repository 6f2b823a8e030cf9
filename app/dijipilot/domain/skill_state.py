"""What the gap analysis says of one skill, and of many; apart from it, as a window is painted before gaps are known."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import fields, replace


class SkillState(StrEnum):
    """What the gap analysis says of one skill."""

    MASTERED = "mastered"
    MISSING = "missing"
    UNSETTLED = "unsettled"
    NOT_APPLICABLE = "not_applicable"

    @property
    def is_gap(self) -> bool:
        """Whether something is left to close."""
        return self in (SkillState.MISSING, SkillState.UNSETTLED)


class Counts(Struct, frozen=True):
    """Numbers of skills by state; how many lessons are locked, whatever the state; minutes and value of what is open.

    minutes and value: to close every skill that applies and is not mastered. locked_missing, locked_unsettled: how many
    of the missing and of the unsettled are locked.
    """

    mastered: int = 0
    missing: int = 0
    unsettled: int = 0
    not_applicable: int = 0
    locked: int = 0
    minutes: int = 0
    value: float = 0.0
    locked_missing: int = 0
    locked_unsettled: int = 0

    @property
    def applicable(self) -> int:
        """How many skills apply."""
        return self.mastered + self.missing + self.unsettled

    @property
    def locked_gaps(self) -> int:
        """How many skills could be closed if their lessons were not locked."""
        return self.locked_missing + self.locked_unsettled

    @property
    def counted(self) -> "Counts":
        """The counts that shares are told of: locked gaps are left out, so that they count against nobody."""
        return replace(
            self,
            missing=self.missing - self.locked_missing,
            unsettled=self.unsettled - self.locked_unsettled,
            locked=self.locked - self.locked_gaps,
            locked_missing=0,
            locked_unsettled=0,
        )

    def as_dict(self) -> dict[str, int | float]:
        """Return the counts by name, as the command line prints them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
