"""The whole skeleton in its body, standing, arms at the sides, for planar imaging."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy._body_outline import (
    BLADDER_CENTER,
    KIDNEY_CENTERS,
    body_label,
    fat_depth,
    skin_distance,
)
from bonemets_teach.anatomy._painter import Painter
from bonemets_teach.anatomy._site_search import settle_sites
from bonemets_teach.anatomy._skeleton_bones import skeleton_bones
from bonemets_teach.anatomy._skeleton_sites import skeleton_places
from bonemets_teach.anatomy.bone_names import BONE_NUMBERS, BONES
from bonemets_teach.anatomy.bone_quality import Sex, as_sex, spongy_fraction
from bonemets_teach.anatomy.frame import Frame, Grid
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.solids import Box
from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["BONES", "HEIGHTS_CM", "WholeSkeleton", "whole_skeleton"]

HEIGHTS_CM: Final = (140.0, 200.0)
"""Least and greatest body height [cm]."""
_REFERENCE_CM: Final = 165.0
_BOX: Final[Box] = ((-826.0, 890.0), (-140.0, 136.0), (-256.0, 256.0))
"""Box around the body of 165 cm, from the middle between the hip joints [mm]."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WholeSkeleton(Phantom):
    """A whole body.

    Parameters
    ----------
    landmarks : dict of str to Point
        Middle of each bone, of the kidneys and the bladder (z, y, x) [mm] from the outer corner of the first voxel.
    """

    landmarks: dict[str, Point]

    def mask_of(self, bone: str) -> npt.NDArray[np.bool_]:
        """Return where a bone is.

        Parameters
        ----------
        bone : str
            A name of `BONES`.

        Returns
        -------
        mask : ndarray of bool, shape (Z, Y, X)
            True in its voxels.

        Raises
        ------
        ParameterError
            If there is no bone of that name.
        """
        if bone not in BONE_NUMBERS:
            message = f"there is no bone “{bone}”; choose one of {', '.join(BONE_NUMBERS)}"
            raise ParameterError(message)
        return np.asarray(self.bone_number == BONE_NUMBERS[bone])


def whole_skeleton(
    *, sex: str = "female", height_cm: float = 165.0, age_years: float = 65.0, voxel_mm: float = 4.0
) -> WholeSkeleton:
    """Return the healthy phantom of a whole body.

    Parameters
    ----------
    sex : {"female", "male"}, default "female"
        Sex: shape of the pelvis, breadth of vertebrae, fat, thinning of cortex.
    height_cm : float, default 165
        Body height [cm], in [140, 200]; everything scales with it.
    age_years : float, default 65
        Age [years], in [20, 95]: spongiosa, cortex and marrow fat.
    voxel_mm : float, default 4
        Edge of a voxel [mm], in [2.5, 8].

    Returns
    -------
    skeleton : WholeSkeleton
        At 4 mm and 165 cm 429 x 69 x 128 voxels (z, y, x), read-only; one instance for the same arguments while it
        is among the latest few.

    Raises
    ------
    ParameterError
        If an argument is outside its range.

    Notes
    -----
    Left out: costal cartilage, hyoid, teeth, ear bones, single bones of wrist and ankle, muscles, bowel and liver as
    parts of their own, the differences between people of one sex, height and age.
    """
    height = require_in_range("height_cm", height_cm, *HEIGHTS_CM, "cm")
    edge = require_in_range("voxel_mm", voxel_mm, 2.5, 8.0, "mm")
    spongy_fraction(age_years)
    return _built(as_sex(sex), height, float(age_years), edge)


@lru_cache(maxsize=2)
def _built(sex: Sex, height_cm: float, age_years: float, edge_mm: float) -> WholeSkeleton:
    frame = Frame(scale=height_cm / _REFERENCE_CM)
    grid = Grid.covering(frame.body_box(_BOX), edge_mm)
    skin, fat = skin_distance(grid, frame), fat_depth(grid, frame, sex)
    painter = Painter(grid, body_label(grid, frame, skin, fat))
    for bone in skeleton_bones(sex, age_years, frame):
        painter.add(bone, BONE_NUMBERS[bone.name])
    organs = {name: grid.from_corner(frame.body(point)) for name, point in _ORGANS.items()}
    landmarks = _middles(painter.number, edge_mm) | organs
    return WholeSkeleton(
        bone_fraction=painter.bone,
        fat_fraction=painter.fat,
        label=painter.label,
        turnover_per_year=painter.turnover,
        voxel_mm=edge_mm,
        name="whole skeleton",
        sites=settle_sites(painter, _wanted(sex, frame, grid, landmarks)),
        bone_number=painter.number,
        bone_names=BONES,
        landmarks=landmarks,
    )


_ORGANS: Final[dict[str, Point]] = KIDNEY_CENTERS | {"bladder": BLADDER_CENTER}


def _middles(number: npt.NDArray[np.uint8], edge_mm: float) -> dict[str, Point]:
    """Return the center of mass of each bone [mm]."""
    found = np.flatnonzero(number)
    which = number.ravel()[found]
    counts = np.maximum(np.bincount(which, minlength=256), 1)
    index = np.unravel_index(found, number.shape)
    z, y, x = ((np.bincount(which, i, minlength=256) / counts + 0.5) * edge_mm for i in index)
    return {name: (float(z[n]), float(y[n]), float(x[n])) for n, name in BONES.items()}


def _wanted(sex: Sex, body: Frame, grid: Grid, middles: dict[str, Point]) -> dict[str, tuple[str, Point]]:
    """Return a place in each bone, in the body: the usual one, or else its middle."""
    usual = {name: (bone, body.body(point)) for name, (bone, point) in skeleton_places(sex).items()}
    corner = grid.corner
    for name in BONES.values():
        z, y, x = (m + c for m, c in zip(middles[name], corner, strict=True))
        usual.setdefault(name, (name, (z, y, x)))
    return usual
