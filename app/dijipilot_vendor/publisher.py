"""The secrets of a publisher in memory: signing keys, keys of entitlements, and which edition opens what."""

from collections.abc import Mapping
from fnmatch import fnmatchcase

from msgspec import Struct

from dijipilot.domain.license import EntitlementKey
from dijipilot.domain.signed_text import TrustedKeys
from dijipilot_vendor.signing import SigningKey

ALL_PROGRAMS = ("*",)


class Edition(Struct, frozen=True):
    """What is sold. programs: patterns of program numbers, such as "2.*".

    epoch: the generation of its keys; packs are wrapped for those from oldest_epoch on, so that raising it stops
    serving licenses of earlier ones.
    """

    name: str
    title: str
    programs: tuple[str, ...] = ALL_PROGRAMS
    epoch: int = 1
    oldest_epoch: int = 1

    def opens(self, program: str) -> bool:
        """Tell whether it opens the lessons of a program."""
        return any(fnmatchcase(program, pattern) for pattern in self.programs)

    def entitlement(self, period: str) -> str:
        """Return the name of the entitlement for what was published in a period."""
        return f"{self.name}-{period}"


class Publisher(Struct, frozen=True):
    """Everything that building a pack or issuing a license needs. key_by_entitlement: by name and epoch."""

    is_development: bool
    trusted: TrustedKeys
    pack_signer: SigningKey
    license_signer: SigningKey
    content_root: bytes
    editions: tuple[Edition, ...]
    key_by_entitlement: Mapping[tuple[str, int], bytes]

    def __repr__(self) -> str:
        """Return what may stand in a log."""
        return f"Publisher({self.pack_signer.kid}, {self.license_signer.kid})"

    def entitlement_key(self, entitlement: str, epoch: int) -> EntitlementKey:
        """Return the key of an entitlement in one generation. Raises KeyError where none was made."""
        return EntitlementKey(entitlement, epoch, self.key_by_entitlement[entitlement, epoch])
