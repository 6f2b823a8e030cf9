"""When a profile last did something that undo can take back: new records are dated after it."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import select

from dijipilot.domain.ids import ProfileId
from dijipilot.storage import moments
from dijipilot.storage.database import Database
from dijipilot.storage.tables import LessonEventRow, RetractionRow, RoadmapEventRow


def latest_event_time(database: Database, profile: ProfileId) -> datetime | None:
    """Return the time of the latest lesson event, roadmap event or retraction, or None where there is none."""
    with database.reading() as session:
        texts = [
            session.exec(select(func.max(row.at)).where(row.profile == profile)).one()
            for row in (LessonEventRow, RoadmapEventRow, RetractionRow)
        ]
    latest = max((text for text in texts if text), default=None)
    return None if latest is None else moments.from_text(latest)
