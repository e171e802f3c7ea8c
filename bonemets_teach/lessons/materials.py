"""What a lesson is made of: its published items, its goals, and the claims that its text cites."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Final

from bonemets_teach.content import notebooks_folder
from bonemets_teach.errors import ContentError
from bonemets_teach.lessons.catalog import CourseEntry
from bonemets_teach.quiz import Item
from bonemets_teach.quiz.bank import Bank, load_bank
from bonemets_teach.quiz.catalog import load_catalog

__all__ = ["cited_claims", "lesson_goals", "lesson_items", "notebook_text"]

_CITED: Final = re.compile(r"\(#claim-([a-z0-9_]+)\)")


@cache
def notebook_text(name: str) -> str:
    """Return the words of a notebook: its markdown cells, joined.

    Parameters
    ----------
    name : str
        File name in ``notebooks/``.

    Returns
    -------
    text : str
        Markdown.

    Raises
    ------
    ContentError
        If the file is missing or is no notebook.
    """
    path = notebooks_folder() / name
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"notebooks/{name} can't be read as a notebook ({error}); restore the file"
        raise ContentError(message) from error


def cited_claims(entry: CourseEntry) -> tuple[str, ...]:
    """Return the keys of the claims that a lesson cites: its text in order of first mention, then its items.

    Parameters
    ----------
    entry : CourseEntry
        A lesson with a notebook.

    Returns
    -------
    keys : tuple of str
        Keys in the evidence.
    """
    if entry.notebook is None:
        return ()
    in_items = [source.claim for item in lesson_items(entry.id) for source in item.references if source.claim]
    return tuple(dict.fromkeys(_CITED.findall(notebook_text(entry.notebook)) + in_items))


@cache
def _bank() -> Bank:
    return load_bank()


def lesson_items(lesson_id: str) -> list[Item]:
    """Return the published items of a lesson.

    Parameters
    ----------
    lesson_id : str
        The lesson.

    Returns
    -------
    items : list of Item
        In the order in which they are asked; broken items are left out, `check_content` names them.
    """
    return _bank().items(lesson_id)


def lesson_goals(lesson_id: str) -> dict[str, str]:
    """Return what a learner can do after a lesson.

    Parameters
    ----------
    lesson_id : str
        The lesson.

    Returns
    -------
    goals : dict
        Objective id to its English text.
    """
    objectives = load_catalog().objectives.values()
    return {goal.id: goal.text["en"] for goal in objectives if goal.lesson == lesson_id}
