"""A picture for questions with the places that the model knows, and how pictures are cut, enlarged and paired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import zoom

from bonemets_teach.scenes._film_letters import stamp

__all__ = ["Exposed", "beside", "cut", "enlarged", "in_grays", "lettered", "shades"]

_Array = npt.NDArray[np.float32]
_GAP: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Exposed:
    """A picture with what the model knows of it.

    Parameters
    ----------
    values : ndarray of float32, shape (row, column)
        Shares of white, 0..1, as they are shown.
    pixel_mm : float
        Edge of a pixel [mm].
    marks : mapping of str to (float, float)
        Row and column of places, from phantom and lesion; places outside the picture are left out.
    numbers : mapping of str to float
        Named numbers for keys.
    words : str
        What a reader who knows the truth would say.
    """

    values: _Array
    pixel_mm: float
    marks: Mapping[str, tuple[float, float]]
    numbers: Mapping[str, float] = field(default_factory=dict)
    words: str = ""


def shades(
    values: npt.NDArray[np.floating[Any]], center: float, width: float, *, inverted: bool = False
) -> _Array:
    """Return values through a window as shares of white.

    Parameters
    ----------
    values : ndarray
        In any unit.
    center, width : float
        The window, in the same unit.
    inverted : bool, default False
        Show high values dark.

    Returns
    -------
    shown : ndarray of float32
        0..1.
    """
    share = np.clip((np.nan_to_num(values) - (center - width / 2)) / width, 0.0, 1.0)
    return np.asarray(1.0 - share if inverted else share, dtype=np.float32)


def cut(shown: Exposed, rows: tuple[int, int], columns: tuple[int, int]) -> Exposed:
    """Return a part of a picture; places move along, and those outside it are not shown.

    Parameters
    ----------
    shown : Exposed
        The picture.
    rows, columns : (int, int)
        First, and the one after the last.

    Returns
    -------
    part : Exposed
        With the same numbers and words.
    """
    marks = {name: (row - rows[0], column - columns[0]) for name, (row, column) in shown.marks.items()}
    values = shown.values[slice(*rows), slice(*columns)].copy()
    return replace(shown, values=values, marks=marks)


def enlarged(shown: Exposed, factor: int) -> Exposed:
    """Return a picture of more pixels, interpolated as viewers do; places move along.

    Parameters
    ----------
    shown : Exposed
        The picture.
    factor : int
        Pixels for each one.

    Returns
    -------
    larger : Exposed
        ``factor`` times as many rows and columns.
    """
    if factor == 1:
        return shown
    values = zoom(shown.values, factor, order=1, grid_mode=True, mode="nearest").astype(np.float32)
    marks = {
        name: ((row + 0.5) * factor - 0.5, (column + 0.5) * factor - 0.5)
        for name, (row, column) in shown.marks.items()
    }
    return replace(shown, values=values, pixel_mm=shown.pixel_mm / factor, marks=marks)


def in_grays(values: _Array, count: int) -> _Array:
    """Return a picture in few grays: noise makes a picture large to send, and in noise they can't be told apart.

    Parameters
    ----------
    values : ndarray of float32
        Shares of white.
    count : int
        Steps from black to white.

    Returns
    -------
    coarser : ndarray of float32
        Of the same shape.
    """
    return np.asarray(np.round(values * count) / count, dtype=np.float32)


def beside(first: Exposed, second: Exposed, names: tuple[str, str]) -> Exposed:
    """Return two pictures of the same height side by side.

    Parameters
    ----------
    first, second : Exposed
        Left and right.
    names : (str, str)
        Put before the names of the places: "week 0: L2".

    Returns
    -------
    both : Exposed
        With the numbers and words of the second.
    """
    gap = np.full((first.values.shape[0], _GAP), 0.5, dtype=np.float32)
    shift = first.values.shape[1] + _GAP
    marks = {f"{names[0]}: {name}": place for name, place in first.marks.items()}
    marks |= {f"{names[1]}: {name}": (row, column + shift) for name, (row, column) in second.marks.items()}
    return replace(second, values=np.concatenate([first.values, gap, second.values], axis=1), marks=marks)


def lettered(values: _Array, words: str, *, dark: bool) -> None:
    """Burn words into the upper left corner of a picture.

    Parameters
    ----------
    values : ndarray of float32, shape (row, column)
        Changed in place.
    words : str
        Capital letters and digits that `bonemets_teach.scenes._film_letters.stamp` knows.
    dark : bool
        Black letters for a picture with a white ground.
    """
    stamp(values, words, (4, 4), 0.0 if dark else 1.0)
