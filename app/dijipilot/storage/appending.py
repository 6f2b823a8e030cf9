"""Appends one record and reads records back in order; what all tables of records have in common."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, col, select

from dijipilot.domain.ids import ProfileId
from dijipilot.storage import moments
from dijipilot.storage.row_checks import refuse_unreadable
from dijipilot.storage.tables import RecordRow

RowT = TypeVar("RowT", bound=RecordRow)


def append(
    session: Session,
    row_class: type[RecordRow],
    profile: ProfileId,
    record_id: str,
    at: datetime,
    values: Mapping[str, object],
) -> None:
    """Append a record; one whose id is there already is left as it is, so a repeated attempt does no harm.

    Raises ValueError for values that could not be read back.
    """
    at_text = moments.to_text(at)
    latest = session.exec(select(func.max(row_class.ordered_at)).where(row_class.profile == profile)).one()
    row = {
        "id": record_id,
        "profile": profile,
        "at": at_text,
        "ordered_at": max(at_text, latest or ""),
        **values,
    }
    refuse_unreadable(str(row_class.__tablename__), row)
    session.execute(insert(row_class).values(row).on_conflict_do_nothing(index_elements=["id"]))


def records_of(session: Session, row_class: type[RowT], profile: ProfileId) -> Sequence[RowT]:
    """Return all records of a profile, oldest first."""
    statement = select(row_class).where(row_class.profile == profile)
    return session.exec(statement.order_by(col(row_class.ordered_at), col(row_class.sequence))).all()


def storable(text: str) -> str:
    """Return a text somebody typed or pasted without halves of characters, which SQLite would refuse."""
    return text.encode("utf-8", "replace").decode("utf-8")
