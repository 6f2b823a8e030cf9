"""Licenses from what was asked for to what is signed: entered in the register first, keys given as of today."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from dijipilot.domain.ids import LicenseId
from dijipilot.domain.license import License, LicenseType
from dijipilot.errors import UsageProblem
from dijipilot.licensing.license import MAX_ENTITLEMENTS, MAX_GRACE_DAYS, MAX_SEATS
from dijipilot_vendor.entitlements import edition_of, entitlement_keys, with_keys_through
from dijipilot_vendor.records import LiveLicense
from dijipilot_vendor.register import open_root, seal_root
from dijipilot_vendor.state import Issued, VaultState
from dijipilot_vendor.texts import message

MOST_LETTERS = 200
_NO_DAY = date(1, 1, 1)


class Wanted(Struct, frozen=True):
    """What a license is to say. ents: names of editions; edition: shown, "" for the title of the first of them."""

    typ: LicenseType
    ents: tuple[str, ...] = ()
    through: date | None = None
    edition: str = ""
    holder: str | None = None
    batch: str = ""
    sku: str = ""
    seats: int = 1
    not_after: date | None = None
    grace_days: int = 0


def issue(
    state: VaultState, wanted: Wanted, roots: Sequence[bytes], today: date
) -> tuple[VaultState, tuple[Issued, ...]]:
    """Return a state with one license for each root, and these licenses. Raises UsageProblem."""
    _check(wanted)
    if wanted.through:
        state = with_keys_through(state, wanted.ents, wanted.through)
    title = wanted.edition or (edition_of(state, wanted.ents[0]).title if wanted.ents else "")
    number = state.public.last_license
    entries = tuple(
        seal_root(_entry(wanted, title, LicenseId(f"L-{today.year}-{number + place:06}"), today), root, _key(state))
        for place, root in enumerate(roots, start=1)
    )
    public = replace(state.public, last_license=number + len(entries))
    state = replace(state, public=public, register=(*state.register, *entries))
    count = len(license_of(state, entries[0], also_published=True).entitlements)
    if count > MAX_ENTITLEMENTS:
        raise UsageProblem(message("vendor.license_too_long", count=count))
    return state, entries


def license_of(state: VaultState, entry: Issued, *, also_published: bool) -> License:
    """Return what is signed of a line of the register, with the keys of today; also_published: see entitlement_keys."""
    keys = entitlement_keys(state, entry.ents, entry.through or _NO_DAY, also_published=also_published)
    return License(
        id=entry.lic,
        type=entry.typ,
        batch=entry.batch,
        sku=entry.sku,
        edition=entry.edition,
        holder=entry.holder,
        entitlements=keys,
        seats=entry.seats,
        content_through=entry.through,
        not_after=entry.not_after,
        grace_days=entry.grace_days,
        issued=entry.issued,
    )


def live_licenses(state: VaultState, wanted: Sequence[LicenseId]) -> list[LiveLicense]:
    """Return what a keyring is made of: of these licenses those that were not revoked. Raises NotGenuine."""
    chosen = frozenset(wanted)
    return [
        LiveLicense(open_root(entry, _key(state)), license_of(state, entry, also_published=False))
        for entry in state.register
        if entry.lic in chosen and entry.is_live
    ]


def find(state: VaultState, license_id: str) -> Issued:
    """Return a line of the register. Raises UsageProblem where there is none of this id."""
    for entry in state.register:
        if entry.lic == license_id.upper():
            return entry
    raise UsageProblem(message("vendor.no_license", license=license_id))


def find_by_root(state: VaultState, root: bytes) -> Issued | None:
    """Return the license of a root; None where it is not one of ours."""
    return next((entry for entry in state.register if open_root(entry, _key(state)) == root), None)


def _key(state: VaultState) -> bytes:
    return state.secrets.register_key


def _entry(wanted: Wanted, title: str, license_id: LicenseId, today: date) -> Issued:
    return Issued(
        lic=license_id,
        typ=wanted.typ,
        batch=wanted.batch,
        sku=wanted.sku,
        edition=title,
        ents=wanted.ents,
        holder=wanted.holder,
        seats=wanted.seats,
        through=wanted.through,
        not_after=wanted.not_after,
        grace_days=wanted.grace_days,
        issued=today,
        root="",
    )


def _check(wanted: Wanted) -> None:
    """Refuse what no app would read. Raises UsageProblem."""
    texts = {"edition": wanted.edition, "holder": wanted.holder, "SKU": wanted.sku}
    for what, text in texts.items():
        if text and (len(text) > MOST_LETTERS or not text.isprintable()):
            raise UsageProblem(message("vendor.text_unfit", text=text[:40], what=what, most=MOST_LETTERS))
    for what, number, least, most in (
        ("The number of computers", wanted.seats, 1, MAX_SEATS),
        ("The number of grace days", wanted.grace_days, 0, MAX_GRACE_DAYS),
    ):
        if not least <= number <= most:
            raise UsageProblem(message("vendor.number_unfit", what=what, least=least, most=most))
