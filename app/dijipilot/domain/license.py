"""What was issued to somebody, and the keys that it brings."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from dijipilot.domain.ids import LicenseId


class LicenseType(StrEnum):
    """How a license reached its holder. A clock reset opens nothing: it puts a wrong clock's trace right."""

    CARD = "card"
    NAMED = "named"
    CLASSROOM = "classroom"
    TRIAL = "trial"
    CLOCK_RESET = "clock-reset"


class EntitlementKey(Struct, frozen=True):
    """The key of an entitlement such as "pro-2027", in one generation (epoch); 32 bytes."""

    entitlement: str
    epoch: int
    key: bytes

    def __repr__(self) -> str:
        """Return what may stand in a log: everything but the key."""
        return f"EntitlementKey({self.entitlement}, {self.epoch})"


class License(Struct, frozen=True):
    """A license whose signature held. content_through and seats are shown; what opens is what its keys open.

    not_after: last day of access, None for ever; grace_days: days after it that are still open.
    """

    id: LicenseId
    type: LicenseType
    batch: str
    sku: str
    edition: str
    holder: str | None
    entitlements: tuple[EntitlementKey, ...]
    seats: int
    content_through: date | None
    not_after: date | None
    grace_days: int
    issued: date

    @property
    def is_timed(self) -> bool:
        """Whether a clock has a say in it."""
        return self.not_after is not None
