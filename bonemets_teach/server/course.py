"""The course as the server sees it: its lessons in order, and where their notebooks lie."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from bonemets_teach.content import notebooks_folder
from bonemets_teach.errors import ContentError

__all__ = ["Course", "Entry", "load_course"]

_log = logging.getLogger(__name__)


class Entry(Protocol):
    """One row of the course map, as in `lessons.catalog`."""

    @property
    def number(self) -> int:
        """Place in the course, from 1."""

    @property
    def id(self) -> str:
        """Name in addresses."""

    @property
    def title(self) -> str:
        """What the learner reads."""

    @property
    def teaches(self) -> str:
        """What it teaches, in one sentence."""

    @property
    def notebook(self) -> str | None:
        """File name below ``notebooks/``, None for a lesson that is coming."""

    @property
    def minutes(self) -> int:
        """Time it takes [min]."""


class Course:
    """The lessons in order.

    Parameters
    ----------
    entries : sequence of Entry
        As in `lessons.catalog.COURSE`.
    folder : Path or None
        Folder of the notebooks, None for the package's.
    """

    def __init__(self, entries: Sequence[Entry], folder: Path | None = None) -> None:
        self.entries = tuple(sorted(entries, key=lambda entry: entry.number))
        self._folder = folder
        self._by_id = {entry.id: entry for entry in self.entries}

    def get(self, lesson_id: str) -> Entry | None:
        """Return a lesson of the map.

        Parameters
        ----------
        lesson_id : str
            Name in the address.

        Returns
        -------
        entry : Entry or None
            None if the course has no such lesson.
        """
        return self._by_id.get(lesson_id)

    def notebook(self, entry: Entry) -> Path | None:
        """Return where the notebook of a lesson lies.

        Parameters
        ----------
        entry : Entry
            A lesson of this course.

        Returns
        -------
        path : Path or None
            None for a lesson that is coming.
        """
        if not entry.notebook:
            return None
        try:
            folder = self._folder or notebooks_folder()
        except ContentError:
            return None
        path = folder / Path(entry.notebook).name
        return path if path.is_file() else None

    def open_lessons(self) -> list[Entry]:
        """Return the lessons that have a notebook, in order.

        Returns
        -------
        entries : list of Entry
            Those that can be opened.
        """
        return [entry for entry in self.entries if self.notebook(entry) is not None]

    def neighbors(self, lesson_id: str) -> tuple[Entry | None, Entry | None]:
        """Return the open lessons before and after one.

        Parameters
        ----------
        lesson_id : str
            A lesson of this course.

        Returns
        -------
        previous, following : Entry or None
            None at the ends.
        """
        ids = self.open_lessons()
        place = next((index for index, entry in enumerate(ids) if entry.id == lesson_id), None)
        if place is None:
            return None, None
        before = ids[place - 1] if place else None
        after = ids[place + 1] if place + 1 < len(ids) else None
        return before, after


def load_course() -> Course:
    """Read the course map; a map that can't be read leaves an empty course, not a dead server.

    Returns
    -------
    course : Course
        The fourteen lessons.
    """
    try:
        catalog = importlib.import_module("bonemets_teach.lessons.catalog")
        return Course(catalog.COURSE)
    except Exception:  # noqa: BLE001 - logged; the pages about the server itself still work
        _log.exception("The course map can't be read; the home page is empty. Install the package again.")
        return Course(())
