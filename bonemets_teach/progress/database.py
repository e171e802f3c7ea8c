"""One database as seen from one process: connections that survive a fork, reading and changing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bonemets_teach.progress.engine import open_engine
from bonemets_teach.progress.schema import prepare
from bonemets_teach.progress.target import Target

__all__ = ["STORE_ERRORS", "Database"]

STORE_ERRORS = (SQLAlchemyError, sqlite3.Error, OSError)
"""What any use of a database may raise when the disk, the file or the server is at fault."""

Found = TypeVar("Found")


class Database:
    """One database.

    Parameters
    ----------
    target : Target
        Where it is; a SQLite file is made if missing.

    Notes
    -----
    Every method may raise one of `STORE_ERRORS`; the log turns that into words. A database that could not be
    prepared at first, because the disk was full or locked, is prepared before the next change.
    """

    def __init__(self, target: Target) -> None:
        self.target = target
        self._engine = open_engine(target)
        self._process = os.getpid()
        self._abandoned: list[Engine] = []
        self._is_ready = False

    @property
    def path(self) -> Path | None:
        """The SQLite file; None for PostgreSQL."""
        return self.target.path

    def prepare(self) -> None:
        """Bring the database to this program's version and check that it is ours and can be written.

        Raises
        ------
        ProgressError
            If it belongs to another program or to a newer version of this one.
        """
        if not self._is_ready:
            prepare(self._current_engine(), self.target)
            self._is_ready = True

    def changing(self) -> AbstractContextManager[Connection]:
        """Begin a transaction that changes the database.

        Returns
        -------
        connection : context manager
            Commits at its end; an exception undoes everything.
        """
        self.prepare()
        return self._current_engine().begin()

    def reading(self, read: Callable[[Connection], Found]) -> Found:
        """Read; a database that was never made, for a full disk or a lock, is made first or says why not.

        Parameters
        ----------
        read : callable
            Takes the connection.

        Returns
        -------
        found : object
            What ``read`` returned.
        """
        try:
            return self._read(read)
        except OperationalError:
            if self._is_ready:
                raise
            self.prepare()
            return self._read(read)

    def close(self) -> None:
        """Close the connections; new ones are opened if it is used again."""
        self._current_engine().dispose()

    def _read(self, read: Callable[[Connection], Found]) -> Found:
        with self._current_engine().connect().execution_options(reading=True) as connection:
            return read(connection)

    def forget_deleted(self) -> None:
        """Fold SQLite's log into the file, so that what was deleted is in neither."""
        if self.path is None:
            return
        raw = self._current_engine().raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()

    def _current_engine(self) -> Engine:
        """Return this process' engine: connections must not cross a fork."""
        if self._process != os.getpid():
            # Kept alive on purpose: closing them here would touch the parent's connections.
            self._abandoned.append(self._engine)
            self._engine = open_engine(self.target)
            self._process = os.getpid()
        return self._engine
