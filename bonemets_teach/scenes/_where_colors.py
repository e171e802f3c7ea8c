"""Colors of the skeleton: how often a bone is involved, of which type, and where no number is known."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.colors import to_rgb

from bonemets_teach.scenes._where_result import SiteShare, WhereResult
from bonemets_teach.scenes.palette import Palette

__all__ = ["bone_ground", "hue", "shade"]

Rgb = tuple[float, float, float]
# Chosen: half of the scale belongs to shares below 35 %, where most bones lie.
_POWER: Final = 0.66


def _mix(first: str | Rgb, second: str | Rgb, share: float) -> Rgb:
    red, green, blue = (1 - share) * np.array(to_rgb(first)) + share * np.array(to_rgb(second))
    return float(red), float(green), float(blue)


def bone_ground(colors: Palette) -> Rgb:
    """Return the color of a bone that is involved in nobody."""
    return _mix(colors.ground, colors.bone, 0.13)


def hue(result: WhereResult, colors: Palette) -> str:
    """Return the color of a full share: that of tumor, or of the cell that is ahead when types are shown."""
    kind = result.primary.lesion_type
    if result.show != "type" or kind is None:
        return colors.tumor
    middle = (kind[0] + kind[1]) / 2
    return colors.osteoclast if middle < 0.2 else colors.osteoblast if middle > 0.8 else colors.tumor


def shade(entry: SiteShare, full: str, colors: Palette) -> Rgb:
    """Return the color of a site.

    Parameters
    ----------
    entry : SiteShare
        The site.
    full : str
        Color of 100 %.
    colors : Palette
        The theme.

    Returns
    -------
    color : (float, float, float)
        Red, green, blue, each 0 to 1.
    """
    if entry.share is None:
        return _mix(colors.ground, colors.muted, 0.1)
    target = full if entry.origin == "own" else colors.muted
    return _mix(bone_ground(colors), target, float((entry.share.middle / 100) ** _POWER))
