"""A CT scanner: from two basis maps of one slice to an image in HU with noise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging._ct_beam import ct_beam, transmission, water_lengths
from bonemets_teach.imaging._ct_filter import KERNELS, Kernel, filter_projections
from bonemets_teach.imaging._ct_projector import back_project, circle, project
from bonemets_teach.imaging.hounsfield import CT_VOLTAGE_RANGE_KV
from bonemets_teach.units import CM_PER_MM

__all__ = [
    "CtImage",
    "CtSettings",
    "SliceMaps",
    "SliceProjections",
    "project_slice",
    "reconstruct",
    "scan",
    "warm_up",
]

AIR_HU: Final = -1000.0
# Calibrated: share of the photons that a detector makes use of, set so that 20 cm of water at 120 kV, 200
# mAs, 5 mm and the soft kernel show 5 HU of noise, the order of a clinical scanner; no published value.
_USED_SHARE: Final = 0.2

Float32 = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class CtSettings:
    """How a slice is taken; ranges are chosen around those of clinical scanners.

    Parameters
    ----------
    tube_voltage_kv : float, default 120
        Tube voltage [kV], in [80, 140].
    tube_current_time_mas : float, default 100
        Tube current times time of one turn [mAs], in [1, 1000].
    slice_thickness_mm : float, default 3
        Thickness of the slice [mm], in [0.5, 20].
    kernel : {"soft", "bone"}, default "soft"
        Smooth and quiet, or sharp and noisy.
    """

    tube_voltage_kv: float = 120.0
    tube_current_time_mas: float = 100.0
    slice_thickness_mm: float = 3.0
    kernel: Kernel = "soft"

    def __post_init__(self) -> None:
        require_in_range("tube_voltage_kv", self.tube_voltage_kv, *CT_VOLTAGE_RANGE_KV, "kV")
        require_in_range("tube_current_time_mas", self.tube_current_time_mas, 1.0, 1000.0, "mAs")
        require_in_range("slice_thickness_mm", self.slice_thickness_mm, 0.5, 20.0, "mm")
        if self.kernel not in KERNELS:
            message = f"kernel = {self.kernel!r} is not one of {', '.join(KERNELS)}; choose one of them"
            raise ParameterError(message)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SliceMaps:
    """One slice of the body as the scanner sees it.

    Parameters
    ----------
    shares : ndarray of float32 of shape (2, row, column)
        Water share and bone share of each pixel, square and even; both 0 in air.
    pixel_mm : float
        Pixel size [mm], in [0.1, 5].
    """

    shares: Float32
    pixel_mm: float

    def __post_init__(self) -> None:
        shape = self.shares.shape
        if len(shape) != 3 or shape[0] != 2 or shape[1] != shape[2]:
            message = f"shares have the shape {shape}; give (2, size, size)"
            raise ParameterError(message)
        if not np.all(np.isfinite(self.shares)):
            message = "shares hold values that are not numbers; replace them by 0, which is air"
            raise ParameterError(message)
        require_in_range("pixel_mm", self.pixel_mm, 0.1, 5.0, "mm")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SliceProjections:
    """Path lengths of all rays; everything but voltage, dose and kernel is in here.

    Parameters
    ----------
    lengths_cm : ndarray of float32 of shape (2, view, ray)
        Water and bone in each ray [cm].
    pixel_mm : float
        Spacing of the rays [mm].
    """

    lengths_cm: Float32
    pixel_mm: float
    _passing: dict[float, Float32] = field(default_factory=dict, repr=False)

    def passing(self, tube_voltage_kv: float) -> Float32:
        """Return the share of the beam that passes along each ray, kept for the next call.

        Parameters
        ----------
        tube_voltage_kv : float
            Tube voltage [kV].

        Returns
        -------
        share : ndarray of float32 of shape (view, ray)
            Share of the energy.
        """
        if tube_voltage_kv not in self._passing:
            self._passing[tube_voltage_kv] = transmission(ct_beam(tube_voltage_kv), self.lengths_cm)
        return self._passing[tube_voltage_kv]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CtImage:
    """A reconstructed slice.

    Parameters
    ----------
    hu : ndarray of float32 of shape (row, column)
        CT numbers [HU]; -1000 outside the field of view.
    pixel_mm : float
        Pixel size [mm].
    settings : CtSettings
        How it was taken.
    """

    hu: Float32
    pixel_mm: float
    settings: CtSettings


def project_slice(maps: SliceMaps, *, views: int = 240) -> SliceProjections:
    """Trace all rays through a slice.

    Parameters
    ----------
    maps : SliceMaps
        The slice.
    views : int, default 240
        Angles over 180 degrees, even, in [8, 2000].

    Returns
    -------
    projections : SliceProjections
        For `reconstruct`.

    Raises
    ------
    ParameterError
        If ``views`` or the size of the slice is odd or outside its range.

    Notes
    -----
    Parallel rays stand in for the fan of a real scanner, to which they are equivalent after rebinning.
    """
    count = int(require_in_range("views", views, 8, 2000))
    lengths = project(maps.shares, count) * np.float32(maps.pixel_mm * CM_PER_MM)
    return SliceProjections(lengths_cm=lengths, pixel_mm=maps.pixel_mm)


def reconstruct(
    projections: SliceProjections, settings: CtSettings, *, seed: int = 0, noise: bool = True
) -> CtImage:
    """Take a slice and compute its image.

    Parameters
    ----------
    projections : SliceProjections
        Rays through the slice.
    settings : CtSettings
        Voltage, dose, thickness and kernel; the thickness sets the number of photons only.
    seed : int, default 0
        Seed of the noise.
    noise : bool, default True
        False gives the image that endless photons would give.

    Returns
    -------
    image : CtImage
        CT numbers.

    Notes
    -----
    Photons of each ray are Poisson distributed and at least one is counted; the logarithm is turned into a
    water length, filtered with the band-limited ramp, and back projected [1]_.

    References
    ----------
    .. [1] Kak AC, Slaney M. Principles of Computerized Tomographic Imaging. IEEE Press 1988, chapter 3.
    """
    beam = ct_beam(settings.tube_voltage_kv)
    share = projections.passing(settings.tube_voltage_kv)
    if noise:
        sent = _photons_per_ray(projections, settings)
        counts = np.random.default_rng(seed).poisson(share * sent)
        share = (np.maximum(counts, 1) / sent).astype(np.float32)
    water = water_lengths(beam, share)
    filtered = filter_projections(water, settings.kernel)
    hu = back_project(filtered)
    hu *= np.float32(1000.0 / (projections.pixel_mm * CM_PER_MM))
    hu += np.float32(AIR_HU)
    return CtImage(hu=hu, pixel_mm=projections.pixel_mm, settings=settings)


def scan(maps: SliceMaps, settings: CtSettings, *, seed: int = 0) -> CtImage:
    """Project and reconstruct a slice; see `project_slice` and `reconstruct`.

    Parameters
    ----------
    maps : SliceMaps
        The slice, already averaged over its thickness.
    settings : CtSettings
        How it is taken.
    seed : int, default 0
        Seed of the noise.

    Returns
    -------
    image : CtImage
        CT numbers.
    """
    return reconstruct(project_slice(maps), settings, seed=seed)


def warm_up() -> None:
    """Compile what is compiled and load the common tables."""
    shares = np.zeros((2, 16, 16), dtype=np.float32)
    shares[0, circle(16)] = 1.0
    for voltage in (80.0, 100.0, 120.0, 140.0):
        scan(SliceMaps(shares=shares, pixel_mm=1.0), CtSettings(tube_voltage_kv=voltage))


def _photons_per_ray(projections: SliceProjections, settings: CtSettings) -> float:
    views = projections.lengths_cm.shape[1]
    area_cm2: float = projections.pixel_mm * settings.slice_thickness_mm * CM_PER_MM**2
    photons = ct_beam(settings.tube_voltage_kv).photons_per_cm2_mas * settings.tube_current_time_mas
    return float(max(1.0, _USED_SHARE * photons * area_cm2 / views))
