"""Finds the notebooks, quizzes and assets, in a checkout or in an installed wheel; `language` has the words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bonemets_teach.errors import ContentError

__all__ = ["asset", "assets_folder", "notebooks_folder", "quizzes_folder"]

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def _folder(name: str) -> Path:
    for candidate in (_PACKAGE / "_content" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    message = (
        f"the folder {name}/ is neither in the installed package nor beside it; install the package again"
    )
    raise ContentError(message)


def notebooks_folder() -> Path:
    """Return the folder of the lesson notebooks.

    Returns
    -------
    folder : Path
        An existing folder.
    """
    return _folder("notebooks")


def quizzes_folder() -> Path:
    """Return the folder of the quiz items.

    Returns
    -------
    folder : Path
        An existing folder.
    """
    return _folder("quizzes")


def assets_folder() -> Path:
    """Return the folder of data tables, evidence and pictures.

    Returns
    -------
    folder : Path
        An existing folder.
    """
    return _folder("assets")


def asset(relative: str) -> Path:
    """Return the path of one asset.

    Parameters
    ----------
    relative : str
        Path below ``assets/``, with forward slashes.

    Returns
    -------
    path : Path
        An existing file.

    Raises
    ------
    ContentError
        If there is no such file.
    """
    path = assets_folder() / relative
    if not path.is_file():
        message = f"assets/{relative} is missing; install the package again or restore the file"
        raise ContentError(message)
    return path
