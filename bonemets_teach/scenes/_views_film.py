"""Takes the film of a vertebra from the front or the side, and measures what it shows of a lesion."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.detectability import CLUTTER, ROSE_THRESHOLD
from bonemets_teach.imaging.radiograph import (
    Exposure,
    RadiographSettings,
    behind_grid,
    expose,
    processed,
    transmit,
)
from bonemets_teach.imaging.radiograph_views import PROJECTIONS, current_for_dose, enlarged_paths
from bonemets_teach.scenes import _spine_shadows as shadows
from bonemets_teach.scenes._film_letters import stamp
from bonemets_teach.scenes.scene import State

__all__ = ["NO_LESION", "PIXELS", "Shown", "ViewFilm", "take_film"]

_Array = npt.NDArray[np.float32]

NO_LESION: Final = "none"
PIXELS: Final = 512
"""Pixels along the longer edge of a film."""
# Chosen: the lesion's area is where its tumor is at least half as thick as at its thickest, and 1 mm thick.
_AREA_SHARE: Final = 0.5
_LEAST_TUMOR_MM: Final = 1.0
# Chosen: half the edge of the square that is measured where no lesion lies [voxel].
_HALF_SQUARE: Final = 3
_LETTER: Final = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one view shows of the lesion.

    Parameters
    ----------
    contrast_percent : float
        Mean change of the detector signal over the lesion [%]; positive is darker on the film.
    noise_percent : float
        Noise of one square millimeter beside the lesion [%].
    visibility : float
        Rose ratio: contrast over noise and overlying anatomy at the size of the lesion.
    scatter_to_primary : float
        Behind the lesion.
    area_mm2 : float
        Area of the lesion on the film [mm2].
    """

    contrast_percent: float
    noise_percent: float
    visibility: float
    scatter_to_primary: float
    area_mm2: float

    @property
    def is_visible(self) -> bool:
        """True if the lesion passes the Rose criterion."""
        return self.visibility >= ROSE_THRESHOLD

    @property
    def contrast_to_noise(self) -> float:
        """Contrast over the noise of one square millimeter, anatomy left out."""
        return abs(self.contrast_percent) / self.noise_percent


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ViewFilm:
    """A film and what is measured on it.

    Parameters
    ----------
    values : ndarray of float32, shape (row, column)
        Processed film [% (log signal)].
    pixel_mm : float
        Edge of a pixel [mm].
    state : State
        How it was taken.
    here, other : Shown
        What this view shows of the lesion, and what the other one would show.
    mineral_lost_percent, diameter_mm : float
        Of the lesion; negative is gained.
    skin_ugy, detector_ugy, current_mas : float
        Air kerma at the skin and behind the body [uGy]; the current that the machine chose [mAs].
    bucky_factor : float
        Dose with a grid over dose without, for the same signal at the detector.
    sites : tuple of (float, float, str)
        Row, column and name of places on the film.
    """

    values: _Array
    pixel_mm: float
    state: State
    here: Shown
    other: Shown
    mineral_lost_percent: float
    diameter_mm: float
    skin_ugy: float
    detector_ugy: float
    current_mas: float
    bucky_factor: float
    sites: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True, slots=True)
class _Lesion:
    place: str
    kind: str
    months: int


def take_film(state: State) -> ViewFilm:
    """Take the film of a complete state.

    Parameters
    ----------
    state : mapping
        Complete state of the scene.

    Returns
    -------
    film : ViewFilm
        Image and measures of both views.
    """
    lesion, view = _lesion(state), str(state["projection"])
    kv, grid, kerma = float(state["tube_voltage_kv"]), bool(state["grid"]), float(state["detector_ugy"])
    bare = _coarse_bare(None, view, kv)
    plain = behind_grid(bare) if grid else bare
    current = current_for_dose(plain, kerma)
    whole = _fine_bare(lesion, view, kv)
    exposure = behind_grid(whole, reference=plain.reference) if grid else whole
    taken = expose(exposure, _settings(kv, grid=grid, mas=current))
    values = processed(taken.values, taken.pixel_mm)
    if view == "AP":
        stamp(values, "R", (10, 10), _LETTER)
    shown = {name: _shown(lesion, name, kv, grid, kerma) for name in PROJECTIONS}
    lost, wide = _extent(lesion)
    scale = shadows.healthy(view).paths.pixel_mm / taken.pixel_mm
    return ViewFilm(
        values=values, pixel_mm=taken.pixel_mm, state=dict(state), here=shown[view],
        other=next(found for name, found in shown.items() if name != view),
        mineral_lost_percent=100 * lost, diameter_mm=wide, skin_ugy=taken.entrance_kerma_ugy, detector_ugy=kerma,
        current_mas=current, bucky_factor=bare.reference / behind_grid(bare).reference,
        sites=tuple((row * scale, column * scale, name) for name, (row, column) in shadows.healthy(view).sites.items()),
    )  # fmt: skip


def _lesion(state: State) -> _Lesion | None:
    months = int(state["months"]) // shadows.MONTH_STEP * shadows.MONTH_STEP
    if state["place"] == NO_LESION or months < shadows.MONTH_STEP:
        return None
    return _Lesion(str(state["place"]), str(state["kind"]), months)


def _settings(kv: float, *, grid: bool, mas: float = 1.0) -> RadiographSettings:
    return RadiographSettings(tube_voltage_kv=kv, tube_current_time_mas=mas, grid=grid)


def _paths(lesion: _Lesion | None, view: str) -> Any:
    if lesion is None:
        return shadows.healthy(view).paths
    return shadows.with_lesion(view, lesion.place, lesion.kind, lesion.months)


@lru_cache(maxsize=4)
def _coarse_bare(lesion: _Lesion | None, view: str, kv: float) -> Exposure:
    """Expose one pixel a voxel without a grid: enough to measure, and quick."""
    return transmit(_paths(lesion, view), _settings(kv, grid=False))


@lru_cache(maxsize=1)
def _fine_bare(lesion: _Lesion | None, view: str, kv: float) -> Exposure:
    # The healthy film sets the gray scale, so that a lesion does not shift the rest of the picture.
    reference = _coarse_bare(None, view, kv).reference
    return transmit(
        enlarged_paths(_paths(lesion, view), PIXELS), _settings(kv, grid=False), reference=reference
    )


@lru_cache(maxsize=8)
def _shown(lesion: _Lesion | None, view: str, kv: float, grid: bool, kerma: float) -> Shown:  # noqa: FBT001 - cache key
    plain, found = _coarse_bare(None, view, kv), _coarse_bare(lesion, view, kv)
    if grid:
        plain, found = behind_grid(plain), behind_grid(found)
    area = _area(lesion, view)
    contrast = float((found.signal / plain.signal - 1)[area].mean())
    photons = plain.signal[area] * np.float32(current_for_dose(plain, kerma))
    noise = float(np.sqrt(np.mean(plain.energy_per_photon[area] / photons)))
    scatter = float(plain.scatter_to_primary[area].mean())
    extent = float(area.sum()) * plain.pixel_mm**2
    spread = np.hypot(noise / np.sqrt(extent), CLUTTER / (1 + scatter))
    return Shown(
        contrast_percent=100 * contrast, noise_percent=100 * noise, visibility=abs(contrast) / float(spread),
        scatter_to_primary=scatter, area_mm2=extent if lesion else 0.0,
    )  # fmt: skip


def _area(lesion: _Lesion | None, view: str) -> npt.NDArray[np.bool_]:
    paths = _paths(lesion, view)
    tumor = paths.of("tumor")
    area: npt.NDArray[np.bool_] = tumor >= max(_AREA_SHARE * float(tumor.max()), _LEAST_TUMOR_MM)
    if not area.any():
        row, column = (int(at) for at in shadows.healthy(view).sites["vertebral body"])
        area[row - _HALF_SQUARE : row + _HALF_SQUARE, column - _HALF_SQUARE : column + _HALF_SQUARE] = True
    return area


def _extent(lesion: _Lesion | None) -> tuple[float, float]:
    if lesion is None:
        return 0.0, 0.0
    rays, index = shadows.lesion_rays(lesion.place, lesion.kind), lesion.months // shadows.MONTH_STEP - 1
    return rays.mineral_lost[index], rays.diameter_mm[index]
