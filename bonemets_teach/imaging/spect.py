"""SPECT of a slice: a rotating camera and an iterative reconstruction, in SUV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter

from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging._planar_projector import FWHM_PER_SIGMA
from bonemets_teach.imaging._spect_geometry import slice_geometry
from bonemets_teach.imaging._spect_projector import attenuate, forward_project
from bonemets_teach.imaging._spect_reconstruction import reconstruct
from bonemets_teach.imaging._spect_source import SliceSource, slice_source
from bonemets_teach.imaging.bone_uptake import skeletal_demand
from bonemets_teach.imaging.bone_uptake_kinetics import TissueSuv, decay_factor, tissue_suv
from bonemets_teach.imaging.bone_uptake_sites import covers_skeleton
from bonemets_teach.imaging.collimator import collimator, system_fwhm_mm
from bonemets_teach.imaging.planar_scan import BODY_MASS_G
from bonemets_teach.imaging.spect_settings import SpectSettings

__all__ = ["SpectSettings", "SpectSlice", "SpectVolume", "spect_slice", "spect_volume"]

_Array = npt.NDArray[np.float32]

_MEAN_DISTANCE_MM: Final = 180.0  # from collimator to the axis; sets the blur across slices


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SpectSlice:
    """A reconstructed axial slice.

    Parameters
    ----------
    values : ndarray of float32, shape (row, column)
        SUV, the patient's right at the left, front up.
    truth : ndarray of float32, shape (row, column)
        True SUV of the slice.
    counts : float
        Counts in all views.
    pixel_mm : tuple of float
        Edge of a pixel along rows and columns [mm].
    index : int
        Plane z of the phantom.
    settings : SpectSettings
        How it was made.
    unit : str
        "SUV".
    """

    values: _Array
    truth: _Array
    counts: float
    pixel_mm: tuple[float, float]
    index: int
    settings: SpectSettings
    unit: str = "SUV"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SpectVolume:
    """Reconstructed slices.

    Parameters
    ----------
    values : ndarray of float32, shape (slice, row, column)
        SUV.
    planes : ndarray of int64, shape (slice,)
        Planes z of the phantom.
    pixel_mm : tuple of float
        Edge of a pixel along rows and columns [mm].
    slice_mm : float
        Distance between slices [mm].
    settings : SpectSettings
        How they were made.
    unit : str
        "SUV".
    """

    values: _Array
    planes: npt.NDArray[np.int64]
    pixel_mm: tuple[float, float]
    slice_mm: float
    settings: SpectSettings
    unit: str = "SUV"


def spect_slice(
    state: VoxelState,
    index: int,
    settings: SpectSettings | None = None,
    rng: np.random.Generator | None = None,
) -> SpectSlice:
    """Measure and reconstruct one axial slice.

    Parameters
    ----------
    state : VoxelState
        Phantom with or without lesions.
    index : int
        Plane z of the phantom.
    settings : SpectSettings, optional
        How it is made.
    rng : numpy.random.Generator, optional
        Source of the noise; seed 0 by default.

    Returns
    -------
    image : SpectSlice
        All zero where there are no counts.

    Raises
    ------
    ParameterError
        If the plane is not in the phantom.

    Notes
    -----
    Views are Poisson of attenuated activity, blurred by the resolution at each distance. Ordered subsets expectation
    maximization (Hudson and Larkin, IEEE Trans Med Imaging 1994; 13: 601). A slice counts as thick as its pixels are wide,
    whatever the phantom's voxels. Left out: scatter, taken as corrected,
    motion, and the blur across slices in the model of the reconstruction.
    """
    settings, rng = settings or SpectSettings(), rng or np.random.default_rng(0)
    return _slice(state, index, settings, rng, _tissues(state, settings))


def _tissues(state: VoxelState, settings: SpectSettings) -> TissueSuv:
    demand = skeletal_demand(state) if covers_skeleton(state.phantom) else 1.0
    return tissue_suv(settings.time_h, demand=demand)


def _slice(
    state: VoxelState, index: int, settings: SpectSettings, rng: np.random.Generator, suv: TissueSuv
) -> SpectSlice:
    require_in_range("index", index, 0, state.phantom.shape[0] - 1)
    axial = float(system_fwhm_mm(settings.collimator, _MEAN_DISTANCE_MM))
    source = slice_source(state, suv, int(index), settings.pixel_mm, axial)
    values, counts = _measured(source, settings, rng)
    edge = source.pixel_mm
    return SpectSlice(
        values=values,
        truth=source.truth,
        counts=counts,
        pixel_mm=(edge, edge),
        index=int(index),
        settings=settings,
    )


def spect_volume(
    state: VoxelState,
    planes: npt.ArrayLike,
    settings: SpectSettings | None = None,
    rng: np.random.Generator | None = None,
) -> SpectVolume:
    """Measure and reconstruct several axial slices.

    Parameters
    ----------
    state : VoxelState
        Phantom with or without lesions.
    planes : array_like of int, shape (slice,)
        Planes z of the phantom, evenly spaced.
    settings, rng
        As in `spect_slice`.

    Returns
    -------
    volume : SpectVolume
        One image for each plane.

    Raises
    ------
    ParameterError
        If there are no planes or one is not in the phantom.
    """
    settings, rng = settings or SpectSettings(), rng or np.random.default_rng(0)
    chosen = np.atleast_1d(np.asarray(planes, dtype=np.int64))
    if chosen.size == 0:
        message = "planes is empty; give at least one plane of the phantom"
        raise ParameterError(message)
    suv = _tissues(state, settings)
    images = [_slice(state, int(z), settings, rng, suv) for z in chosen]
    step = float(chosen[1] - chosen[0]) if chosen.size > 1 else 1.0
    return SpectVolume(
        values=np.stack([image.values for image in images]), planes=chosen, pixel_mm=images[0].pixel_mm,
        slice_mm=step * state.phantom.voxel_mm, settings=settings,
    )  # fmt: skip


def _measured(source: SliceSource, settings: SpectSettings, rng: np.random.Generator) -> tuple[_Array, float]:
    """Return the reconstructed slice and the counts of all views; it is as thick as its pixels are wide."""
    image = np.zeros(source.body.shape, dtype=np.float32)
    milliliters = source.pixel_mm**3 / 1000.0
    rate = settings.activity_mbq * decay_factor(settings.time_h) / BODY_MASS_G * milliliters
    scale = np.float32(
        rate * collimator(settings.collimator).sensitivity_cps_per_mbq * settings.seconds_per_view
    )
    geometry = slice_geometry(
        source.body, settings.views, settings.collimator, settings.gap_mm, source.pixel_mm
    )
    if scale <= 0 or geometry.row.size == 0:
        return image, 0.0
    share = attenuate(source.mu, geometry, source.pixel_mm)
    every = np.arange(settings.views)
    expected = forward_project(source.suv[source.body], share, geometry, every)
    counts = rng.poisson(expected * scale).astype(np.float32)
    if counts.any():
        image[source.body] = reconstruct(counts / scale, share, geometry, settings)
    if settings.filter_fwhm_mm > 0:
        image = gaussian_filter(
            image, settings.filter_fwhm_mm / FWHM_PER_SIGMA / source.pixel_mm, truncate=3.0
        )
    return image, float(counts.sum(dtype=np.float64))
