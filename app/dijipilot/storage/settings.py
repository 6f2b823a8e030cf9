"""Settings by key: of a profile, or of this computer where the profile is ""."""

from sqlalchemy.dialects.sqlite import insert
from sqlmodel import select

from dijipilot.domain.ids import ProfileId
from dijipilot.storage.appending import storable
from dijipilot.storage.database import Database
from dijipilot.storage.row_checks import refuse_unreadable
from dijipilot.storage.tables import SettingRow

THIS_COMPUTER = ProfileId("")


def get_setting(database: Database, key: str, profile: ProfileId = THIS_COMPUTER) -> str | None:
    """Return the value of a setting, or None where it was never set."""
    with database.reading() as session:
        row = session.get(SettingRow, (profile, key))
        return None if row is None else row.value


def settings_of(database: Database, profile: ProfileId = THIS_COMPUTER) -> dict[str, str]:
    """Return all settings by key."""
    with database.reading() as session:
        rows = session.exec(select(SettingRow).where(SettingRow.profile == profile)).all()
        return {row.key: row.value for row in rows}


def set_setting(database: Database, key: str, value: str, profile: ProfileId = THIS_COMPUTER) -> None:
    """Keep the value of a setting, in the place of an earlier one. Raises ValueError beyond a million characters."""
    row = {"profile": profile, "key": key, "value": storable(value)}
    refuse_unreadable("setting", row)
    statement = insert(SettingRow).values(row)
    with database.writing() as session:
        session.execute(
            statement.on_conflict_do_update(index_elements=["profile", "key"], set_={"value": row["value"]})
        )
        # A row read earlier in this transaction would keep its old value.
        session.expire_all()
