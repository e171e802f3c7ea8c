"""The list of erased learners beside the database, so that a restored backup is erased again.

A tombstone inside the database is lost with it when an older copy is put back. The list is not: it holds
one SHA-256 of a random id on each line, which leads to nobody.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, select

from bonemets_teach.progress import tables
from bonemets_teach.progress.erasing import bury, erase, tombstone_of

__all__ = ["LIST", "erase_again", "read_list", "write_list"]

LIST = "erased.txt"
"""Name of the list in the data folder."""

_LINE = re.compile(r"[0-9a-f]{64}")


def read_list(path: Path) -> frozenset[str]:
    """Return the tombstones of the list.

    Parameters
    ----------
    path : Path
        The list; a missing one is empty.

    Returns
    -------
    tombstones : frozenset of str
        Lines that are none, such as one that a crash has cut off, are left out.
    """
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return frozenset()
    return frozenset(line for line in lines if _LINE.fullmatch(line))


def write_list(path: Path, missing: Iterable[str]) -> None:
    """Add tombstones to the list.

    Parameters
    ----------
    path : Path
        The list; it is made if missing.
    missing : iterable of str
        What to add.

    Raises
    ------
    OSError
        If the folder can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # A line break first: the last line may have been cut off by a crash.
    text = "".join(f"\n{line}" for line in sorted(missing)) + "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, text.encode("ascii"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def erase_again(connection: Connection, listed: frozenset[str]) -> int:
    """Erase the learners on the list whom this database does not know as erased.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    listed : frozenset of str
        From `read_list`.

    Returns
    -------
    removed : int
        Number of attempts, events and reviews deleted.
    """
    known = set(connection.execute(select(tables.tombstone.c.learner_sha256)).scalars())
    missing = listed - known
    if not missing:
        return 0
    learners = connection.execute(select(tables.learner.c.learner_id)).scalars().all()
    back = [learner_id for learner_id in learners if tombstone_of(learner_id) in missing]
    removed = erase(connection, back) if back else 0
    bury(connection, missing)
    return removed
