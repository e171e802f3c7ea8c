"""What the scene of the lesion in space knows at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.radiograph import transmit
from bonemets_teach.scenes import _lesion_3d_block as geometry
from bonemets_teach.scenes import _lesion_3d_run as model
from bonemets_teach.scenes._lesion_3d_film import paths

__all__ = ["AXES", "Result3d", "Section", "numbers", "sections"]

AXES: Final = {"cross": 0, "frontal": 1, "side": 2}
"""Axis of the block that each plane is at right angles to: z, y, x."""
_CORE: Final = 4  # voxels on each side of the seed whose shadow is taken as the lesion's

_Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Section:
    """One plane through the block: its voxel, bone fraction and tumor fraction, shape (row, column)."""

    at: int
    bone: _Array
    tumor: _Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Result3d:
    """One lesion at one month, seen in three planes and on film.

    Parameters
    ----------
    phenotype, month, growth_speed : float
        As in the controls.
    site : str
        "cancellous" or "cortical".
    plane, offset_mm : str, float
        The plane that was moved, and how far from the seed [mm].
    run : Run3d
        The lesion over all months.
    planes : dict of str to Section
        "frontal", "side" and "cross".
    film : ndarray of shape (row, column)
        The frontal radiograph, 100 ln(reference / signal) [%].
    """

    phenotype: float
    month: float
    growth_speed: float
    site: str
    plane: str
    offset_mm: float
    run: model.Run3d
    planes: dict[str, Section]
    film: _Array

    def now(self, name: str) -> float:
        """Return a number of the lesion at the month shown."""
        series = self.run.series[name]
        return float(np.interp(self.month, np.arange(len(series)), series))


def sections(run: model.Run3d, month: float, site: str, moved: tuple[str, float]) -> dict[str, Section]:
    """Cut the block at a month in three planes through the seed, one of them moved by some millimeters."""
    seed = geometry.SEEDS[site]
    first = min(int(month), model.LONGEST_MONTHS - 1)
    part = np.float32(month - first)
    cuts = {}
    for name, axis in AXES.items():
        shift = round(moved[1] / geometry.VOXEL_MM) if name == moved[0] else 0
        at = int(np.clip(seed[axis] + shift, 0, geometry.SIZE - 1))
        fields = []
        for stack in (run.bone, run.tumor):
            low, high = (np.take(stack[m], at, axis=axis).astype(np.float32) for m in (first, first + 1))
            fields.append((low + part * (high - low)) / np.float32(255.0))
        cuts[name] = Section(at=at, bone=fields[0], tumor=fields[1])
    return cuts


def numbers(result: Result3d) -> dict[str, float]:
    """Return the named numbers; those of the plane are of the one that was moved."""
    section = result.planes[result.plane]
    lesion = section.tumor >= 0.5
    values = {name: result.now(name) for name in result.run.series}
    return values | {
        "film_change_percent": _film_change(result),
        "plane_lesion_cm2": float(lesion.sum()) * geometry.VOXEL_MM**2 / 100.0,
        "plane_bone_percent": 100.0 * float(section.bone[lesion].mean()) if lesion.any() else 0.0,
    }


def _film_change(result: Result3d) -> float:
    """Return how much more light falls behind the middle of the lesion than before it came [%]."""
    z, _, x = geometry.SEEDS[result.site]
    core = np.s_[z - _CORE : z + _CORE + 1, x - _CORE : x + _CORE + 1]
    first = min(int(result.month), model.LONGEST_MONTHS - 1)
    part = result.month - first
    light = []
    for low, high, share in ((0, 0, 0.0), (first, first + 1, part)):
        bone, tumor = (
            (1.0 - share) * stack[low] + share * stack[high]
            for stack in (result.run.bone_mm, result.run.tumor_mm)
        )
        signal = transmit(paths(bone.astype(np.float32), tumor.astype(np.float32)), model.FILM).signal
        light.append(float(signal[core].mean()))
    return 100.0 * (light[1] / light[0] - 1.0)
