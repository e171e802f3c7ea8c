"""A lesion grown at a place of a phantom."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.tissues import FEMUR, is_bone
from bonemets_teach.anatomy.voxel_state import Region, VoxelState
from bonemets_teach.biology.lesion_field import LesionSnapshots, grow
from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["LONGEST_MONTHS", "PlacedLesion", "VoxelState", "grow_at", "place"]

_Array = npt.NDArray[np.float32]

LONGEST_MONTHS: Final = 24
"""How long a placed lesion can grow [months]; by then its radius is about 25 mm."""
# Chosen: holds a lesion of normal speed for 24 months, one of 1.4 times normal for 20.
_HALF_REGION_MM: Final = 32.0
_HIP_BONE: Final = ("ilium", "ischium", "pubis")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlacedLesion:
    """All months of one lesion in its region, kept small.

    Parameters
    ----------
    phantom : Phantom
        The healthy phantom.
    roi : tuple of slice
        Region (z, y, x) of the lesion.
    tumor : ndarray of float16, shape (month, Z, Y, X)
        Tumor share of the marrow space at months 0, 1, 2...
    bone_change : ndarray of float16, shape (month, Z, Y, X)
        Bone volume fraction minus that of the phantom.
    phenotype : ndarray of float32, shape (Z, Y, X)
        Phenotype of each voxel, 0 lytic to 1 blastic.
    """

    phantom: Phantom
    roi: Region
    tumor: npt.NDArray[np.float16]
    bone_change: npt.NDArray[np.float16]
    phenotype: _Array

    def at(self, months: float) -> VoxelState:
        """Return phantom and lesion at a time.

        Parameters
        ----------
        months : float
            Time since the seed [months]; between whole months the fields are interpolated.

        Returns
        -------
        state : VoxelState
            At 0 months the seed alone.

        Raises
        ------
        ParameterError
            If ``months`` is outside [0, 24].
        """
        time = require_in_range("months", months, 0, LONGEST_MONTHS, "months")
        first = min(math.floor(time), LONGEST_MONTHS - 1)
        pair = slice(first, first + 2)
        healthy = self.phantom.bone_fraction[self.roi]
        two = LesionSnapshots(
            months=np.arange(2.0),
            tumor=self.tumor[pair].astype(np.float32),
            bone_fraction=np.clip(healthy + self.bone_change[pair].astype(np.float32), 0, 1),
            phenotype=self.phenotype,
        )
        lesion = two.at(time - first)
        return VoxelState(
            phantom=self.phantom,
            roi=self.roi,
            roi_bone_fraction=lesion.bone_fraction,
            roi_tumor=lesion.tumor,
            roi_osteoblast_ratio=lesion.osteoblast_ratio,
            roi_osteoclast_ratio=lesion.osteoclast_ratio,
        )


def place(
    phantom: Phantom, site: str | Point, *, phenotype: float, months: float, growth_speed: float = 1.0
) -> VoxelState:
    """Put a lesion of an age into a phantom.

    Parameters
    ----------
    phantom : Phantom
        The healthy phantom.
    site : str or Point
        A name of the phantom's sites, or (z, y, x) [mm] from the outer corner of the first voxel.
    phenotype : float
        0 lytic to 1 blastic; about 0.45 is mixed.
    months : float
        Time since the tumor settled [months], in [0, 24].
    growth_speed : float, default 1
        Speed of the tumor front [times normal], in [0.25, 3].

    Returns
    -------
    state : VoxelState
        Phantom and lesion.

    Raises
    ------
    ParameterError
        If the site is unknown or outside bone, or a value is out of range.

    Notes
    -----
    The lesion is grown once for 24 months and kept, so other months of the same lesion only interpolate.
    """
    require_in_range("months", months, 0, LONGEST_MONTHS, "months")
    return grow_at(phantom, site, phenotype=phenotype, growth_speed=growth_speed).at(months)


def grow_at(
    phantom: Phantom, site: str | Point, *, phenotype: float, growth_speed: float = 1.0
) -> PlacedLesion:
    """Grow a lesion for the longest time; arguments as in `place`.

    Parameters
    ----------
    phantom, site, phenotype, growth_speed
        As in `place`.

    Returns
    -------
    lesion : PlacedLesion
        One instance for the same arguments while it is among the latest few.

    Raises
    ------
    ParameterError
        As in `place`.
    """
    kind = require_in_range("phenotype", phenotype, 0, 1)
    speed = require_in_range("growth_speed", growth_speed, 0.25, 3, "× normal")
    return _grown(phantom, phantom.index_of(_point(phantom, site)), kind, speed)


@lru_cache(maxsize=2)
def _grown(phantom: Phantom, seed: tuple[int, int, int], phenotype: float, speed: float) -> PlacedLesion:
    tissue = phantom.label[seed]
    if not is_bone(tissue):
        z, y, x = (round((i + 0.5) * phantom.voxel_mm, 1) for i in seed)
        named = ", ".join(phantom.sites)
        message = f"there is no bone at ({z}, {y}, {x}) mm; choose a point inside a bone or one of: {named}"
        raise ParameterError(message)
    half = round(_HALF_REGION_MM / phantom.voxel_mm)
    wide = tuple(slice(max(i - half, 0), i + half + 1) for i in seed)
    around = (wide[0], wide[1], wide[2])
    region = _region(phantom, around, seed)
    roi = _cropped(around, region)
    region = region[
        tuple(slice(r.start - w.start, r.stop - w.start) for r, w in zip(roi, around, strict=True))
    ]
    healthy = phantom.bone_fraction[roi]
    snapshots = grow(
        healthy,
        phantom.turnover_per_year[roi],
        region=region,
        phenotype=phenotype,
        months=LONGEST_MONTHS,
        seed_index=tuple(i - part.start for i, part in zip(seed, roi, strict=True)),
        voxel_mm=phantom.voxel_mm,
        growth_speed=speed,
    )
    return PlacedLesion(
        phantom=phantom,
        roi=roi,
        tumor=snapshots.tumor.astype(np.float16),
        bone_change=(snapshots.bone_fraction - healthy).astype(np.float16),
        phenotype=snapshots.phenotype,
    )


def _region(phantom: Phantom, around: Region, seed: tuple[int, int, int]) -> npt.NDArray[np.bool_]:
    """Return where the tumor can be: the bone it sits in, not the one across a joint or a disc."""
    label = phantom.label[around]
    own = is_bone(label, femur_only=True)
    same = own if phantom.label[seed] in FEMUR else is_bone(label) & ~own
    if phantom.bone_number is None:
        return same
    number = phantom.bone_number[around]
    return same & np.isin(number, _fused(phantom, int(phantom.bone_number[seed])))


def _fused(phantom: Phantom, number: int) -> list[int]:
    """Return the numbers of a bone and of those grown together with it: ilium, ischium and pubis."""
    side, _, part = phantom.bone_names[number].partition(" ")
    if part not in _HIP_BONE:
        return [number]
    return [n for n, name in phantom.bone_names.items() if name in {f"{side} {p}" for p in _HIP_BONE}]


def _cropped(roi: Region, region: npt.NDArray[np.bool_]) -> Region:
    """Shrink a region to the box around what is marked in it, to save memory."""
    parts = []
    for axis, part in enumerate(roi):
        used = np.flatnonzero(region.any(axis=tuple(a for a in range(3) if a != axis)))
        parts.append(slice(part.start + int(used[0]), part.start + int(used[-1]) + 1))
    return parts[0], parts[1], parts[2]


def _point(phantom: Phantom, site: str | Point) -> Point:
    if not isinstance(site, str):
        return site
    if site not in phantom.sites:
        named = ", ".join(phantom.sites) or "none; give a point (z, y, x) [mm]"
        message = f"there is no site “{site}” in the {phantom.name}; choose one of {named}"
        raise ParameterError(message)
    return phantom.sites[site]
