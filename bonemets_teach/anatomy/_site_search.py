"""Moves a wanted place to the nearest voxel of its bone that holds marrow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy._painter import Painter
from bonemets_teach.anatomy.bone_names import BONE_NUMBERS
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.tissues import Tissue

__all__ = ["settle_sites"]

_REACH_MM: Final = 45.0
# Chosen: a voxel with less bone than this has a marrow space worth settling in.
_MOST_BONE: Final = 0.6
# Chosen: thin bones in large voxels are cortex everywhere; better there than far from the wanted place [mm].
_DETOUR_MM: Final = 12.0


def settle_sites(painter: Painter, wanted: Mapping[str, tuple[str, Point]]) -> dict[str, Point]:
    """Return for each wanted place the middle of a marrow-bearing voxel of its bone.

    Parameters
    ----------
    painter : Painter
        With all bones painted.
    wanted : mapping of str to (str, Point)
        Name of the place to name of its bone and point of the body [mm].

    Returns
    -------
    sites : dict of str to Point
        (z, y, x) [mm] from the outer corner of the first voxel; places whose bone is not near are left out.
    """
    found = {}
    for name, (bone, point) in wanted.items():
        site = _nearest(painter, BONE_NUMBERS[bone], painter.grid.from_corner(point))
        if site is not None:
            found[name] = site
    return found


def _nearest(painter: Painter, number: int, target: Point) -> Point | None:
    edge = painter.grid.edge_mm
    reach = int(_REACH_MM / edge)
    middle = [int(t // edge) for t in target]
    starts = [max(m - reach, 0) for m in middle]
    box = tuple(slice(s, max(m + reach + 1, s)) for s, m in zip(starts, middle, strict=True))
    own: npt.NDArray[np.bool_] = painter.number[box] == number
    roomy = (
        own
        & ~np.isin(painter.label[box], (Tissue.CORTEX, Tissue.PELVIS_CORTEX))
        & (painter.bone[box] < _MOST_BONE)
    )
    for mask, reach_mm in ((roomy, _DETOUR_MM), (own, np.inf)):
        points = (np.argwhere(mask) + np.array(starts) + 0.5) * edge
        away = np.sqrt(((points - np.array(target)) ** 2).sum(axis=1))
        if len(points) and away.min() <= reach_mm:
            z, y, x = points[np.argmin(away)]
            return float(z), float(y), float(x)
    return None
