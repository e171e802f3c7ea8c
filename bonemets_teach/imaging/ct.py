"""A CT scanner: from two basis maps of one slice to an image in HU with noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging._ct_beam import ct_beam, uncorrected_lengths, water_lengths
from bonemets_teach.imaging._ct_filter import KERNELS, Kernel, filter_projections
from bonemets_teach.imaging._ct_projections import SliceMaps, SliceProjections, project_slice
from bonemets_teach.imaging._ct_projector import back_project, circle
from bonemets_teach.imaging.hounsfield import CT_VOLTAGE_RANGE_KV
from bonemets_teach.units import CM_PER_MM

__all__ = [
    "AIR_HU", "HARDENING", "CtImage", "CtSettings", "Hardening", "SliceMaps", "SliceProjections", "photons_per_ray",
    "project_slice", "reconstruct", "scan", "warm_up",
]  # fmt: skip

Hardening = Literal["corrected", "uncorrected", "none"]
HARDENING: Final = ("corrected", "uncorrected", "none")

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
    hardening : {"corrected", "uncorrected", "none"}, default "corrected"
        A real beam with the scanner's correction for water, the same without it, or a beam of one energy.
    """

    tube_voltage_kv: float = 120.0
    tube_current_time_mas: float = 100.0
    slice_thickness_mm: float = 3.0
    kernel: Kernel = "soft"
    hardening: Hardening = "corrected"

    def __post_init__(self) -> None:
        require_in_range("tube_voltage_kv", self.tube_voltage_kv, *CT_VOLTAGE_RANGE_KV, "kV")
        require_in_range("tube_current_time_mas", self.tube_current_time_mas, 1.0, 1000.0, "mAs")
        require_in_range("slice_thickness_mm", self.slice_thickness_mm, 0.5, 20.0, "mm")
        for name, value, allowed in (
            ("kernel", self.kernel, KERNELS),
            ("hardening", self.hardening, HARDENING),
        ):
            if value not in allowed:
                message = f"{name} = {value!r} is not one of {', '.join(allowed)}; choose one of them"
                raise ParameterError(message)


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


def reconstruct(
    projections: SliceProjections,
    settings: CtSettings,
    *,
    seed: int = 0,
    noise: bool = True,
    reach_mm: float | None = None,
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
    reach_mm : float, optional
        Compute only pixels this near to the middle; the others stay air. None computes the whole circle.

    Returns
    -------
    image : CtImage
        CT numbers.

    Notes
    -----
    Photons of each ray are Poisson distributed and at least one is counted, so that a ray that metal or bone
    lets starve has a defined length; the logarithm is turned into a water length, filtered with the
    band-limited ramp, and back projected [1]_. There is no metal artifact reduction.

    References
    ----------
    .. [1] Kak AC, Slaney M. Principles of Computerized Tomographic Imaging. IEEE Press 1988, chapter 3.
    """
    beam = ct_beam(settings.tube_voltage_kv)
    one_energy = settings.hardening == "none"
    share = projections.passing(settings.tube_voltage_kv, one_energy=one_energy)
    if noise:
        sent = photons_per_ray(projections, settings)
        counts = np.random.default_rng(seed).poisson(share * sent)
        share = (np.maximum(counts, 1) / sent).astype(np.float32)
    # Without noise no photon is counted, but the fewest that could be told from none are a share of 1e-12.
    share = np.maximum(share, np.float32(1e-12))
    if settings.hardening == "corrected":
        water = water_lengths(beam, share)
    else:
        water = uncorrected_lengths(beam, share, settings.tube_voltage_kv, one_energy=one_energy)
    filtered = filter_projections(water, settings.kernel)
    hu = back_project(filtered, reach=None if reach_mm is None else reach_mm / projections.pixel_mm)
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


def photons_per_ray(projections: SliceProjections, settings: CtSettings) -> float:
    """Return the photons that are sent along one ray and would be counted if nothing stood in the way.

    Parameters
    ----------
    projections : SliceProjections
        Number and distance of the rays.
    settings : CtSettings
        Voltage, current and thickness.

    Returns
    -------
    photons : float
        At least 1.
    """
    views = projections.lengths_cm.shape[1]
    area_cm2: float = projections.pixel_mm * settings.slice_thickness_mm * CM_PER_MM**2
    photons = ct_beam(settings.tube_voltage_kv).photons_per_cm2_mas * settings.tube_current_time_mas
    return float(max(1.0, _USED_SHARE * photons * area_cm2 / views))
