"""The learners of this computer; removing one hides it and keeps its records."""

import unicodedata
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from dijipilot.domain.ids import ProfileId
from dijipilot.domain.records import Profile
from dijipilot.errors import UsageProblem
from dijipilot.messages import message
from dijipilot.storage import moments, settings
from dijipilot.storage.appending import storable
from dijipilot.storage.database import Database
from dijipilot.storage.row_checks import refuse_unreadable
from dijipilot.storage.tables import ProfileRow

LAST_USED = "last_profile"
"""Key of the setting that holds the id of the profile used last."""

MAXIMAL_NAME_LENGTH = 100


def clean_name(name: str) -> str:
    """Return a name as it is kept: composed characters, single spaces, none at the ends, of a bounded length."""
    return " ".join(unicodedata.normalize("NFC", storable(name)).split())[:MAXIMAL_NAME_LENGTH].strip()


def list_profiles(database: Database) -> list[Profile]:
    """Return all profiles that are not removed, oldest first."""
    with database.reading() as session:
        rows = session.exec(_present().order_by(col(ProfileRow.created_at), col(ProfileRow.id))).all()
        return [_profile(row) for row in rows]


def find_profile(database: Database, name: str) -> Profile | None:
    """Return the profile of that name, if there is one."""
    with database.reading() as session:
        row = session.exec(_present().where(ProfileRow.name == clean_name(name))).first()
        return None if row is None else _profile(row)


def get_profile(database: Database, profile: ProfileId) -> Profile | None:
    """Return the profile of that id, or None where there is none or it was removed."""
    with database.reading() as session:
        row = session.exec(_present().where(ProfileRow.id == profile)).first()
        return None if row is None else _profile(row)


def add_profile(database: Database, profile: Profile) -> Profile:
    """Add a profile; returns it with its name as kept. Raises UsageProblem when the name is empty or taken."""
    with database.writing() as session:
        name = free_name(session, profile.name, except_id=None)
        row = {"id": profile.id, "name": name, "created_at": moments.to_text(profile.created_at)}
        refuse_unreadable("profile", row)
        session.add(ProfileRow(**row))
        session.flush()
    return Profile(profile.id, name, profile.created_at)


def rename_profile(database: Database, profile: ProfileId, name: str) -> Profile:
    """Give a profile another name. Raises UsageProblem when that is empty or taken, or there is no such profile."""
    with database.writing() as session:
        row = _row(session, profile)
        row.name = free_name(session, name, except_id=profile)
        session.flush()
        return _profile(row)


def remove_profile(database: Database, profile: ProfileId, now: datetime) -> None:
    """Hide a profile; its records stay and importing it brings it back. Raises UsageProblem when there is none."""
    with database.writing() as session:
        _row(session, profile).removed_at = moments.to_text(now)
        session.flush()
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


def _present() -> SelectOfScalar[ProfileRow]:
    return select(ProfileRow).where(col(ProfileRow.removed_at).is_(None))


def _row(session: Session, profile: ProfileId) -> ProfileRow:
    row = session.get(ProfileRow, profile)
    if row is None or row.removed_at is not None:
        raise UsageProblem(message("storage.no_such_profile", profile=profile))
    return row


def free_name(session: Session, name: str, except_id: ProfileId | None) -> str:
    """Return the name as it is kept. Raises UsageProblem when it is empty or another profile has it."""
    cleaned = clean_name(name)
    if not cleaned:
        raise UsageProblem(message("storage.name_empty"))
    holder = session.exec(_present().where(ProfileRow.name == cleaned)).first()
    if holder is not None and holder.id != except_id:
        raise UsageProblem(message("storage.name_taken", name=cleaned))
    return cleaned


def _profile(row: ProfileRow) -> Profile:
    return Profile(ProfileId(row.id), row.name, moments.from_text(row.created_at))
