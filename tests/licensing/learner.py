"""A learner with a home, a pack and licenses, without window and database."""

from datetime import UTC, datetime
from pathlib import Path

from dijipilot.content.pack import Pack
from dijipilot.domain.signed_text import TrustedKeys
from dijipilot.licensing.activation_store import ActivationStore
from dijipilot.services.activate import Licenses
from dijipilot.services.events import Announcer
from dijipilot.services.license_clock import LicenseClock

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def licenses_in(home: Path, pack: Pack, trusted: TrustedKeys) -> Licenses:
    """Return the licenses of a home at a start of the program, with what they open opened."""
    store = ActivationStore(home / "licenses", home / "licenses of all users")
    licenses = Licenses(store, pack, trusted.license, Announcer(), _now, LicenseClock(home / "clock.json", True, _now))
    licenses.open_all()
    return licenses


def _now() -> datetime:
    return NOW
