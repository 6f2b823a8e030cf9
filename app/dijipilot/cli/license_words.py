"""How the command line speaks of a license, to people and to scripts; of a code, the last five symbols at most."""

from collections.abc import Iterator

from dijipilot.cli.console import plural, wrapped
from dijipilot.services.held_licenses import HeldLicense, LicenseState

CLOSED = frozenset({LicenseState.RETIRED, LicenseState.ENDED, LicenseState.WAITING})
"""States in which a license opens nothing here."""

STATE_NAMES = {
    LicenseState.OPEN: "open",
    LicenseState.RETIRED: "withdrawn",
    LicenseState.ENDED: "ended",
    LicenseState.SUSPECT: "open, though the clock of this computer is wrong",
    LicenseState.WAITING: "waits for a right clock",
}


def license_data(held: HeldLicense) -> dict[str, object]:
    """Return a license as scripts read it; the keys are a contract."""
    license_ = held.license
    return {
        "id": license_.id,
        "type": license_.type.value,
        "edition": license_.edition,
        "holder": license_.holder,
        "seats": license_.seats,
        "through": license_.content_through.isoformat() if license_.content_through else None,
        "ends": license_.not_after.isoformat() if license_.not_after else None,
        "state": held.state.value,
        "lessons": len(held.lessons),
        "masterclasses": held.masterclasses,
        "all_users": held.for_all,
        "last_symbols": held.last_symbols,
        "activated_at": held.activated_at.isoformat() if held.activated_at else None,
        "told": held.told.english() if held.told else None,
    }


def described(held: HeldLicense) -> Iterator[str]:
    """Yield what a license is, for people."""
    yield f"{held.license.id}  {held.license.edition}: {STATE_NAMES[held.state]}"
    masterclasses = plural(held.masterclasses, "masterclass", "masterclasses")
    opens = f"opens {plural(len(held.lessons), 'lesson')} in {masterclasses}" if held.lessons else "opens nothing here"
    yield from wrapped("; ".join([opens, *terms(held)]), "  ")


def terms(held: HeldLicense) -> Iterator[str]:
    """Yield for whom, until when and how a license was activated."""
    license_ = held.license
    if license_.holder:
        yield f"for {license_.holder}"
    if license_.seats > 1:
        yield f"for {license_.seats} computers"
    if license_.content_through:
        yield f"lessons published through {license_.content_through.isoformat()}"
    if license_.not_after:
        yield f"until {license_.not_after.isoformat()}"
    if held.last_symbols:
        yield f"code ending in {held.last_symbols}"
    if held.activated_at:
        yield f"activated {held.activated_at:%Y-%m-%d}"
    yield "for all users of this computer" if held.for_all else "for this user"
