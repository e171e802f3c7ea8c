"""Turns what the database says into a sentence for a learner."""

from __future__ import annotations

from bonemets_teach.errors import ProgressError
from bonemets_teach.progress.target import Target

__all__ = ["ERASED", "sentence"]

ERASED = (
    "Your record was deleted, so answers on this page are not saved. Reload the page to begin a new record."
)

_CAUSES = (
    ("disk is full", "the disk is full", "Free some space; answers are saved as soon as that works again."),
    ("disk i/o", "the disk does not take writes", "Free some space or check the disk, then answer again."),
    (
        "readonly",
        "the file may not be written",
        "Give write permission to it, or set BONEMETS_DATA to another folder.",
    ),
    (
        "locked",
        "another program keeps the file locked",
        "Close other copies; answers are saved as soon as that works again.",
    ),
    (
        "not a database",
        "the file is damaged",
        "It was left as it is: put a copy of it back, or set BONEMETS_DATA to another folder.",
    ),
    (
        "malformed",
        "the file is damaged",
        "It was left as it is: put a copy of it back, or set BONEMETS_DATA to another folder.",
    ),
    (
        "unable to open",
        "the file can't be opened",
        "Check the permission of its folder, or set BONEMETS_DATA to another folder.",
    ),
)

_PASSING = (
    "disk is full", "disk i/o", "locked", "lock timeout", "disk full", "no space left", "connect", "too many", "read-only",
    "starting up", "shutting down", "timeout",
)  # fmt: skip
_SOON = "Answers are saved as soon as that works again."
_SERVER_CAUSES = (
    ("password authentication", "the database refuses the password", "Correct BONEMETS_DATABASE_URL."),
    ("does not exist", "the database or its user does not exist", "Correct BONEMETS_DATABASE_URL."),
    ("permission denied", "the database gives no permission", "Let its user create tables in the schema."),
    ("read-only", "the database takes no writes", _SOON),
    ("too many", "the database has too many connections", _SOON),
    ("connection slots", "the database has too many connections", _SOON),
    ("lock timeout", "another program keeps the database locked", _SOON),
    ("disk full", "the disk of the database is full", _SOON),
    ("no space left", "the disk of the database is full", _SOON),
    ("timeout", "the database does not answer", _SOON),
    ("connect", "the database can't be reached", _SOON),
)


def sentence(error: Exception, place: Target | str) -> str:
    """Say why progress is not saved, where, and what to do.

    Parameters
    ----------
    error : Exception
        What the database raised.
    place : Target or str
        The database.

    Returns
    -------
    words : str
        Two or three sentences for a banner.
    """
    if isinstance(error, ProgressError):
        return str(error)
    where = place if isinstance(place, str) else place.words
    said = str(getattr(error, "orig", None) or error)
    is_server = isinstance(place, Target) and place.path is None
    for mark, cause, way_out in _SERVER_CAUSES if is_server else _CAUSES:
        if mark in said.lower():
            return f"Progress is not saved: {cause} ({where}). {way_out}"
    way_out = "Tell whoever runs this course." if is_server else "Set BONEMETS_DATA to another folder."
    return f"Progress is not saved: {where} can't be used ({said.splitlines()[0] if said else type(error).__name__}). {way_out}"


def is_passing(error: Exception) -> bool:
    """Return whether the cause may go away while the lesson is open.

    Parameters
    ----------
    error : Exception
        What the database raised.

    Returns
    -------
    passing : bool
        True for a full disk, a lock, or a server that can't be reached.
    """
    said = str(error).lower()
    return any(mark in said for mark in _PASSING)
