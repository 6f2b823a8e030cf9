"""What changes for learners from one pack to another: lessons, what is locked, and for whom it opens."""

from collections.abc import Iterator
from pathlib import Path

from dijipilot.content.pack import Pack, open_pack
from dijipilot.domain.ids import SkillId
from dijipilot_vendor.pack_checks import all_keys, any_key_ever, opened_by, read_keyring
from dijipilot_vendor.state import VaultState

_SHOWN = 20


def pack_differences(old: Path, new: Path, state: VaultState) -> dict[str, list[str]]:
    """Return what differs, by what it is about; only that which differs. Raises BadInput, PackDamaged."""
    trusted = any_key_ever(state)
    with open_pack(old, trusted) as before, open_pack(new, trusted) as after:
        for pack in (before, after):
            pack.unlock(all_keys(state))
        found = {
            "Pack": list(_head(before, after)),
            "New lessons": sorted(_names(after, after.curriculum.skills, without=before)),
            "Lessons that are gone": sorted(_names(before, before.curriculum.skills, without=after)),
            "Changed lessons": sorted(_changed(before, after)),
            "Sealed from now on": sorted(_names(after, after.sealed_skills() - before.sealed_skills())),
            "Free from now on": sorted(_names(after, before.sealed_skills() - after.sealed_skills())),
            **_licenses(before, after, state),
        }
    for offered in state.public.editions:
        name = offered.edition.name
        closed = opened_by(old, trusted, state, name) - opened_by(new, trusted, state, name)
        found[f"Closed for {name}"] = sorted(closed)
    return {what: differences for what, differences in found.items() if differences}


def shortened(differences: list[str]) -> list[str]:
    """Return so many lines as somebody reads."""
    left = len(differences) - _SHOWN
    return [*differences[:_SHOWN], f"... and {left} more"] if left > 0 else differences


def _head(before: Pack, after: Pack) -> Iterator[str]:
    old, new = before.manifest, after.manifest
    values = {
        "serial": (old.serial, new.serial),
        "built": (old.built, new.built),
        "signed with": (old.kid, new.kid),
        "keyring": (old.keyring_serial, new.keyring_serial),
    }
    for name in sorted({*old.epochs, *new.epochs}):
        values[f"generation of {name}"] = (old.epochs.get(name, 0), new.epochs.get(name, 0))
    for what, (was, is_now) in values.items():
        if was != is_now:
            yield f"{what}: {was} -> {is_now}"


def _names(
    pack: Pack, skills: "frozenset[SkillId] | tuple[SkillId, ...]", without: Pack | None = None
) -> Iterator[str]:
    left_out = without.curriculum.lesson_by_skill if without else {}
    for skill in skills:
        lesson = pack.curriculum.lesson_by_skill.get(skill)
        if skill not in left_out and lesson:
            yield f"{lesson.number} {lesson.title} ({skill})"


def _changed(before: Pack, after: Pack) -> Iterator[str]:
    both = before.curriculum.lesson_by_skill.keys() & after.curriculum.lesson_by_skill.keys()
    readable = both - before.locked_skills() - after.locked_skills()
    for skill in readable:
        was, is_now = before.curriculum.lesson_by_skill[skill], after.curriculum.lesson_by_skill[skill]
        if was != is_now or before.lesson_text(skill) != after.lesson_text(skill):
            yield f"{is_now.number} {is_now.title} ({skill})"


def _licenses(before: Pack, after: Pack, state: VaultState) -> dict[str, list[str]]:
    trusted = any_key_ever(state)
    old, new = read_keyring(before, state, trusted).opens, read_keyring(after, state, trusted).opens
    return {"Opens no more for": sorted(old - new), "Opens now for": sorted(new - old)}
