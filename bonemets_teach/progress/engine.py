"""Opens the engine of a database: transactions that begin as writers, locks that are waited for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from bonemets_teach.progress.target import Target

__all__ = ["DATABASE", "open_engine"]

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
        "secure_delete = ON",  # erased answers are overwritten, not only unlinked
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
