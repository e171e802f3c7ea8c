"""The text of a lesson in another language: ``notebooks/<language>/<notebook>.md``, cut by the ids of the cells."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

__all__ = ["read_prose", "translate_cells"]

_log: Final = logging.getLogger(__name__)
_CELL: Final = re.compile(r"^<!-- cell: (?P<id>[a-z0-9-]+) -->\n", re.MULTILINE)


def translate_cells(notebook: Any, path: Path, code: str) -> None:
    """Put the translated text into a notebook's Markdown cells, and say of each in which language it is.

    Parameters
    ----------
    notebook : NotebookNode
        From `load_notebook`; its cells get ``metadata["language"]``.
    path : Path
        The notebook's file; translations lie in a folder beside it that is named as the language.
    code : str
        Language wanted; nothing is changed for English.
    """
    if code == "en":
        return
    texts = read_prose(path.parent / code / f"{path.stem}.md")
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found = texts.get(cell.get("id", ""))
            cell.source = found or cell.source
            cell.metadata["language"] = code if found else "en"


def read_prose(path: Path) -> dict[str, str]:
    """Read a file of translated text.

    Parameters
    ----------
    path : Path
        Markdown; a line ``<!-- cell: goals -->`` stands before the text of the cell ``goals``.

    Returns
    -------
    texts : dict
        Cell id to Markdown; empty if there is no such file.
    """
    try:
        return _cut(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError):
        _log.exception("%s can't be read; its lesson stays English.", path)
        return {}


@lru_cache(maxsize=32)
def _cut(path: Path, _changed_ns: int) -> dict[str, str]:
    parts = _CELL.split(path.read_text("utf-8"))
    return {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True) if text.strip()}
