"""Runs the migrations within a transaction that the caller has begun."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

__all__ = ["upgrade"]

_HERE: Final = Path(__file__).parent
_FIRST: Final = 1  # the version made before there were migrations


def upgrade(connection: Connection, found: int) -> None:
    """Bring a database to the newest version.

    Parameters
    ----------
    connection : Connection
        Within a transaction that no other process can begin at the same time; it is not committed here.
    found : int
        Version of the database, 0 for an empty one.
    """
    settings = Config()
    settings.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    settings.attributes["connection"] = connection
    if found == _FIRST:
        command.stamp(settings, str(_FIRST))
    command.upgrade(settings, "head")
