"""Takes CT, SPECT and planar scan of the vertebra; what was taken is kept, so that filter and colors answer at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter

from bonemets_teach.imaging._planar_attenuation import body_range
from bonemets_teach.imaging._planar_projector import FWHM_PER_SIGMA
from bonemets_teach.imaging.collimator import system_fwhm_mm
from bonemets_teach.imaging.ct import CtSettings, project_slice, reconstruct
from bonemets_teach.imaging.ct_slice import AxialField, axial_maps
from bonemets_teach.imaging.planar_scan import PlanarSettings, planar_scan
from bonemets_teach.imaging.spect import SpectSlice, spect_slice
from bonemets_teach.imaging.spect_settings import SpectSettings
from bonemets_teach.scenes._spect_ct_body import body, finding_state, site_of

__all__ = [
    "CT_PIXEL_MM", "KNOWN", "ORIGIN_MM", "SPECT_PIXEL_MM", "SUBSETS", "VIEWS", "Case", "Planar", "Way", "ct_of",
    "filtered", "planar_of", "settings_of", "shown", "slice_of",
]  # fmt: skip

_Array = npt.NDArray[np.float32]

# Chosen: usual CT of the spine at the dose of a SPECT/CT.
_CT: Final = CtSettings(
    tube_voltage_kv=120.0, tube_current_time_mas=150.0, slice_thickness_mm=2.5, kernel="bone"
)
_FIELD: Final = AxialField(size=352, width_mm=220.0)
CT_PIXEL_MM: Final = 0.625
SPECT_PIXEL_MM: Final = 3.75
# The part of the body that is shown: its corner is one of a pixel in both images; rows and columns of the SPECT.
_ROWS: Final = (24, 56)
_COLUMNS: Final = (22, 63)
ORIGIN_MM: Final = (_ROWS[0] * SPECT_PIXEL_MM, _COLUMNS[0] * SPECT_PIXEL_MM)
"""Upper left outer corner of what is shown, in the phantom (y, x) [mm]."""
VIEWS: Final = 64
SUBSETS: Final = 8
KNOWN: Final = {
    "both": (True, True), "attenuation": (True, False), "blur": (False, True), "neither": (False, False),
}  # fmt: skip
"""Whether the reconstruction knows of attenuation, and of the blur of the collimator."""
_SEED: Final = 5
# Planar pixels are joined two by two; so much is shown above and below the vertebra [mm].
_JOINED: Final = 2
_HALF_HEIGHT_MM: Final = 31.0


@dataclass(frozen=True, slots=True)
class Case:
    """What the patient has: a finding and its diameter [mm]."""

    finding: str
    diameter_mm: float


@dataclass(frozen=True, slots=True)
class Way:
    """How the SPECT is made: time of a view [s], iterations, key of `KNOWN`."""

    seconds: float
    iterations: int
    known: str


class Planar(NamedTuple):
    """The view from behind around the vertebra, in counts, and the same without noise and without a finding.

    Rows lead down, columns from the patient's left to the right, pixels of 2.5 mm; ``place`` is that of the finding.
    """

    counts: _Array
    expected: _Array
    healthy: _Array
    pixel_mm: float
    place: tuple[float, float]
    fwhm_mm: float


def settings_of(way: Way) -> SpectSettings:
    """Return the settings of a reconstruction without a filter."""
    attenuation, blur = KNOWN[way.known]
    return SpectSettings(
        views=VIEWS, seconds_per_view=way.seconds, iterations=way.iterations, subsets=SUBSETS,
        attenuation_correction=attenuation, resolution_recovery=blur, filter_fwhm_mm=0.0,
    )  # fmt: skip


# Enough for all presets, whose images are then there before a learner asks.
@lru_cache(maxsize=12)
def ct_of(case: Case) -> _Array:
    """Return the CT slice through the middle of the finding [HU], cut to what is shown."""
    state, level = finding_state(case.finding, case.diameter_mm), site_of(case.finding)[0]
    maps = axial_maps(state, level_mm=level, thickness_mm=_CT.slice_thickness_mm, field=_FIELD)
    hu = reconstruct(project_slice(maps), _CT, seed=_SEED).hu
    step = round(SPECT_PIXEL_MM / CT_PIXEL_MM)
    first = [round((n * body().voxel_mm / 2 - _FIELD.width_mm / 2) / CT_PIXEL_MM) for n in body().shape[1:]]
    rows, columns = (
        slice(low * step - at, high * step - at)
        for (low, high), at in zip((_ROWS, _COLUMNS), first, strict=True)
    )
    return np.ascontiguousarray(hu[rows, columns], dtype=np.float32)


@lru_cache(maxsize=64)
def slice_of(case: Case, way: Way, take: int = 0) -> SpectSlice:
    """Return the SPECT slice through the middle of the finding without a filter; each take has its own noise."""
    state = finding_state(case.finding, case.diameter_mm)
    index = body().index_of(site_of(case.finding))[0]
    return spect_slice(state, index, settings_of(way), np.random.default_rng([_SEED, take]))


def filtered(image: SpectSlice, fwhm_mm: float) -> _Array:
    """Return the whole slice behind a Gaussian filter [SUV]."""
    if fwhm_mm <= 0:
        return image.values
    sigma = fwhm_mm / FWHM_PER_SIGMA / image.pixel_mm[0]
    return np.asarray(gaussian_filter(image.values, sigma, truncate=3.0), dtype=np.float32)


def shown(image: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the part of a SPECT slice that is shown."""
    return image[slice(*_ROWS), slice(*_COLUMNS)]


@lru_cache(maxsize=12)
def planar_of(case: Case) -> Planar:
    """Return the planar view from behind around the vertebra."""
    settings, phantom = PlanarSettings(), body()
    scan = planar_scan(finding_state(case.finding, case.diameter_mm), settings, np.random.default_rng(_SEED))
    z, y, x = site_of(case.finding)
    edge = phantom.voxel_mm
    middle = phantom.index_of(site_of("none"))[0]
    half = round(_HALF_HEIGHT_MM / edge / _JOINED) * _JOINED
    first = max(middle - half, 0)
    # From behind the patient's left is at the left.
    start = round((phantom.shape[2] * edge - ORIGIN_MM[1]) / edge) - (_COLUMNS[1] - _COLUMNS[0]) * 3
    part = (slice(first, first + 2 * half), slice(start, start + (_COLUMNS[1] - _COLUMNS[0]) * 3 - 1))
    back = (body_range(phantom)[1] + 1) * edge
    place = ((z / edge - first) / _JOINED - 0.5, (phantom.shape[2] - x / edge - start) / _JOINED - 0.5)
    return Planar(
        counts=_joined(scan.posterior[part]), expected=_joined(scan.expected_posterior[part]),
        healthy=_joined(_healthy_posterior()[part]), pixel_mm=edge * _JOINED, place=place,
        fwhm_mm=float(system_fwhm_mm(settings.collimator, back - y + settings.gap_mm)),
    )  # fmt: skip


@cache
def _healthy_posterior() -> _Array:
    return planar_scan(finding_state("none", 0.0)).expected_posterior


def _joined(counts: _Array) -> _Array:
    rows, columns = (n // _JOINED for n in counts.shape)
    whole = counts[: rows * _JOINED, : columns * _JOINED]
    return np.asarray(whole.reshape(rows, _JOINED, columns, _JOINED).sum(axis=(1, 3)), dtype=np.float32)
