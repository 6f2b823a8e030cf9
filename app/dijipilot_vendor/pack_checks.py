"""Looks into a pack as an app would, with all keys at hand: does it open for whom it should, and what is in it."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from dijipilot.content.keyring import find_record
from dijipilot.content.pack import Pack, check_pack, open_pack
from dijipilot.domain.ids import LicenseId, SkillId
from dijipilot.domain.license import EntitlementKey
from dijipilot.domain.signed_text import TrustedKeys
from dijipilot.errors import AcademyError
from dijipilot.licensing.license import lookup_of, open_record
from dijipilot_vendor.key_roles import every_key, trusted_keys
from dijipilot_vendor.register import open_root
from dijipilot_vendor.state import Role, VaultState

ANY_APP = "999999.0"
"""A version of the app that understands every license."""


class KeyringReport(Struct, frozen=True):
    """For which licenses of the register a pack opens. broken: those whose record no app would accept."""

    opens: frozenset[LicenseId]
    broken: frozenset[LicenseId]


def all_keys(state: VaultState) -> tuple[EntitlementKey, ...]:
    """Return every entitlement key of the vault."""
    return tuple(EntitlementKey(each.entitlement, each.epoch, each.key) for each in state.secrets.entitlement_keys)


def any_key_ever(state: VaultState) -> TrustedKeys:
    """Return all keys of the vault, retired ones too, for reading packs of earlier days."""
    return TrustedKeys(state.public.is_development, every_key(state, Role.PACK), every_key(state, Role.LICENSE))


def read_keyring(pack: Pack, state: VaultState, trusted: TrustedKeys) -> KeyringReport:
    """Look up every license of the register in a pack's keyring. Raises NotGenuine for a damaged register."""
    opens, broken = set(), set()
    keyring_id = pack.manifest.keyring_id
    for entry in state.register:
        root = open_root(entry, state.secrets.register_key)
        lookup = lookup_of(root, keyring_id)
        record = find_record(pack.file, lookup)
        if record is None:
            continue
        try:
            open_record(root, keyring_id, lookup, record, trusted.license, ANY_APP)
            opens.add(entry.lic)
        except AcademyError:
            broken.add(entry.lic)
    return KeyringReport(frozenset(opens), frozenset(broken))


def opened_by(path: Path, trusted: TrustedKeys, state: VaultState, edition: str) -> frozenset[SkillId]:
    """Return the sealed lessons that an edition opens in a pack, with keys of any generation."""
    keys = [each for each in all_keys(state) if each.entitlement.rpartition("-")[0] == edition]
    with open_pack(path, trusted) as pack:
        return pack.unlock(keys)


def pack_problems(path: Path, state: VaultState) -> Iterator[str]:
    """Yield what speaks against publishing a pack. Raises BadInput, PackDamaged where it is none that apps accept."""
    trusted = trusted_keys(state)
    check_pack(path, trusted)
    with open_pack(path, trusted) as pack:
        pack.unlock(all_keys(state))
        yield from _unreadable(pack)
        report = read_keyring(pack, state, trusted)
        for license_id in sorted(report.broken):
            yield f"the record of {license_id} would not be accepted"
        plan = state.public.keyring
        if plan and plan.serial == pack.manifest.keyring_serial:
            live = {entry.lic for entry in state.register if entry.is_live}
            for license_id in sorted((frozenset(plan.licenses) & live) - report.opens - report.broken):
                yield f"it does not open for {license_id}, which is live"


def _unreadable(pack: Pack) -> Iterator[str]:
    for skill in sorted(pack.locked_skills()):
        yield f"no edition opens the lesson {skill}"
    for skill in sorted(pack.sealed_skills() - pack.locked_skills()):
        try:
            pack.lesson_text(skill)
        except AcademyError as error:
            yield f"the lesson {skill} cannot be read: {error}"
    for mission in pack.curriculum.missions():
        try:
            missing = pack.count_questions(mission.number) - len(pack.questions(mission.number))
        except AcademyError as error:
            yield f"the questions of mission {mission.number} cannot be read: {error}"
        else:
            if missing:
                yield f"no edition opens {missing} questions of mission {mission.number}"
