"""Opens the SQLite engine: write-ahead log, transactions that begin as writers, waiting for locks."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import OperationalError

from bonemets_teach.errors import ProgressError
from bonemets_teach.progress.tables import SCHEMA_VERSION, meta, metadata

__all__ = ["DATABASE", "open_engine", "prepare"]

DATABASE = "progress.db"

_APPLICATION_ID = 0x424D5450  # "BMTP": marks the file as ours in SQLite's header
_BUSY_TIMEOUT_MS = 10_000
_WAL_TRIES = 50


def open_engine(path: Path) -> Engine:
    """Make the engine for one database file; nothing is read or written yet.

    Parameters
    ----------
    path : Path
        The database file.

    Returns
    -------
    engine : Engine
        Each transaction begins at once as a writer, unless its connection has the execution option
        ``reading``; a locked database is waited for up to 10 s.
    """
    engine = create_engine(f"sqlite+pysqlite:///{path}", connect_args={"timeout": _BUSY_TIMEOUT_MS / 1000})
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


def prepare(engine: Engine) -> None:
    """Create what is missing in the database, check that it is ours, and that it can be written.

    Parameters
    ----------
    engine : Engine
        From `open_engine`.

    Raises
    ------
    ProgressError
        If the file belongs to another program or to a newer version of this one.
    sqlalchemy.exc.DBAPIError
        If SQLite refuses: no permission, disk full, not a database.
    """
    _switch_to_wal(engine)
    with engine.begin() as connection:
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        if mark != _APPLICATION_ID and (mark or tables):
            message = (
                f"Progress is not saved: {engine.url.database} belongs to another program. "
                "It was left as it is; set BONEMETS_DATA to another folder and start again."
            )
            raise ProgressError(message)
        connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION_ID}")
        metadata.create_all(connection)
        _check_version(connection, str(engine.url.database))
        # Writing the time is the probe that the disk takes writes at all.
        _set_meta(connection, "last_opened", str(int(time.time())))


def _check_version(connection: Connection, path: str) -> None:
    found = connection.execute(
        select(meta.c.value).where(meta.c.name == "schema_version")
    ).scalar_one_or_none()
    if found is None:
        _set_meta(connection, "schema_version", str(SCHEMA_VERSION))
    elif found != str(SCHEMA_VERSION):
        message = (
            f"Progress is not saved: {path} has schema version {found}, this program knows {SCHEMA_VERSION}. "
            "It was left as it is; install the newer program or set BONEMETS_DATA to another folder."
        )
        raise ProgressError(message)


def _set_meta(connection: Connection, name: str, value: str) -> None:
    row = insert(meta).values(name=name, value=value)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def _switch_to_wal(engine: Engine) -> None:
    """Turn the write-ahead log on; SQLite does not wait for a lock here, so this does."""
    for left in reversed(range(_WAL_TRIES)):
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode = WAL")
        except Exception as error:
            if "locked" not in str(error) or not left:
                raise OperationalError("PRAGMA journal_mode = WAL", {}, error) from error
        else:
            return
        finally:
            raw.close()
        time.sleep(0.02)
