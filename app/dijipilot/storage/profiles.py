"""The learners of this computer; removing one hides it and keeps its records."""

import sqlite3
import unicodedata
from datetime import datetime

from dijipilot.domain.ids import ProfileId
from dijipilot.domain.records import Profile
from dijipilot.errors import UsageProblem
from dijipilot.messages import message
from dijipilot.storage import moments, settings
from dijipilot.storage.database import Database
from dijipilot.storage.reading import Reader
from dijipilot.storage.texts import storable

LAST_USED = "last_profile"
"""Key of the setting that holds the id of the profile used last."""

MAXIMAL_NAME_LENGTH = 100
_PRESENT = "SELECT id, name, created_at FROM profile WHERE removed_at IS NULL"


def clean_name(name: str) -> str:
    """Return a name as it is kept: composed characters, single spaces, none at the ends, of a bounded length."""
    return " ".join(unicodedata.normalize("NFC", storable(name)).split())[:MAXIMAL_NAME_LENGTH].strip()


def list_profiles(database: Database) -> list[Profile]:
    """Return all profiles that are not removed, oldest first."""
    with database.reading() as reader:
        return [_profile(row) for row in reader.rows(f"{_PRESENT} ORDER BY created_at, id")]


def find_profile(database: Database, name: str) -> Profile | None:
    """Return the profile of that name, if there is one."""
    with database.reading() as reader:
        row = reader.row(f"{_PRESENT} AND name = ?", clean_name(name))
        return None if row is None else _profile(row)


def get_profile(database: Database, profile: ProfileId) -> Profile | None:
    """Return the profile of that id, or None where there is none or it was removed."""
    with database.reading() as reader:
        row = reader.row(f"{_PRESENT} AND id = ?", profile)
        return None if row is None else _profile(row)


def add_profile(database: Database, profile: Profile) -> Profile:
    """Add a profile; returns it with its name as kept. Raises UsageProblem when the name is empty or taken."""
    with database.writing() as writer, database.reading() as reader:
        name = free_name(reader, profile.name, except_id=None)
        writer.add_profile(profile.id, name, profile.created_at)
    return Profile(profile.id, name, profile.created_at)


def rename_profile(database: Database, profile: ProfileId, name: str) -> Profile:
    """Give a profile another name. Raises UsageProblem when that is empty or taken, or there is no such profile."""
    with database.writing() as writer, database.reading() as reader:
        known = _known_profile(reader, profile)
        kept = free_name(reader, name, except_id=profile)
        writer.change_profile(profile, {"name": kept})
    return Profile(profile, kept, known.created_at)


def remove_profile(database: Database, profile: ProfileId, now: datetime) -> None:
    """Hide a profile; its records stay and importing it brings it back. Raises UsageProblem when there is none."""
    with database.writing() as writer, database.reading() as reader:
        _known_profile(reader, profile)
        writer.change_profile(profile, {"removed_at": moments.to_text(now)})
        if settings.get_setting(database, LAST_USED) == profile:
            settings.set_setting(database, LAST_USED, "")


def last_used_profile(database: Database) -> Profile | None:
    """Return the profile used last, if it is still there."""
    last = settings.get_setting(database, LAST_USED)
    return get_profile(database, ProfileId(last)) if last else None


def remember_last_used(database: Database, profile: ProfileId) -> None:
    """Keep which profile is in use; writes only when that changed."""
    if settings.get_setting(database, LAST_USED) != profile:
        settings.set_setting(database, LAST_USED, profile)


def free_name(reader: Reader, name: str, except_id: ProfileId | None) -> str:
    """Return the name as it is kept. Raises UsageProblem when it is empty or another profile has it."""
    cleaned = clean_name(name)
    if not cleaned:
        raise UsageProblem(message("storage.name_empty"))
    holder = reader.row(f"{_PRESENT} AND name = ?", cleaned)
    if holder is not None and holder["id"] != except_id:
        raise UsageProblem(message("storage.name_taken", name=cleaned))
    return cleaned


def _known_profile(reader: Reader, profile: ProfileId) -> Profile:
    row = reader.row(f"{_PRESENT} AND id = ?", profile)
    if row is None:
        raise UsageProblem(message("storage.no_such_profile", profile=profile))
    return _profile(row)


def _profile(row: sqlite3.Row) -> Profile:
    return Profile(ProfileId(row["id"]), row["name"], moments.from_text(row["created_at"]))
