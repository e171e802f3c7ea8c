"""Makes the hip film of a state and measures on it what the eye can use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.lesion_placement import PlacedLesion, grow_at
from bonemets_teach.anatomy.proximal_femur import SITES, proximal_femur
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging.detectability import CLUTTER, ROSE_THRESHOLD
from bonemets_teach.imaging.radiograph import (
    HIP_PIXEL_MM,
    Exposure,
    RadiographSettings,
    expose,
    healthy_hip,
    hip_with_lesion,
    processed,
    transmit,
)
from bonemets_teach.scenes.scene import State

__all__ = ["PHENOTYPES", "Film", "film"]

_Array = npt.NDArray[np.float32]

PHENOTYPES: Final = {"lytic": 0.0, "mixed": 0.45, "blastic": 1.0}
"""Phenotype of the tumor-bone model for each word (chosen; 0.45 keeps the mean bone volume)."""
# Chosen: somewhat faster than the model's normal front, as destructive metastases of the hip are.
_GROWTH_SPEED: Final = 1.4
# Chosen: the lesion's area on the film is where its tumor is at least half as thick as at its thickest.
_AREA_SHARE: Final = 0.5
# Chosen: smaller than this nobody searches for a lesion [mm of tumor along the ray].
_LEAST_TUMOR_MM: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Film:
    """A hip film and what is measured on it.

    Parameters
    ----------
    values, healthy_values : ndarray of float32, shape (row, column)
        Processed film, and the same film had there been no lesion [% (log signal)].
    pixel_mm : float
        Edge of a pixel [mm].
    site, phenotype : str
        As in the state.
    months : float
        Age of the lesion.
    overlying : bool
        Whether pelvis, fat planes and skin are there.
    site_row, site_column : float
        Where the lesion was seeded [pixels].
    contrast_percent : float
        Mean change of the detector signal over the lesion [%]; positive is darker on the film.
    noise_percent : float
        Noise of a pixel beside the lesion [%].
    lesion_pixels : int
        Size of the lesion's area on the film [pixels].
    visibility : float
        Rose ratio: contrast over noise and overlying anatomy at the size of the lesion.
    mineral_lost_percent : float
        Mineral lost where tumor fills more than half of the marrow space [%]; negative is gained.
    diameter_mm : float
        Diameter of a ball of that volume [mm].
    scatter_to_primary : float
        Behind the lesion.
    entrance_kerma_ugy, detector_kerma_ugy : float
        Air kerma at the skin and behind the hip [uGy].
    """

    values: _Array
    healthy_values: _Array
    pixel_mm: float
    site: str
    phenotype: str
    months: float
    overlying: bool
    site_row: float
    site_column: float
    contrast_percent: float
    noise_percent: float
    lesion_pixels: int
    visibility: float
    mineral_lost_percent: float
    diameter_mm: float
    scatter_to_primary: float
    entrance_kerma_ugy: float
    detector_kerma_ugy: float

    @property
    def is_visible(self) -> bool:
        """True if the lesion passes the Rose criterion."""
        return self.visibility >= ROSE_THRESHOLD

    @property
    def contrast_to_noise(self) -> float:
        """Contrast over the noise of one pixel, anatomy left out."""
        return abs(self.contrast_percent) / self.noise_percent


def film(state: State) -> Film:
    """Make the film of a complete state.

    Parameters
    ----------
    state : mapping
        Complete state of the radiograph scene.

    Returns
    -------
    film : Film
        Image and measures.
    """
    lesion = _Lesion(state["site"], state["phenotype"], float(state["months"]), bool(state["overlying"]))
    settings = RadiographSettings(
        tube_voltage_kv=state["tube_voltage_kv"], tube_current_time_mas=state["mas"], grid=state["grid"]
    )
    beam = (settings.tube_voltage_kv, settings.grid)
    healthy, diseased = _healthy_exposure(lesion.overlying, *beam), _exposure(lesion, *beam)
    image = expose(diseased, settings)
    plain = expose(healthy, settings)
    area, mineral_lost, diameter = _extent(lesion)
    row, column = (SITES[lesion.site][axis] / HIP_PIXEL_MM for axis in (0, 2))
    contrast = float((diseased.signal / healthy.signal - 1)[area].mean())
    noise = float(np.sqrt(np.mean(plain.relative_noise[area] ** 2)))
    scatter = float(plain.scatter_to_primary[area].mean())
    clutter = CLUTTER / (1 + scatter) if lesion.overlying else 0.0
    return Film(
        values=processed(image.values, HIP_PIXEL_MM),
        healthy_values=processed(plain.values, HIP_PIXEL_MM),
        pixel_mm=HIP_PIXEL_MM,
        site=lesion.site,
        phenotype=lesion.phenotype,
        months=lesion.months,
        overlying=lesion.overlying,
        site_row=row,
        site_column=column,
        contrast_percent=100 * contrast,
        noise_percent=100 * noise,
        lesion_pixels=int(area.sum()),
        visibility=abs(contrast) / float(np.sqrt(noise**2 / area.sum() + clutter**2)),
        mineral_lost_percent=mineral_lost,
        diameter_mm=diameter,
        scatter_to_primary=scatter,
        entrance_kerma_ugy=image.entrance_kerma_ugy,
        detector_kerma_ugy=image.detector_kerma_ugy,
    )


@dataclass(frozen=True, slots=True)
class _Lesion:
    site: str
    phenotype: str
    months: float
    overlying: bool


@lru_cache(maxsize=1)
def _placed(site: str, phenotype: str) -> PlacedLesion:
    # Held here too, so that kernels share the lesion of the start: the cache below it holds few for all scenes.
    return grow_at(proximal_femur(), site, phenotype=PHENOTYPES[phenotype], growth_speed=_GROWTH_SPEED)


@lru_cache(maxsize=1)
def _voxels(lesion: _Lesion) -> VoxelState:
    return _placed(lesion.site, lesion.phenotype).at(lesion.months)


@lru_cache(maxsize=3)
def _healthy_exposure(overlying: bool, tube_voltage_kv: float, grid: bool) -> Exposure:  # noqa: FBT001 - cache key
    settings = RadiographSettings(tube_voltage_kv=tube_voltage_kv, grid=grid)
    return transmit(healthy_hip(overlying=overlying), settings)


@lru_cache(maxsize=1)
def _exposure(lesion: _Lesion, tube_voltage_kv: float, grid: bool) -> Exposure:  # noqa: FBT001 - cache key
    settings = RadiographSettings(tube_voltage_kv=tube_voltage_kv, grid=grid)
    # The healthy film sets the gray scale, so that a lesion does not shift the rest of the picture.
    reference = _healthy_exposure(lesion.overlying, tube_voltage_kv, grid).reference
    return transmit(_paths(lesion), settings, reference=reference)


@lru_cache(maxsize=1)
def _paths(lesion: _Lesion) -> Any:
    return hip_with_lesion(_voxels(lesion), overlying=lesion.overlying)


@lru_cache(maxsize=8)
def _extent(lesion: _Lesion) -> tuple[npt.NDArray[np.bool_], float, float]:
    """Return the lesion's area on the film, mineral lost [%] and diameter [mm]."""
    tumor = _paths(lesion).of("tumor")
    area = tumor >= max(_AREA_SHARE * float(tumor.max()), _LEAST_TUMOR_MM)
    if not area.any():
        row, column = (round(SITES[lesion.site][axis] / HIP_PIXEL_MM) for axis in (0, 2))
        area[row - 2 : row + 3, column - 2 : column + 3] = True
    state = _voxels(lesion)
    core = state.roi_tumor > 0.5
    volume = float(core.sum()) * state.phantom.voxel_mm**3
    diameter = 2 * (3 * volume / (4 * np.pi)) ** (1 / 3)
    if not core.any():
        return area, 0.0, 0.0
    before = float(state.phantom.bone_fraction[state.roi][core].sum())
    return area, 100 * (1 - float(state.roi_bone_fraction[core].sum()) / before), diameter
