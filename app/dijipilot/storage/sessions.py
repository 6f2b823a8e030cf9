"""Writes through SQLModel on one sqlite3 connection, each time in a transaction that was begun explicitly.

This module alone brings SQLAlchemy into memory when something is to be written; reading does without (reading.py).
"""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, event, func
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, col, create_engine, select, update

from dijipilot.domain.ids import ProfileId
from dijipilot.errors import OurDefect
from dijipilot.messages import message
from dijipilot.storage import failures, moments
from dijipilot.storage.row_checks import refuse_unreadable
from dijipilot.storage.tables import RECORD_TABLES, ProfileRow, SettingRow

_BEGIN = "dijipilot_begin"
_RECORD_TABLE_BY_NAME = {str(table.__tablename__): table for table in RECORD_TABLES}


class Writer:
    """Writes in one transaction. session: for what is more than one row."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def append(
        self, table: str, profile: ProfileId, record_id: str, at: datetime, values: Mapping[str, object]
    ) -> None:
        """Append a record; one whose id is there already is left as it is, so a repeated attempt does no harm.

        Raises ValueError for values that could not be read back.
        """
        row_class = _RECORD_TABLE_BY_NAME[table]
        at_text = moments.to_text(at)
        latest = self.session.exec(select(func.max(row_class.ordered_at)).where(row_class.profile == profile)).one()
        ordered_at = max(at_text, latest or "")
        row = {"id": record_id, "profile": profile, "at": at_text, "ordered_at": ordered_at, **values}
        refuse_unreadable(table, row)
        self.session.execute(insert(row_class).values(row).on_conflict_do_nothing(index_elements=["id"]))

    def put_setting(self, profile: ProfileId, key: str, value: str) -> None:
        """Keep the value of a setting, in the place of an earlier one. Raises ValueError where it is too long."""
        row = {"profile": profile, "key": key, "value": value}
        refuse_unreadable("setting", row)
        statement = insert(SettingRow).values(row)
        self.session.execute(
            statement.on_conflict_do_update(index_elements=["profile", "key"], set_={"value": row["value"]})
        )

    def add_profile(self, profile: ProfileId, name: str, created_at: datetime) -> None:
        """Add a profile whose name is known to be free. Raises ValueError for values that could not be read back."""
        row = {"id": profile, "name": name, "created_at": moments.to_text(created_at)}
        refuse_unreadable("profile", row)
        self.session.add(ProfileRow(**row))
        self.session.flush()

    def change_profile(self, profile: ProfileId, values: Mapping[str, str | None]) -> None:
        """Give columns of a profile other values."""
        self.session.execute(update(ProfileRow).where(col(ProfileRow.id) == profile).values(values))
        self.session.expire_all()


class Sessions:
    """Hands out writers, one at a time; a writer asked for inside another's block joins its transaction.

    So several appends become one transaction by standing in one `with database.writing():`.
    """

    def __init__(self, connection: sqlite3.Connection, home: Path, guard: threading.RLock) -> None:
        self._connection = connection
        self._engine = _engine_on(connection)
        self._home = home
        self._guard = guard
        self._open: Writer | None = None
        self._has_failed = False

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """Open a transaction; commit when the block ends well, else roll back.

        Raises CouldNotSave or DatabaseDamaged; when it returns, what was written is on the disk.
        """
        with self._guard:
            if self._open is not None:
                yield from self._join(self._open)
                return
            if self._connection.in_transaction:
                raise OurDefect(message("storage.opened_for_reading"))
            try:
                yield from self._run()
            except DBAPIError as error:
                ours = None if error.orig is None else failures.from_sqlite(error.orig, self._home, is_writing=True)
                if ours is None:
                    raise
                raise ours from error

    def _run(self) -> Iterator[Writer]:
        with (
            self._engine.connect().execution_options(**{_BEGIN: "BEGIN IMMEDIATE"}) as connection,
            Session(connection, expire_on_commit=False) as session,
        ):
            # Begun here, not at the first statement: what is read in the block reads in this transaction.
            session.connection()
            self._open, self._has_failed = Writer(session), False
            try:
                yield self._open
                if self._has_failed or not self._connection.in_transaction:
                    # A full disk may have ended the transaction in the middle: then nothing of it may stay.
                    raise OurDefect(message("storage.half_transaction"))
                session.commit()
            finally:
                self._open = None
                session.rollback()

    def _join(self, writer: Writer) -> Iterator[Writer]:
        try:
            yield writer
        except BaseException:
            self._has_failed = True
            raise


def _engine_on(connection: sqlite3.Connection) -> Engine:
    """Return an engine that has this connection alone and begins transactions as it is told.

    The documented recipe for SQLite under SQLAlchemy: sqlite3 begins nothing by itself (the connection was opened so),
    SQLAlchemy says BEGIN, and commit and rollback go through sqlite3 as ever.
    """
    # What an error says goes to the log: the statement, but not what the learner wrote.
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool, hide_parameters=True)

    def begin(sqlalchemy_connection: Connection) -> None:
        statement = sqlalchemy_connection.get_execution_options().get(_BEGIN, "BEGIN")
        sqlalchemy_connection.exec_driver_sql(statement)

    event.listen(engine, "begin", begin)
    return engine
