"""Names and places of bones and organs in whole-body pictures, and which rows show the trunk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.whole_skeleton import WholeSkeleton

__all__ = ["bone_places", "trunk_rows"]

# Chosen: the trunk reaches from so far above the first thoracic vertebra to so far below the sit bones [mm].
_ABOVE_MM: Final = 70.0
_BELOW_MM: Final = 45.0


def bone_places(skeleton: WholeSkeleton) -> Mapping[str, Point]:
    """Return the places of a whole skeleton by name: sites in marrow, else middles of bones, and organs.

    Parameters
    ----------
    skeleton : WholeSkeleton
        Any.

    Returns
    -------
    places : mapping of str to Point
        (z, y, x) [mm].
    """
    return {**skeleton.landmarks, **skeleton.sites}


def trunk_rows(skeleton: WholeSkeleton, edge_mm: float, rows: int) -> tuple[int, int]:
    """Return the first row of the trunk and the one after its last in a frontal picture.

    Parameters
    ----------
    skeleton : WholeSkeleton
        Whom it shows.
    edge_mm : float
        Height of a row [mm].
    rows : int
        Rows of the picture.

    Returns
    -------
    rows : (int, int)
        Within the picture.
    """
    top = skeleton.landmarks["T1"][0] - _ABOVE_MM
    bottom = skeleton.landmarks["left ischium"][0] + _BELOW_MM
    return max(int(top / edge_mm), 0), min(int(bottom / edge_mm), rows)
