"""What is right in an item, worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bonemets_teach.content.language import numeral

__all__ = ["Region", "Solution", "format_number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """An ellipse or an upright rectangle: center and half sizes as shares of the picture's width and height."""

    shape: str
    x: float
    y: float
    half_width: float
    half_height: float

    def contains(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside.

        Parameters
        ----------
        x, y : float
            Shares of width and height from top left.

        Returns
        -------
        inside : bool
            The rim belongs to it.
        """
        across, down = abs(x - self.x) / self.half_width, abs(y - self.y) / self.half_height
        return max(across, down) <= 1.0 if self.shape == "box" else across**2 + down**2 <= 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """What is right, worked out: never part of what the page gets before the answer.

    Parameters
    ----------
    keys : frozenset of str
        Ids of the right options or targets, the list entries that are right in some case; else empty.
    value : float or None
        Right number of a numeric item.
    tolerance : float
        Largest accepted distance from ``value``, in the answer's unit.
    errors : tuple of (float, float)
        Value and tolerance of each common error, in order.
    numbers : mapping
        Words for the placeholders ``{{answer}}``, ``{{a}}``...
    measured : mapping
        Quantity of each option of a computed choice or order, or of each check; empty otherwise.
    order : tuple of str
        Steps of a sequence in their right order.
    regions : mapping
        Place of each target of a hotspot.
    """

    keys: frozenset[str] = frozenset()
    value: float | None = None
    tolerance: float = 0.0
    errors: tuple[tuple[float, float], ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    measured: Mapping[str, float] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    regions: Mapping[str, Region] = field(default_factory=dict)


def format_number(value: float, decimals: int) -> str:
    """Write a number with at most so many decimals, without trailing zeros.

    Parameters
    ----------
    value : float
        Any finite number.
    decimals : int
        Decimals to keep.

    Returns
    -------
    words : str
        For example "89.8".
    """
    words = f"{value:.{decimals}f}"
    if "." in words:
        words = words.rstrip("0").rstrip(".")
    return "0" if words == "-0" else numeral(words)
