"""Small letters burned into an image, as markers of lead are into a film."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

__all__ = ["stamp", "width_of"]

_GLYPHS: Final = MappingProxyType({
    "A": ".###.|#...#|#...#|#####|#...#|#...#|#...#",
    "B": "####.|#...#|#...#|####.|#...#|#...#|####.",
    "C": ".####|#....|#....|#....|#....|#....|.####",
    "D": "####.|#...#|#...#|#...#|#...#|#...#|####.",
    "E": "#####|#....|#....|####.|#....|#....|#####",
    "F": "#####|#....|#....|####.|#....|#....|#....",
    "G": ".####|#....|#....|#.###|#...#|#...#|.####",
    "K": "#...#|#..#.|#.#..|##...|#.#..|#..#.|#...#",
    "M": "#...#|##.##|#.#.#|#.#.#|#...#|#...#|#...#",
    "N": "#...#|##..#|##..#|#.#.#|#..##|#..##|#...#",
    "O": ".###.|#...#|#...#|#...#|#...#|#...#|.###.",
    "P": "####.|#...#|#...#|####.|#....|#....|#....",
    "R": "####.|#...#|#...#|####.|#.#..|#..#.|#...#",
    "S": ".####|#....|#....|.###.|....#|....#|####.",
    "T": "#####|..#..|..#..|..#..|..#..|..#..|..#..",
    "W": "#...#|#...#|#...#|#.#.#|#.#.#|##.##|#...#",
    "a": ".....|.....|.###.|....#|.####|#...#|.####",
    "0": ".###.|#...#|#..##|#.#.#|##..#|#...#|.###.",
    "1": "..#..|.##..|..#..|..#..|..#..|..#..|.###.",
    "2": ".###.|#...#|....#|...#.|..#..|.#...|#####",
    "3": "####.|....#|....#|.###.|....#|....#|####.",
    "4": "...#.|..##.|.#.#.|#..#.|#####|...#.|...#.",
    "5": "#####|#....|####.|....#|....#|#...#|.###.",
    "6": ".###.|#....|#....|####.|#...#|#...#|.###.",
    "7": "#####|....#|...#.|..#..|..#..|.#...|.#...",
    "8": ".###.|#...#|#...#|.###.|#...#|#...#|.###.",
    "9": ".###.|#...#|#...#|.####|....#|....#|.###.",
    "-": ".....|.....|.....|#####|.....|.....|.....",
    " ": ".....|.....|.....|.....|.....|.....|.....",
})  # fmt: skip
_ADVANCE: Final = 6


def width_of(text: str) -> int:
    """Return how many pixels wide a text is.

    Parameters
    ----------
    text : str
        Letters that `stamp` knows.

    Returns
    -------
    width : int
        Pixels.
    """
    return max(_ADVANCE * len(text) - 1, 0)


def stamp(image: npt.NDArray[np.floating[Any]], text: str, corner: tuple[int, int], value: float) -> None:
    """Burn a text into an image.

    Parameters
    ----------
    image : ndarray of shape (row, column)
        Changed in place.
    text : str
        Letters of A B C D E F G K M N O P R S T W a, digits, "-" and spaces; 7 pixels high.
    corner : (int, int)
        Row and column of its top left.
    value : float
        Pixel value of the letters.

    Raises
    ------
    KeyError
        If a letter is unknown.
    """
    row, column = corner
    for place, letter in enumerate(text):
        dots = np.array([[dot == "#" for dot in line] for line in _GLYPHS[letter].split("|")])
        left = column + _ADVANCE * place
        part = image[row : row + 7, left : left + 5]
        part[dots[: part.shape[0], : part.shape[1]]] = value
