"""Chooses what to export: the published items of a lesson, or of all of them."""

from __future__ import annotations

from bonemets_teach.errors import ContentError
from bonemets_teach.quiz.bank import Bank, Entry

__all__ = ["published_entries"]


def published_entries(bank: Bank, lesson: str | None) -> tuple[Entry, ...]:
    """Return published items with their lessons.

    Parameters
    ----------
    bank : Bank
        All items.
    lesson : str or None
        Only those of this lesson.

    Returns
    -------
    entries : tuple of Entry
        By lesson, file and place in the file.

    Raises
    ------
    ContentError
        If the lesson has no published items; names those that have.
    """
    published = [entry for entry in bank.entries if entry.item.status == "published"]
    found = tuple(entry for entry in published if lesson in {None, entry.lesson})
    if not found:
        lessons = ", ".join(dict.fromkeys(entry.lesson for entry in published)) or "none"
        message = f"lesson “{str(lesson)[:60]}” has no published questions; lessons with questions: {lessons}"
        raise ContentError(message)
    return found
