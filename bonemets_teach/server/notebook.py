"""A lesson's notebook: read, cleaned of what is not for the page, and cut into the sections of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import nbformat

from bonemets_teach.errors import ContentError

__all__ = ["Section", "load_notebook", "sections"]

_HIDDEN: Final = frozenset({"lab-only"})
_HEADING: Final = re.compile(r"^##\s+(?P<title>.+?)\s*#*\s*$")
_FENCE: Final = re.compile(r"^\s*(```|~~~)")


@dataclass(slots=True)
class Section:
    """One section of the page: what follows a heading of level 2.

    Parameters
    ----------
    title : str
        Text of the heading; empty for what stands before the first one.
    id : str
        DOM id.
    cells : list
        Notebook cells; a Markdown cell that holds several headings is cut at each.
    """

    title: str
    id: str
    cells: list[Any] = field(default_factory=list)


def load_notebook(path: Path) -> Any:
    """Read a notebook for the page: without outputs and without cells that are for JupyterLab only.

    Parameters
    ----------
    path : Path
        A notebook of format 4.

    Returns
    -------
    notebook : NotebookNode
        A copy that may be changed.

    Raises
    ------
    ContentError
        If the file is no notebook.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:
        message = f"{path.name} can't be read as a notebook: {error}; restore the file"
        raise ContentError(message) from error
    notebook.cells = [cell for cell in notebook.cells if not _HIDDEN & set(cell.metadata.get("tags", []))]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.metadata.setdefault("kernelspec", {"name": "python3", "language": "python"})
    notebook.metadata.kernelspec.setdefault("language", "python")
    return notebook


def sections(cells: list[Any]) -> list[Section]:
    """Cut cells at headings of level 2.

    Parameters
    ----------
    cells : list of NotebookNode
        Executed cells in order.

    Returns
    -------
    found : list of Section
        At least one; the first has no title if the notebook does not begin with such a heading.
    """
    found = [Section("", "start")]
    taken: set[str] = {"start"}
    for cell in cells:
        if cell.cell_type != "markdown":
            found[-1].cells.append(cell)
            continue
        for title, text in _pieces(cell.source):
            if title is not None:
                found.append(Section(title, _unused_id(title, taken)))
            if text.strip():
                found[-1].cells.append(_part(cell, text))
    return [section for section in found if section.cells]


def _pieces(source: str) -> list[tuple[str | None, str]]:
    """Return (heading or None, text with its heading) for each stretch between headings, fences aside."""
    pieces: list[tuple[str | None, list[str]]] = [(None, [])]
    fenced = False
    for line in source.splitlines():
        if _FENCE.match(line):
            fenced = not fenced
        heading = None if fenced else _HEADING.match(line)
        if heading:
            pieces.append((heading["title"], []))
        pieces[-1][1].append(line)
    return [(title, "\n".join(lines)) for title, lines in pieces if title is not None or lines]


def _part(cell: Any, text: str) -> Any:
    part = nbformat.v4.new_markdown_cell(text, metadata=cell.metadata)
    part.id = cell.get("id", part.id)
    return part


def _unused_id(title: str, taken: set[str]) -> str:
    plain = (
        re.sub(r"[^a-z0-9]+", "-", re.sub(r"[*_`]|\[|\]\([^)]*\)", "", title).lower()).strip("-") or "section"
    )
    name, number = f"section-{plain}", 2
    while name in taken:
        name, number = f"section-{plain}-{number}", number + 1
    taken.add(name)
    return name
