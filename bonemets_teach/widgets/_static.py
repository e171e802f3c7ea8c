"""Composes the ES module and the style sheet of a widget from the files in `static/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["module", "style"]

_FOLDER: Final = Path(__file__).resolve().parent / "static"


@cache
def module(*names: str) -> str:
    """Join JavaScript files into one ES module.

    Parameters
    ----------
    *names : str
        File names in `static/`, shared parts first; the last one holds ``export default``. The words of the
        interface go before them.

    Returns
    -------
    source : str
        One module, since a widget's module can't import a neighbor in every front end.
    """
    return "\n".join((_FOLDER / name).read_text("utf-8") for name in ("words.js", *names))


@cache
def style(*names: str) -> str:
    """Join style sheets, with the tokens first.

    Parameters
    ----------
    *names : str
        File names in `static/`.

    Returns
    -------
    css : str
        One style sheet.
    """
    return "\n".join((_FOLDER / name).read_text("utf-8") for name in ("tokens.css", "widget.css", *names))
