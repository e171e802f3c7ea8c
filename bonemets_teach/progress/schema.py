"""Makes a database ready: ours, of the version that this program knows, and open to writes."""

from __future__ import annotations

import time

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import OperationalError

from bonemets_teach.errors import ProgressError
from bonemets_teach.progress.dialect import insert_or_replace
from bonemets_teach.progress.tables import SCHEMA_VERSION, meta
from bonemets_teach.progress.target import Target

__all__ = ["prepare", "set_meta"]

_APPLICATION_ID = 0x424D5450  # "BMTP": marks the file as ours in SQLite's header
_LOCK = 0x424D5450  # PostgreSQL: who holds this advisory lock may change the schema
_WAL_TRIES = 50


def prepare(engine: Engine, target: Target) -> None:
    """Bring the database to this program's version, check that it is ours and that it can be written.

    Parameters
    ----------
    engine : Engine
        From `open_engine`.
    target : Target
        What the engine connects to.

    Raises
    ------
    ProgressError
        If the database belongs to another program or to a newer version of this one.
    sqlalchemy.exc.DBAPIError
        If the database refuses: no permission, disk full, not a database.

    Notes
    -----
    Processes that start at once queue for one lock; the first one migrates. Alembic is imported only then,
    so that a kernel on a database that is ready does not carry it.
    """
    if target.path is not None:
        _switch_to_wal(engine)
    with engine.begin() as connection:
        is_new = _is_new(connection, target)
        found = 0 if is_new else _version(connection, target)
        if found < SCHEMA_VERSION and target.path is None:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            is_new = _is_new(connection, target)
            found = 0 if is_new else _version(connection, target)
        if found < SCHEMA_VERSION:
            from bonemets_teach.progress.migrations.upgrade import upgrade  # noqa: PLC0415 - see Notes

            upgrade(connection, found)
        # Writing the time is the probe that the database takes writes at all.
        set_meta(connection, "last_opened", str(int(time.time())))


def set_meta(connection: Connection, name: str, value: str) -> None:
    """Write one line of the table of settings.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    name, value : str
        What to write.
    """
    connection.execute(insert_or_replace(connection, meta).values(name=name, value=value))


def _is_new(connection: Connection, target: Target) -> bool:
    """Return whether the database is still empty; refuse one that another program has filled."""
    if target.path is not None:
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        count = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        is_ours = mark == _APPLICATION_ID
        is_empty = not mark and not count
        if is_empty:
            connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION_ID}")
        count = count if is_ours else 0
    else:
        here = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()"
        count = connection.exec_driver_sql(here).scalar_one()
        ours = f"{here} AND table_name IN ('meta', 'learner', 'attempt', 'erase_permit')"
        is_ours = connection.exec_driver_sql(ours).scalar_one() == 4
        is_empty = not count
    if not is_ours and not is_empty:
        message = (
            f"Progress is not saved: {target.words} belongs to another program. "
            "It was left as it is; name another place in BONEMETS_DATA or BONEMETS_DATABASE_URL and start again."
        )
        raise ProgressError(message)
    return not count


def _version(connection: Connection, target: Target) -> int:
    query = select(meta.c.value).where(meta.c.name == "schema_version")
    found = str(connection.execute(query).scalar_one_or_none())
    if not found.isdecimal() or int(found) > SCHEMA_VERSION:
        message = (
            f"Progress is not saved: {target.words} has schema version {found}, this program knows {SCHEMA_VERSION}. "
            "It was left as it is; install the newer program, or name another place in BONEMETS_DATA or "
            "BONEMETS_DATABASE_URL."
        )
        raise ProgressError(message)
    return int(found)


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
