"""The font files that come with matplotlib, for printing in the letters of the figures."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

from bonemets_teach.errors import ContentError

__all__ = ["font_file"]


def font_file(name: str) -> Path:
    """Return the path of a font file.

    Parameters
    ----------
    name : str
        For example "DejaVuSans-Bold.ttf".

    Returns
    -------
    path : Path
        An existing file.

    Raises
    ------
    ContentError
        If matplotlib has no such font.
    """
    path = Path(mpl.get_data_path()) / "fonts" / "ttf" / name
    if not path.is_file():
        message = f"the font {name} is missing; install matplotlib again"
        raise ContentError(message)
    return path
