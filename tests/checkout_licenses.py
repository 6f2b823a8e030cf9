"""Licenses for tests from the publisher of this checkout, whose own pack the window opens."""

from dijipilot.content.freshness import shipped
from dijipilot.content.sealed_texts import Part
from dijipilot.domain.license import License
from dijipilot.licensing.code import ActivationCode, read_code
from dijipilot.licensing.license_file import LicenseFile
from dijipilot.paths import development_vault
from dijipilot_vendor.develop import CODE, SEED, publisher_of
from dijipilot_vendor.publisher import Publisher
from tests import licenses

PERIODS = ("2025", "2026", "2027")


def checkout_publisher() -> Publisher:
    """Return the publisher of the checkout's own pack."""
    shipped()
    seed = bytes.fromhex((development_vault() / SEED).read_text("ascii"))
    return publisher_of(seed, tuple(Part("", period) for period in PERIODS))


def development_code() -> ActivationCode:
    """Return the code that the pack of the checkout knows."""
    shipped()
    return read_code((development_vault() / CODE).read_text("ascii"))


def make_license(name: str = "L-2026-000123", opens: str = "pro-2026 pro-2027", **changes: object) -> License:
    """Return a license; opens: names of entitlements, as "pro-2026"."""
    return licenses.make_license(name, opens, checkout_publisher(), **changes)


def make_bearer_file(license_: License) -> LicenseFile:
    """Return a license file that opens without a code."""
    return licenses.make_bearer_file(license_, checkout_publisher())


def make_card_file(number: int, license_: License) -> LicenseFile:
    """Return a license file that opens with the code of a card (licenses.make_card)."""
    return licenses.make_card_file(number, license_, checkout_publisher())


def mistyped(code: str, place: int) -> str:
    """Return a code with another symbol in one place."""
    return code[:place] + ("7" if code[place] != "7" else "8") + code[place + 1 :]
