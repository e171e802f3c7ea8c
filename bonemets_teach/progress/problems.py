"""Turns what SQLite says into a sentence for a learner."""

from __future__ import annotations

from pathlib import Path

from bonemets_teach.errors import ProgressError

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


def sentence(error: Exception, path: Path) -> str:
    """Say why progress is not saved, where, and what to do.

    Parameters
    ----------
    error : Exception
        What the database raised.
    path : Path
        The database file.

    Returns
    -------
    words : str
        Two or three sentences for a banner.
    """
    if isinstance(error, ProgressError):
        return str(error)
    said = str(getattr(error, "orig", None) or error)
    for mark, cause, way_out in _CAUSES:
        if mark in said.lower():
            return f"Progress is not saved: {cause} ({path}). {way_out}"
    return f"Progress is not saved: {path} can't be used ({said}). Set BONEMETS_DATA to another folder."


def is_passing(error: Exception) -> bool:
    """Return whether the cause may go away while the lesson is open.

    Parameters
    ----------
    error : Exception
        What the database raised.

    Returns
    -------
    passing : bool
        True for a full disk or a lock.
    """
    said = str(error).lower()
    return any(mark in said for mark in ("disk is full", "disk i/o", "locked"))
