"""Maps that are computed from two MR images: fat fraction by Dixon's method, and the diffusion coefficient."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging._mri_acquisition import acquire
from bonemets_teach.imaging._mri_timing import LOW_B_S_MM2, dixon_echoes_ms
from bonemets_teach.imaging.mri_settings import MriSettings
from bonemets_teach.imaging.mri_signal import fat_phasor
from bonemets_teach.imaging.mri_slab import Slab

__all__ = ["adc_map", "fat_fraction_map", "water_and_fat"]

Float32 = npt.NDArray[np.float32]

# Chosen: what gives less signal than this (of 1) is shown as 0 in a fat fraction map.
_LEAST_SIGNAL: Final = 0.04
# Chosen: a pixel of an ADC map needs this many times the noise in the less weighted image.
_LEAST_SNR: Final = 4.0
_LARGEST_ADC: Final = 5.0


def water_and_fat(
    slab: Slab, settings: MriSettings, rng: np.random.Generator | None
) -> tuple[Float32, Float32]:
    """Separate water and fat with two gradient echoes.

    Parameters
    ----------
    slab : Slab
        Tissues of the slice.
    settings : MriSettings
        Field, resolution and repetitions.
    rng : Generator or None
        Random numbers of the noise.

    Returns
    -------
    water, fat : ndarray of float32 of shape (row, column)
        Signals relative to fully relaxed water; noise may make them negative.

    Notes
    -----
    Dixon's method with the two complex images and the known phases of the fat spectrum, so fat above half is no
    riddle [1]_. The main field is taken as even. Decay between the echoes is left uncorrected; it raises the fat
    fraction of dense bone slightly.

    References
    ----------
    .. [1] Dixon WT. Radiology 1984; 153: 189. doi:10.1148/radiology.153.1.6089263
    """
    echoes = dixon_echoes_ms(settings.field_t)
    images = [acquire(slab, settings, replace(settings.timing, te_ms=te), rng) for te in echoes]
    rows = []
    for te in echoes:
        phasor = fat_phasor(te, settings.field_t)
        rows += [(1.0, phasor.real), (0.0, phasor.imag)]
    solve = np.linalg.pinv(np.array(rows)).astype(np.float32)
    measured = np.stack([images[0].real, images[0].imag, images[1].real, images[1].imag])
    water, fat = np.tensordot(solve, measured, axes=1)
    return water, fat


def fat_fraction_map(slab: Slab, settings: MriSettings, rng: np.random.Generator | None) -> Float32:
    """Return the share of the signal that comes from fat.

    Parameters
    ----------
    slab, settings, rng
        As in `water_and_fat`.

    Returns
    -------
    percent : ndarray of float32 of shape (row, column)
        0..100; 0 where there is hardly any signal.
    """
    water, fat = water_and_fat(slab, settings, rng)
    total = water + fat
    seen = total > _LEAST_SIGNAL
    percent = 100 * fat / np.where(seen, total, 1)
    return np.where(seen, np.clip(percent, 0, 100), 0).astype(np.float32)


def adc_map(
    slab: Slab, settings: MriSettings, rng: np.random.Generator | None, *, noise: float = 0.0
) -> Float32:
    """Return the apparent diffusion coefficient from two diffusion-weighted images.

    Parameters
    ----------
    slab, settings, rng
        As in `water_and_fat`; the higher weighting is that of the settings, the lower 50 s/mm2.
    noise : float
        Spread of the noise, relative to fully relaxed water; pixels near it are shown as 0.

    Returns
    -------
    adc : ndarray of float32 of shape (row, column)
        ln(S_low / S_high) / (b_high - b_low) [1e-3 mm2/s], 0..5.

    Notes
    -----
    Both images have the echo time of the higher weighting, so T2 cancels: what shines through on a diffusion image
    does not on the map. Where the signal sinks into the noise its magnitude no longer falls and the ADC is too low.
    """
    timing = settings.timing
    low = np.abs(acquire(slab, settings, replace(timing, b_s_mm2=LOW_B_S_MM2), rng))
    high = np.abs(acquire(slab, settings, timing, rng))
    seen = low > max(_LEAST_SNR * noise, 0.01)
    ratio = np.log(np.where(seen, low, 1) / np.where(seen, np.maximum(high, 1e-6), 1))
    adc = ratio * np.float32(1e3 / (timing.b_s_mm2 - LOW_B_S_MM2))
    return np.where(seen, np.clip(adc, 0, _LARGEST_ADC), 0).astype(np.float32)
