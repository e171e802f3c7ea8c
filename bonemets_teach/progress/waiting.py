"""Begins SQLite transactions among many writers: short, scattered waits instead of SQLite's long ones.

SQLite's own waiting doubles its pauses up to 0.1 s, so that of eight writers some wait for seconds while
the lock is free most of the time.
"""

from __future__ import annotations

import random
import sqlite3
import time

__all__ = ["begin_writing"]

_SHORTEST_S, _LONGEST_S = 0.0002, 0.005  # chosen: a commit takes about 0.1 ms
_SHARE = 0.1  # a pause is at most this share of the time already waited


def begin_writing(connection: sqlite3.Connection, patience_ms: int) -> None:
    """Begin a transaction as the only writer.

    Parameters
    ----------
    connection : sqlite3.Connection
        Outside a transaction.
    patience_ms : int
        How long to wait for other writers [ms].

    Raises
    ------
    sqlite3.OperationalError
        If the database is still locked then.
    """
    cursor, start = connection.cursor(), time.monotonic()
    try:
        cursor.execute("PRAGMA busy_timeout = 0")
        while True:
            try:
                cursor.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                waited = time.monotonic() - start
                if "locked" not in str(error) or 1000 * waited > patience_ms:
                    raise
                pause = min(_LONGEST_S, max(_SHORTEST_S, _SHARE * waited))
                time.sleep(random.uniform(0.5, 1.5) * pause)  # noqa: S311 - no secret
            else:
                return
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {int(patience_ms)}")
        cursor.close()
