"""Settings by key: of a profile, or of this computer where the profile is ""."""

from dijipilot.domain.ids import ProfileId
from dijipilot.storage.database import Database
from dijipilot.storage.texts import storable

THIS_COMPUTER = ProfileId("")


def get_setting(database: Database, key: str, profile: ProfileId = THIS_COMPUTER) -> str | None:
    """Return the value of a setting, or None where it was never set."""
    with database.reading() as reader:
        row = reader.row("SELECT value FROM setting WHERE profile = ? AND key = ?", profile, key)
        return None if row is None else str(row["value"])


def settings_of(database: Database, profile: ProfileId = THIS_COMPUTER) -> dict[str, str]:
    """Return all settings by key."""
    with database.reading() as reader:
        rows = reader.rows("SELECT key, value FROM setting WHERE profile = ?", profile)
        return {row["key"]: row["value"] for row in rows}


def set_setting(database: Database, key: str, value: str, profile: ProfileId = THIS_COMPUTER) -> None:
    """Keep the value of a setting, in the place of an earlier one. Raises ValueError beyond a million characters."""
    with database.writing() as writer:
        writer.put_setting(profile, key, storable(value))
