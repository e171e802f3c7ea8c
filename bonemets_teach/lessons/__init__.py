"""Lessons: which scenes, items and claims make a lesson, and the one object that a notebook uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bonemets_teach.lessons.session import Lesson

__all__ = ["load"]


def load(lesson_id: str) -> Lesson:
    """Open a lesson in a notebook.

    Parameters
    ----------
    lesson_id : str
        For example "bone-remodeling".

    Returns
    -------
    lesson : Lesson
        Shows explorers, quiz and sources.

    Raises
    ------
    ContentError
        If there is no such lesson.
    """
    # The catalog is read by commands and pages that need no widgets.
    from bonemets_teach.lessons import session  # noqa: PLC0415

    return session.load(lesson_id)
