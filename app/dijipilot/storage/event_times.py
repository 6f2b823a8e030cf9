"""When a profile last did something that undo can take back: new records are dated after it."""

from datetime import datetime

from dijipilot.domain.ids import ProfileId
from dijipilot.storage import moments
from dijipilot.storage.database import Database

_TABLES = ("lesson_event", "roadmap_event", "retraction")


def latest_event_time(database: Database, profile: ProfileId) -> datetime | None:
    """Return the time of the latest lesson event, roadmap event or retraction, or None where there is none."""
    with database.reading() as reader:
        rows = [reader.row(f"SELECT max(at) AS at FROM {table} WHERE profile = ?", profile) for table in _TABLES]
    latest = max((row["at"] for row in rows if row is not None and row["at"]), default=None)
    return None if latest is None else moments.from_text(latest)
