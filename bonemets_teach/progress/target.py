"""Where records are kept: a SQLite file by default, or the PostgreSQL database that a URL names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bonemets_teach.errors import ProgressError

__all__ = ["DATABASE_URL", "Target", "named_target", "target_of"]

DATABASE_URL = "BONEMETS_DATABASE_URL"
"""Environment variable that names a database other than the file in the data folder."""

_WANTED = "postgresql+psycopg://user@host/database, or sqlite:////folder/progress.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One place for records.

    Parameters
    ----------
    path : Path or None
        The SQLite file; None for PostgreSQL.
    url : URL
        What SQLAlchemy connects to.
    """

    path: Path | None
    url: URL

    @classmethod
    def file(cls, path: Path) -> Target:
        """Return the place of a SQLite file.

        Parameters
        ----------
        path : Path
            The file.

        Returns
        -------
        target : Target
            Nothing is read or written yet.
        """
        return cls(path=path, url=URL.create("sqlite+pysqlite", database=str(path)))

    @property
    def words(self) -> str:
        """The place in words for a banner, without a password."""
        if self.path is not None:
            return str(self.path)
        host = self.url.host or self.url.query.get("host") or "this computer"
        return f"the database {self.url.database or 'postgres'} on {host}"


def named_target() -> Target | None:
    """Return the database that the environment names.

    Returns
    -------
    target : Target or None
        None if `DATABASE_URL` is not set.

    Raises
    ------
    ProgressError
        As `target_of`.
    """
    named = os.environ.get(DATABASE_URL, "").strip()
    return target_of(named) if named else None


def target_of(text: str) -> Target:
    """Read the URL of a database.

    Parameters
    ----------
    text : str
        ``postgresql+psycopg://…`` or ``sqlite:////…``; ``postgresql://`` and ``postgres://`` are the same.

    Returns
    -------
    target : Target
        Nothing is connected yet.

    Raises
    ------
    ProgressError
        If it is no URL, of another kind of database, or its driver is not installed. The text is not
        repeated, since it may hold a password.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        message = f"the database URL can't be read; write it like {_WANTED}"
        raise ProgressError(message) from None
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        if not url.database or url.database == ":memory:":
            message = f"the database URL names no file; write it like {_WANTED}"
            raise ProgressError(message)
        return Target.file(Path(url.database))
    if url.drivername not in {"postgresql", "postgres", "postgresql+psycopg"}:
        message = f"the database URL is of the kind {url.drivername!r}; write it like {_WANTED}"
        raise ProgressError(message)
    if find_spec("psycopg") is None:
        message = 'PostgreSQL needs a driver that is not installed; run pip install "bonemets-teach[hub]"'
        raise ProgressError(message)
    return Target(path=None, url=url.set(drivername="postgresql+psycopg"))
