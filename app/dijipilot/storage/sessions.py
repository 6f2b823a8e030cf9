"""Runs SQLModel sessions on one sqlite3 connection, each in a transaction that was begun explicitly."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, create_engine

from dijipilot.errors import OurDefect
from dijipilot.messages import message
from dijipilot.storage import failures

_BEGIN = "dijipilot_begin"


class Sessions:
    """Hands out sessions, one at a time; a session asked for inside another joins its transaction.

    So several appends become one transaction by standing in one `with database.writing():`.
    """

    def __init__(self, connection: sqlite3.Connection, home: Path, guard: threading.RLock) -> None:
        self._engine = _engine_on(connection)
        self._home = home
        self._guard = guard
        self._open: Session | None = None
        self._open_writes = False
        self._has_failed = False

    @contextmanager
    def session(self, writes: bool) -> Iterator[Session]:
        """Open a session; commit when the block ends well, else roll back.

        Raises CouldNotSave or DatabaseDamaged; when it returns, what was written is on the disk.
        """
        with self._guard:
            if self._open is not None:
                yield from self._join(self._open, writes)
                return
            try:
                yield from self._run(writes)
            except DBAPIError as error:
                ours = None if error.orig is None else failures.from_sqlite(error.orig, self._home, writes)
                if ours is None:
                    raise
                raise ours from error

    def _run(self, writes: bool) -> Iterator[Session]:
        begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
        with (
            self._engine.connect().execution_options(**{_BEGIN: begin}) as connection,
            Session(connection, expire_on_commit=False) as session,
        ):
            self._open, self._open_writes, self._has_failed = session, writes, False
            try:
                yield session
                if self._has_failed:
                    # A full disk may have ended the transaction in the middle: then nothing of it may stay.
                    raise OurDefect(message("storage.half_transaction"))
                session.commit()
            finally:
                self._open = None
                session.rollback()

    def _join(self, session: Session, writes: bool) -> Iterator[Session]:
        if writes and not self._open_writes:
            raise OurDefect(message("storage.opened_for_reading"))
        try:
            yield session
        except BaseException:
            self._has_failed = True
            raise


def _engine_on(connection: sqlite3.Connection) -> Engine:
    """Return an engine that has this connection alone and begins transactions as it is told.

    The documented recipe for SQLite under SQLAlchemy: sqlite3 begins nothing by itself (the connection was opened so),
    SQLAlchemy says BEGIN, and commit and rollback go through sqlite3 as ever.
    """
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)

    def begin(sqlalchemy_connection: Connection) -> None:
        statement = sqlalchemy_connection.get_execution_options().get(_BEGIN, "BEGIN")
        sqlalchemy_connection.exec_driver_sql(statement)

    event.listen(engine, "begin", begin)
    return engine
