"""What a lesson is made of: its published items, its goals, and the claims that its text cites."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Final

from bonemets_teach.content import notebooks_folder
from bonemets_teach.errors import ContentError
from bonemets_teach.lessons.catalog import CourseEntry

__all__ = ["cited_claims", "notebook_text"]

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
    """Return the keys of the claims that a lesson's text cites, in order of first mention.

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
    return tuple(dict.fromkeys(_CITED.findall(notebook_text(entry.notebook))))
