"""Opens the engine of a database: transactions that begin as writers, locks that are waited for."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from bonemets_teach.progress.target import Target
from bonemets_teach.progress.waiting import begin_writing

__all__ = ["DATABASE", "begin_raw", "open_engine"]

DATABASE = "progress.db"

_BUSY_TIMEOUT_MS = 10_000
_CONNECT_TIMEOUT_S = 5


def open_engine(target: Target) -> Engine:
    """Make the engine for one database; nothing is read or written yet.

    Parameters
    ----------
    target : Target
        The database.

    Returns
    -------
    engine : Engine
        On SQLite each transaction begins at once as a writer, unless its connection has the execution
        option ``reading``. A locked database or row is waited for up to 10 s.
    """
    if target.path is None:
        # One connection a process: a thousand kernels share what the server allows.
        return create_engine(
            target.url,
            pool_size=1,
            max_overflow=4,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": _CONNECT_TIMEOUT_S,
                "options": f"-c lock_timeout={_BUSY_TIMEOUT_MS} -c timezone=UTC",
                "application_name": "bonemets-teach",
            },
        )
    engine = create_engine(target.url, connect_args={"timeout": _BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _set_up_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up_connection(connection: Any, _record: object) -> None:
    # The driver's own transactions begin too late for two writers, so they are switched off.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {_BUSY_TIMEOUT_MS}",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # else INSERT OR REPLACE would delete past the trigger
        "wal_autocheckpoint = 4000",
        "secure_delete = ON",  # erased answers are overwritten, not only unlinked
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("reading", False):
        connection.exec_driver_sql("BEGIN")
        return
    try:
        begin_raw(connection.connection.driver_connection)
    except sqlite3.Error as error:
        raise OperationalError("BEGIN IMMEDIATE", {}, error) from error


def begin_raw(connection: Any) -> None:
    """Begin a transaction of the driver as the only writer.

    Parameters
    ----------
    connection : sqlite3.Connection
        From an engine of `open_engine`.

    Raises
    ------
    sqlite3.OperationalError
        If other writers keep the database locked for 10 s.
    """
    begin_writing(connection, _BUSY_TIMEOUT_MS)
