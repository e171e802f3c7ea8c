"""An MR image of any phantom: signal or map, in its unit, with the noise and artifacts of its settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging._mri_acquisition import acquire, readout_of
from bonemets_teach.imaging._mri_timing import scan_seconds
from bonemets_teach.imaging.mri_content import METASTASIS, LesionContent
from bonemets_teach.imaging.mri_kspace import noise_sd
from bonemets_teach.imaging.mri_maps import adc_map, fat_fraction_map
from bonemets_teach.imaging.mri_settings import MriSettings
from bonemets_teach.imaging.mri_slab import Plane, Slab, cut_slab

__all__ = ["FULL_SIGNAL", "MriImage", "image_of_slab", "mri_slice"]

FULL_SIGNAL: Final = 1000.0
"""Signal of fully relaxed water with no decay; scanners scale freely, here the scale is kept."""
_UNITS: Final = {"fat fraction": "%", "ADC": "10⁻³ mm²/s"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MriImage:
    """One image.

    Parameters
    ----------
    values : ndarray of float32 of shape (row, column)
        Signal (1000 is fully relaxed water), fat fraction [%] or ADC [1e-3 mm2/s].
    unit : str
        "signal", "%" or "10⁻³ mm²/s".
    pixel_mm : (float, float)
        Height and width of a pixel [mm].
    noise : float
        Spread of the noise in each of the two channels of one image, in units of signal.
    seconds : float
        How long the scan takes [s].
    plane : {"axial", "coronal", "sagittal"}
        Orientation.
    position_mm : float
        Middle of the slice along its normal, from the first face of the phantom [mm].
    settings : MriSettings
        How it was taken.
    """

    values: npt.NDArray[np.float32]
    unit: str
    pixel_mm: tuple[float, float]
    noise: float
    seconds: float
    plane: Plane
    position_mm: float
    settings: MriSettings


def mri_slice(
    state: VoxelState,
    plane: Plane,
    index: int,
    settings: MriSettings,
    rng: np.random.Generator | None = None,
    content: LesionContent = METASTASIS,
) -> MriImage:
    """Take one MR image.

    Parameters
    ----------
    state : VoxelState
        Any phantom, with or without a lesion.
    plane : {"axial", "coronal", "sagittal"}
        Orientation: rows and columns of the image are y and x, z and x, or z and y.
    index : int
        Voxel layer in the middle of the slice.
    settings : MriSettings
        How the image is taken.
    rng : Generator or None
        Random numbers of the noise; None gives the image without noise.
    content : LesionContent, default METASTASIS
        What fills the marrow space where the tumor field is above 0.

    Returns
    -------
    image : MriImage
        Square, at least 256 x 256, centered on the phantom.

    Raises
    ------
    ParameterError
        If the slice is not in the phantom.

    Notes
    -----
    Left out: differences in coil sensitivity, flow, wrap-around, partial Fourier, exchange and magnetization
    transfer, blur of echo trains, distortion of echo-planar images.
    """
    slab = cut_slab(state, plane, index, settings.slice_thickness_mm, content)
    return image_of_slab(slab, settings, rng)


def image_of_slab(slab: Slab, settings: MriSettings, rng: np.random.Generator | None = None) -> MriImage:
    """Take an image of a slab that is already cut; see `mri_slice`.

    Parameters
    ----------
    slab : Slab
        Tissues of the slice.
    settings : MriSettings
        How the image is taken; the thickness only sets the noise.
    rng : Generator or None
        As in `mri_slice`.

    Returns
    -------
    image : MriImage
        The image.
    """
    readout, timing = readout_of(slab, settings), settings.timing
    noise = noise_sd(readout, timing, field_t=settings.field_t, acceleration=settings.acceleration)
    seconds = scan_seconds(timing, lines=readout.matrix, acceleration=settings.acceleration)
    if settings.sequence == "fat fraction":
        values = fat_fraction_map(slab, settings, rng)
    elif settings.sequence == "ADC":
        values = adc_map(slab, settings, rng, noise=noise if rng is not None else 0.0)
    else:
        values = np.abs(acquire(slab, settings, timing, rng)) * np.float32(FULL_SIGNAL)
    return MriImage(
        values=np.asarray(values, dtype=np.float32),
        unit=_UNITS.get(settings.sequence, "signal"),
        pixel_mm=(readout.pixel_mm, readout.pixel_mm),
        noise=noise * FULL_SIGNAL,
        # A map of diffusion needs two scans; both Dixon echoes fit into one repetition.
        seconds=seconds * (2 if settings.sequence == "ADC" else 1),
        plane=slab.plane,
        position_mm=slab.position_mm,
        settings=settings,
    )
