"""Which lessons are worth keeping ready: the ones opened last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

__all__ = ["LessonsInUse"]


class LessonsInUse:
    """A short list, the lesson opened last first.

    Parameters
    ----------
    lesson_ids : iterable of str
        What it begins with, before anybody has opened a lesson.
    limit : int
        Most lessons on the list.
    """

    def __init__(self, lesson_ids: Iterable[str], limit: int) -> None:
        self._limit = limit
        self._ids = list(islice(lesson_ids, limit))

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._ids))

    def opened(self, lesson_id: str) -> None:
        """Note that a lesson is opened.

        Parameters
        ----------
        lesson_id : str
            It comes first now; the last one may drop off the list.
        """
        others = [other for other in self._ids if other != lesson_id]
        self._ids = [lesson_id, *others][: self._limit]
