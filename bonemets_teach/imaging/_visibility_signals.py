"""Signal over noise of one lesion in each modality, month by month; fields are octants with the seed in a corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter, uniform_filter

from bonemets_teach.biology.lpt import quasi_steady
from bonemets_teach.imaging._visibility_sites import BoneSite
from bonemets_teach.imaging.attenuation import linear
from bonemets_teach.imaging.bone_uptake import relative_surface
from bonemets_teach.imaging.detectability import CLUTTER
from bonemets_teach.imaging.hounsfield import material_hu
from bonemets_teach.imaging.spectra import tube_spectrum
from bonemets_teach.units import CM_PER_MM

__all__ = ["Octant", "bone_scan_snr", "ct_snr", "fdg_snr", "mri_snr", "naf_snr", "radiograph_snr"]

Array = npt.NDArray[Any]

# chosen: 2.5 uGy at the detector, two thirds of 3e4 photons per mm2 and uGy used; voltage of a trunk film
QUANTA_PER_MM2: Final = 5.0e4
TUBE_VOLTAGE_KV: Final = 80.0
# chosen: spread of normal trabecular bone at the scale of a lesion [HU]
CT_CLUTTER_HU: Final = 8.0
# chosen: noise of a pixel in the trunk [HU], and the area over which neighbors share it [mm2]
CT_NOISE_HU: Final = 15.0
CT_NOISE_AREA_MM2: Final = 4.0
CT_SLICE_MM: Final = 3.0
# published (relaxation times of the MR table, computed): T1 spin echo 600/12 at 1.5 T
T1_YELLOW: Final = 0.665
T1_RED: Final = 0.484
T1_LYTIC: Final = 0.359
T1_BLASTIC: Final = 0.207
# chosen: slice, and relative spread of normal marrow and of the noise of a square millimeter
MR_SLICE_MM: Final = 4.0
MR_CLUTTER: Final = 0.04
MR_NOISE: Final = 0.04
# chosen: resolution of PET [mm], and relative spread of normal marrow and of normal bone in a resolution element
PET_FWHM_MM: Final = 6.0
MARROW_CLUTTER: Final = 0.15
BONE_CLUTTER: Final = 0.20
# chosen: FDG of marrow and of purely lytic tumor [SUV]; blastic tumor takes up 0.4 of that
MARROW_SUV: Final = 1.5
TUMOR_SUV: Final = 7.0
BLASTIC_AVIDITY: Final = 0.4
# published: 7.4 mm at 10 cm for low-energy high-resolution collimators; intrinsic part and slope as in the camera model
CAMERA_INTRINSIC_MM: Final = 3.8
CAMERA_NEAR_MM: Final = 2.1
CAMERA_SLOPE: Final = 0.042
# chosen: counts of a whole-body scan over bone [1/mm2], and spread between normal bones
COUNTS_PER_MM2: Final = 5.0
SCAN_CLUTTER: Final = 0.10
_FWHM_TO_SIGMA: Final = 2.3548
_WIDTHS_MM: Final = (4.5, 7.5, 10.5, 16.5, 22.5, 31.5)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Octant:
    """One eighth of a lesion over the months; axes are [month, z, y, x], the seed sits at index 0.

    Parameters
    ----------
    tumor, bone_fraction : ndarray of shape (month, Z, Y, X)
        Fields T and f, 0..1.
    voxel_mm : float
        Edge of a voxel [mm].
    phenotype : float
        0 lytic to 1 blastic.
    site : BoneSite
        Where.
    """

    tumor: Array
    bone_fraction: Array
    voxel_mm: float
    phenotype: float
    site: BoneSite


def radiograph_snr(lesion: Octant) -> Array:
    """Return contrast over noise of a frontal film for each month; lucent is above 0."""
    site = lesion.site
    spectrum = tube_spectrum(TUBE_VOLTAGE_KV).rebinned(25)
    energy = spectrum.energy_kev
    bone, tumor, red, yellow, muscle = (
        linear(name, energy) for name in ("bone_cortical", "tumor", "marrow_red", "marrow_yellow", "muscle")
    )
    marrow = red + site.fat_fraction * (yellow - red)
    f0, depth = site.bone_fraction, 2 * site.half_mm[1] * CM_PER_MM
    normal = (f0 * bone + (1 - f0) * marrow) * depth
    weight = (
        spectrum.fluence_per_cm2_mas
        * energy
        * np.exp(-normal - muscle * site.tissue_cm - bone * site.bone_cm)
    )
    step = 2 * lesion.voxel_mm * CM_PER_MM
    gained = (lesion.bone_fraction - f0).sum(axis=2) * step
    filled = ((1 - lesion.bone_fraction) * lesion.tumor).sum(axis=2) * step
    change = gained[..., None] * (bone - marrow) + filled[..., None] * (tumor - marrow)
    contrast = (np.exp(-change) @ (weight / weight.sum()) - 1) / (1 + site.scatter_to_primary)
    return _best(contrast, lesion.voxel_mm, CLUTTER / (1 + site.scatter_to_primary), 1 / QUANTA_PER_MM2)


def ct_snr(lesion: Octant) -> Array:
    """Return contrast over noise of an axial slice for each month; above 0 is denser than before."""
    site = lesion.site
    bone, tumor, red, yellow = (
        material_hu(name) for name in ("bone_cortical", "tumor", "marrow_red", "marrow_yellow")
    )
    marrow = red + site.fat_fraction * (yellow - red)
    f, part = lesion.bone_fraction, lesion.tumor
    hu = f * bone + (1 - f) * (marrow + part * (tumor - marrow))
    normal = site.bone_fraction * bone + (1 - site.bone_fraction) * marrow
    change = _slab(hu - normal, lesion.voxel_mm, CT_SLICE_MM)
    return _best(change, lesion.voxel_mm, CT_CLUTTER_HU, CT_NOISE_HU**2 * CT_NOISE_AREA_MM2)


def mri_snr(lesion: Octant) -> Array:
    """Return contrast over noise of a T1 weighted slice for each month; below 0 is darker than marrow."""
    site = lesion.site
    marrow = T1_RED + site.fat_fraction * (T1_YELLOW - T1_RED)
    tumor = T1_LYTIC + lesion.phenotype * (T1_BLASTIC - T1_LYTIC)
    signal = (1 - lesion.bone_fraction) * (marrow + lesion.tumor * (tumor - marrow))
    contrast = _slab(signal / ((1 - site.bone_fraction) * marrow) - 1, lesion.voxel_mm, MR_SLICE_MM)
    return _best(contrast, lesion.voxel_mm, MR_CLUTTER, MR_NOISE**2)


def fdg_snr(lesion: Octant) -> Array:
    """Return contrast over noise at the middle of the lesion on FDG PET for each month."""
    avid = TUMOR_SUV * (1 - (1 - BLASTIC_AVIDITY) * lesion.phenotype)
    uptake = 1 + lesion.tumor * (avid / MARROW_SUV - 1)
    return np.asarray(_peak(uptake, lesion.voxel_mm, PET_FWHM_MM) / MARROW_CLUTTER)


def naf_snr(lesion: Octant) -> Array:
    """Return contrast over noise at the middle of the lesion on NaF PET for each month."""
    return np.asarray(_peak(_bone_uptake(lesion), lesion.voxel_mm, PET_FWHM_MM) / BONE_CLUTTER)


def bone_scan_snr(lesion: Octant) -> Array:
    """Return contrast over noise of a planar bone scan for each month; below 0 is colder than normal bone."""
    site, edge = lesion.site, lesion.voxel_mm
    flat = _bone_uptake(lesion).mean(axis=2)
    fwhm = np.hypot(CAMERA_INTRINSIC_MM, CAMERA_NEAR_MM + CAMERA_SLOPE * 10 * site.camera_cm)
    sigma = fwhm / _FWHM_TO_SIGMA / edge
    blurred = gaussian_filter(_padded(flat - 1, 2), (0, sigma, sigma), mode="reflect")
    contrast = (1 - site.overlay) * blurred[:, : flat.shape[1], : flat.shape[2]]
    return _best(contrast, edge, SCAN_CLUTTER, 1 / COUNTS_PER_MM2)


def _bone_uptake(lesion: Octant) -> Array:
    """Return uptake of a bone tracer over that of normal bone: surface times osteoblast activity."""
    cells = quasi_steady(lesion.phenotype)
    active = np.interp(lesion.tumor, cells.tumor, cells.osteoblast_ratio)
    surface = relative_surface(lesion.bone_fraction) / relative_surface(lesion.site.bone_fraction)
    return np.asarray(active * surface)


def _slab(field: Array, voxel_mm: float, thickness_mm: float) -> Array:
    """Average the layers next to the seed over a slice; the octant holds half of it."""
    layers = max(1, round(thickness_mm / 2 / voxel_mm))
    return np.asarray(field[:, :layers].mean(axis=1))


def _peak(uptake: Array, voxel_mm: float, fwhm_mm: float) -> Array:
    """Return the blurred change at the seed."""
    sigma = fwhm_mm / _FWHM_TO_SIGMA / voxel_mm
    return np.asarray(
        gaussian_filter(_padded(uptake - 1, 3), (0, sigma, sigma, sigma), mode="reflect")[(..., *(0,) * 3)]
    )


def _padded(change: Array, axes: int) -> Array:
    """Add normal tissue behind the far ends, where the bone ends."""
    return np.pad(change, [(0, 0)] + [(0, 8)] * axes)


def _best(contrast: Array, voxel_mm: float, clutter: float, noise_area: float) -> Array:
    """Return signed contrast over noise of the square that shows the lesion best; contrast is [month, row, column]."""
    months, rows, columns = contrast.shape
    found = []
    for width in _WIDTHS_MM:
        size = round(width / voxel_mm)
        # The octant is mirrored at the seed; a square wider than the bone can't be filled.
        if size > 2 * min(rows, columns):
            continue
        mean = uniform_filter(contrast, (1, size, size), mode="reflect").reshape(months, -1)
        found.append(mean / np.sqrt(clutter**2 + noise_area / (size * voxel_mm) ** 2))
    every = np.concatenate(found, axis=1)
    return np.asarray(np.take_along_axis(every, np.abs(every).argmax(axis=1)[:, None], axis=1)[:, 0])
