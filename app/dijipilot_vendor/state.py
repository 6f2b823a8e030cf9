"""What a vault holds, as plain values: commands make a new state of an old one and touch nothing else."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from dijipilot.domain.ids import LicenseId
from dijipilot.domain.license import LicenseType
from dijipilot_vendor.audit import AuditHead
from dijipilot_vendor.publisher import Edition


class Role(StrEnum):
    """What a key signs."""

    PACK = "pack"
    LICENSE = "license"


class KeyState(StrEnum):
    """Where a key is on its way: trusted before it signs, signing, no longer of use."""

    NEXT = "next"
    CURRENT = "current"
    RETIRED = "retired"


class PublicKey(Struct, frozen=True):
    """A signing key as everybody may know it; key: 32 bytes in hex."""

    role: Role
    kid: str
    key: str
    state: KeyState
    made: date


class OfferedEdition(Struct, frozen=True):
    """An edition, and what is known of it besides what packs are built from.

    published_epoch: the generation that the last signed pack opens for; 0 before there was one.
    """

    edition: Edition
    published_epoch: int = 0


class Batch(Struct, frozen=True):
    """Cards that were minted together. file: where their codes lie until they are destroyed."""

    batch: str
    sku: str
    edition: str
    count: int
    minted: date
    file: str
    printed: tuple[date, ...] = ()
    sealed: date | None = None


class KeyringPlan(Struct, frozen=True):
    """Which licenses the next packs open for."""

    serial: int
    built: date
    licenses: tuple[LicenseId, ...]


class SignedPack(Struct, frozen=True):
    """The pack that was signed last."""

    serial: int
    keyring_serial: int
    built: date
    file: str


class PublicPart(Struct, frozen=True, rename={"is_development": "development"}):
    """What of a vault is no secret. It stands readable in vault.json and, where nobody can change it, sealed."""

    vault: str
    is_development: bool
    made: date
    keys: tuple[PublicKey, ...]
    editions: tuple[OfferedEdition, ...] = ()
    batches: tuple[Batch, ...] = ()
    keyring: KeyringPlan | None = None
    pack: SignedPack | None = None
    last_license: int = 0


class EntitlementSecret(Struct, frozen=True):
    """The key of an entitlement in one generation."""

    entitlement: str
    epoch: int
    key: bytes


class Secrets(Struct, frozen=True):
    """What nobody but the publisher may know. Nothing of it has a readable repr."""

    seed_by_kid: dict[str, bytes]
    content_root: bytes
    register_key: bytes
    entitlement_keys: tuple[EntitlementSecret, ...] = ()
    print_key_by_batch: dict[str, bytes] = {}

    def __repr__(self) -> str:
        """Return what may stand in a log."""
        return "Secrets()"


class Issued(Struct, frozen=True):
    """A line of the register. ents: names of editions; root: sealed with the vault's register key, in hex."""

    lic: LicenseId
    typ: LicenseType
    batch: str
    sku: str
    edition: str
    ents: tuple[str, ...]
    holder: str | None
    seats: int
    through: date | None
    not_after: date | None
    grace_days: int
    issued: date
    root: str
    revoked: date | None = None
    reason: str = ""

    @property
    def is_live(self) -> bool:
        """Whether it was not revoked."""
        return self.revoked is None


class VaultState(Struct, frozen=True):
    """All of a vault but its log."""

    public: PublicPart
    secrets: Secrets
    register: tuple[Issued, ...] = ()


class SealedPart(Struct, frozen=True):
    """What secrets.sealed holds: the secrets, and what shows that the other files are those written last."""

    public: PublicPart
    secrets: Secrets
    register_sha256: bytes
    audit: AuditHead
