"""Notes who exported, erased or purged, without telling whose records it was."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from bonemets_teach.progress import tables
from bonemets_teach.progress.fields import new_id

__all__ = ["note"]


def note(connection: Connection, actor: str, action: str, subject: str, words: str) -> None:
    """Write one line of the audit, which can't be changed or deleted.

    Parameters
    ----------
    connection : Connection
        Within the transaction of what is noted.
    actor : str
        ``"learner"``, ``"staff"`` or ``"system"``; never a name.
    action : str
        ``"erase"``, ``"export"``, ``"purge"`` or ``"rebuild"``.
    subject : str
        A tombstone, or ``"course"``.
    words : str
        How much it was.
    """
    row = {"audit_id": new_id(), "at": datetime.now(UTC), "actor": actor, "action": action}
    connection.execute(insert(tables.audit).values(**row, subject=subject, note=words[:200]))
