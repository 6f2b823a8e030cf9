"""Editions and the keys behind them: one key for each edition, year of publication and generation (epoch)."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from dijipilot.content.sealed_texts import Part
from dijipilot.domain.license import EntitlementKey
from dijipilot.errors import UsageProblem
from dijipilot_vendor import signing
from dijipilot_vendor.publisher import ALL_PROGRAMS, Edition
from dijipilot_vendor.state import EntitlementSecret, OfferedEdition, VaultState
from dijipilot_vendor.texts import message

MOST_YEARS_AHEAD = 20

_NAME = re.compile(r"[a-z][a-z0-9-]{0,29}")
_YEAR = re.compile(r"20[0-9]{2}")
_PATTERN = re.compile(r"\*|[1-9][0-9]?\.(\*|[1-9][0-9]?)")


def add_edition(state: VaultState, name: str, title: str, programs: Sequence[str], first_year: int) -> VaultState:
    """Return a state with one more edition, which has a key for its first year. Raises UsageProblem."""
    if not _NAME.fullmatch(name) or name.endswith("-"):
        raise UsageProblem(message("vendor.edition_name", name=name))
    if any(each.edition.name == name for each in state.public.editions):
        raise UsageProblem(message("vendor.edition_there", name=name))
    for pattern in programs:
        if not _PATTERN.fullmatch(pattern):
            raise UsageProblem(message("vendor.program_pattern", pattern=pattern))
    new = OfferedEdition(Edition(name, title, tuple(programs) or ALL_PROGRAMS))
    editions = (*state.public.editions, new)
    return with_keys(replace(state, public=replace(state.public, editions=editions)), name, [first_year])


def bump(state: VaultState, name: str) -> VaultState:
    """Return a state in which an edition has new keys, and no pack is wrapped for the earlier ones any more.

    Licenses that are live get the new keys with the next keyring; those that were revoked do not.
    """
    edition = edition_of(state, name)
    newer = replace(edition, epoch=edition.epoch + 1, oldest_epoch=edition.epoch + 1)
    editions = tuple(
        replace(each, edition=newer) if each.edition.name == name else each for each in state.public.editions
    )
    return with_keys(replace(state, public=replace(state.public, editions=editions)), name, ())


def edition_of(state: VaultState, name: str) -> Edition:
    """Return the edition of a name. Raises UsageProblem."""
    for each in state.public.editions:
        if each.edition.name == name:
            return each.edition
    known = ", ".join(each.edition.name for each in state.public.editions) or "none yet"
    raise UsageProblem(message("vendor.no_edition", name=name, known=known))


def years_of(state: VaultState, name: str) -> tuple[int, ...]:
    """Return the years for which an edition has keys."""
    split = (each.entitlement.rpartition("-") for each in state.secrets.entitlement_keys)
    return tuple(sorted({int(year) for owner, _, year in split if owner == name}))


def with_keys(state: VaultState, name: str, years: Iterable[int]) -> VaultState:
    """Return a state in which an edition has keys for these years and those it had, in all generations served."""
    edition = edition_of(state, name)
    present = {(each.entitlement, each.epoch) for each in state.secrets.entitlement_keys}
    missing = [
        (edition.entitlement(str(year)), epoch)
        for year in sorted({*years, *years_of(state, name)})
        for epoch in range(edition.oldest_epoch, edition.epoch + 1)
    ]
    made = tuple(EntitlementSecret(*each, signing.new_key()) for each in missing if each not in present)
    keys = (*state.secrets.entitlement_keys, *made)
    return replace(state, secrets=replace(state.secrets, entitlement_keys=keys))


def with_keys_for(state: VaultState, parts: Iterable[Part]) -> VaultState:
    """Return a state in which every edition has keys for what it opens of a pack. Raises UsageProblem."""
    for part in parts:
        if not _YEAR.fullmatch(part.period):
            raise UsageProblem(message("vendor.no_period", program=part.program))
        for offered in state.public.editions:
            if offered.edition.opens(part.program):
                state = with_keys(state, offered.edition.name, [int(part.period)])
    return state


def with_keys_through(state: VaultState, names: Sequence[str], through: date) -> VaultState:
    """Return a state in which these editions have keys up to the year of a day. Raises UsageProblem."""
    for name in names:
        known = years_of(state, edition_of(state, name).name)
        state = with_keys(state, name, range(known[0], through.year + 1))
    return state


def entitlement_keys(
    state: VaultState, names: Sequence[str], through: date, *, also_published: bool
) -> tuple[EntitlementKey, ...]:
    """Return the keys that a license holds: those of today's generation, for all years up to the year of a day.

    also_published: with those for which the last signed pack was wrapped, where it was another generation: a license
    file must open the pack that its holder has, and not only the next.
    """
    key_by_name = {(each.entitlement, each.epoch): each.key for each in state.secrets.entitlement_keys}
    found = []
    for offered in state.public.editions:
        if offered.edition.name in names:
            epochs = {offered.edition.epoch, *([offered.published_epoch] if also_published else [])} - {0}
            found += [
                EntitlementKey(name, epoch, key_by_name[name, epoch])
                for year in years_of(state, offered.edition.name)
                if year <= through.year
                for epoch in sorted(epochs)
                if (name := offered.edition.entitlement(str(year))) and (name, epoch) in key_by_name
            ]
    return tuple(found)


def read_through(text: str, today: date) -> date:
    """Return the day up to which a license covers lessons: the last of a year. Raises UsageProblem."""
    try:
        day = date.fromisoformat(text if len(text) > 4 else f"{text}-12-31")
    except ValueError as error:
        raise UsageProblem(message("vendor.through_unfit", through=text, most=MOST_YEARS_AHEAD)) from error
    if (day.month, day.day) != (12, 31) or not today.year <= day.year <= today.year + MOST_YEARS_AHEAD:
        raise UsageProblem(message("vendor.through_unfit", through=text, most=MOST_YEARS_AHEAD))
    return day
