"""Codes, licenses and license files for tests, from the publisher whom only tests trust."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from dijipilot.domain.ids import LicenseId
from dijipilot.domain.license import License, LicenseType
from dijipilot.licensing import crypto
from dijipilot.licensing.code import ActivationCode, make_code
from dijipilot.licensing.license import root_of
from dijipilot.licensing.license_file import LicenseFile, write_armor
from dijipilot_vendor.publisher import Publisher
from dijipilot_vendor.records import LiveLicense, make_license_file
from tests.packs import PUBLISHER

ISSUED = date(2026, 11, 1)
FIRST_ID = LicenseId("L-2026-000001")


def derived(name: str, length: int = 32) -> bytes:
    """Return bytes that look like chance and are the same every time."""
    return crypto.hkdf(name.encode(), b"tests", b"", length)


def make_card(number: int) -> ActivationCode:
    """Return the activation code of a card."""
    return make_code((int.from_bytes(derived(f"card {number}", 14), "big") >> 2).to_bytes(14, "big"))


def make_license(
    name: str = FIRST_ID, opens: str = "pro-2026", publisher: Publisher = PUBLISHER, **changes: object
) -> License:
    """Return a license; opens: words such as "pro-2026", or "pro-2026:2" for the second generation."""
    keys = []
    for word in opens.split():
        entitlement, _, epoch = word.partition(":")
        keys.append(publisher.entitlement_key(entitlement, int(epoch or 1)))
    made = License(
        id=LicenseId(name),
        type=LicenseType.CARD,
        batch="B014",
        sku="PRO-SELF",
        edition="Academy Pro",
        holder=None,
        entitlements=tuple(keys),
        seats=1,
        content_through=date(2026, 12, 31),
        not_after=None,
        grace_days=0,
        issued=ISSUED,
    )
    return replace(made, **changes)


def on_card(number: int, license_: License) -> LiveLicense:
    """Return what a keyring needs to let the code of a card open a license."""
    return LiveLicense(root_of(make_card(number).secret), license_)


def on_cards(licenses: Sequence[License]) -> tuple[LiveLicense, ...]:
    """Return licenses on cards 1, 2, ..."""
    return tuple(on_card(number, each) for number, each in enumerate(licenses, start=1))


def make_bearer_file(license_: License, publisher: Publisher = PUBLISHER) -> LicenseFile:
    """Return a license file that opens without a code."""
    return make_license_file(derived(f"file {license_.id}"), license_, publisher.license_signer, is_bearer=True)


def make_card_file(number: int, license_: License, publisher: Publisher = PUBLISHER) -> LicenseFile:
    """Return a license file that opens with the code of a card."""
    root = root_of(make_card(number).secret)
    return make_license_file(root, license_, publisher.license_signer, is_bearer=False)


def write(license_file: LicenseFile, file: Path) -> Path:
    """Write a license file; return where it is."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(write_armor(license_file))
    return file


def with_later_generation(publisher: Publisher = PUBLISHER, oldest_served: int = 2) -> Publisher:
    """Return the publisher after raising the generation of all keys by one."""
    (edition,) = publisher.editions
    later = edition.epoch + 1
    names = {name for name, _ in publisher.key_by_entitlement}
    keys = {(name, later): derived(f"{name} {later}") for name in names}
    return replace(
        publisher,
        editions=(replace(edition, epoch=later, oldest_epoch=oldest_served),),
        key_by_entitlement={**publisher.key_by_entitlement, **keys},
    )
