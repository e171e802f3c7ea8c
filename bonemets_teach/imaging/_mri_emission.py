"""What water and fat of a slab emit under a sequence, before space is encoded."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging._mri_timing import Timing
from bonemets_teach.imaging.mri_relaxation import MARROW_FAT, Relaxation, relaxation
from bonemets_teach.imaging.mri_settings import MriSettings
from bonemets_teach.imaging.mri_signal import (
    diffusion_decay,
    enhanced_t1_ms,
    fat_phasor,
    inversion_recovery,
    spin_echo,
    spoiled_gradient_echo,
)
from bonemets_teach.imaging.mri_slab import Slab

__all__ = ["GRADIENT_ECHOES", "compartment_signals", "emission"]

GRADIENT_ECHOES: Final = frozenset({"in phase", "opposed phase", "fat fraction"})
# Published: 0.20 1/s for each mg/cm3 of bone mineral in fatty marrow at 1.5 T, Majumdar and Genant 1992; a full
# voxel of bone is taken as 1100 mg/cm3 (chosen).
_R2_PRIME_PER_BONE: Final = 0.20 * 1100.0
# Calibrated: what dense bone adds to 1/T2 of a spin echo, with the square of its share [1/s], so that blastic lesions
# are dark on T2 and STIR as in the clinic while ordinary trabeculae hardly matter.
_R2_PER_BONE_SQUARED: Final = 90.0
_USUAL_DOSE: Final = 0.1


@lru_cache(maxsize=512)
def compartment_signals(tissue: str, settings: MriSettings, timing: Timing) -> tuple[float, float]:
    """Return what the water and the fat in a full voxel of a tissue emit.

    Parameters
    ----------
    tissue : str
        Name in the relaxation table.
    settings : MriSettings
        Sequence, field and contrast agent.
    timing : Timing
        Times in force, which for a map differ between its two images.

    Returns
    -------
    water, fat : float
        Relative to fully relaxed water; negative before the null of an inversion.

    Notes
    -----
    A tissue is (1 - ff) water and ff fat, each with its own T1 and T2 (no exchange).
    """
    one = relaxation(tissue, settings.field_t)
    fat = one if one.is_fat else relaxation(MARROW_FAT, settings.field_t)
    water = relaxation("muscle", settings.field_t) if one.is_fat else one
    dose = settings.contrast_mmol_kg / _USUAL_DOSE * one.uptake_mm
    amounts = (one.proton_density * (1 - one.fat_share), one.proton_density * one.fat_share)
    signals = (_signal(pool, settings, timing, dose) for pool in (water, fat))
    water_signal, fat_signal = (
        amount * signal if amount else 0.0 for amount, signal in zip(amounts, signals, strict=True)
    )
    return water_signal, fat_signal


def emission(slab: Slab, settings: MriSettings, timing: Timing) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return what every pixel of a slab emits.

    Parameters
    ----------
    slab : Slab
        Tissues.
    settings : MriSettings
        Sequence, field and contrast agent.
    timing : Timing
        As in `compartment_signals`.

    Returns
    -------
    water, fat : ndarray of float32 or complex64 of shape (row, column)
        The fat of a gradient echo carries its phase.
    """
    water: npt.NDArray[Any] = np.zeros(slab.shape, dtype=np.float32)
    fat: npt.NDArray[Any] = np.zeros(slab.shape, dtype=np.float32)
    for tissue, share in slab.shares.items():
        from_water, from_fat = compartment_signals(tissue, settings, timing)
        water += np.float32(from_water) * share
        if from_fat:
            fat += np.float32(from_fat) * share
    if settings.sequence in GRADIENT_ECHOES:
        rate = _R2_PRIME_PER_BONE * settings.field_t / 1.5 * slab.bone_fraction
        fat = fat * np.complex64(fat_phasor(timing.te_ms, settings.field_t))
    else:
        rate = _R2_PER_BONE_SQUARED * slab.bone_fraction**2
    decay = np.exp(np.float32(-timing.te_ms * 1e-3) * rate.astype(np.float32))
    return water * decay, fat * decay


def _signal(pool: Relaxation, settings: MriSettings, timing: Timing, concentration_mm: float) -> float:
    t1 = enhanced_t1_ms(pool.t1_ms, concentration_mm, settings.field_t)
    if settings.sequence in GRADIENT_ECHOES:
        steady = spoiled_gradient_echo(t1, tr_ms=timing.tr_ms, flip_deg=timing.flip_deg)
        # Divided by that of endless TR, so that images of all sequences share one scale.
        return steady / math.sin(math.radians(timing.flip_deg)) * math.exp(-timing.te_ms / pool.t2_ms)
    if timing.ti_ms is not None:
        return inversion_recovery(t1, pool.t2_ms, tr_ms=timing.tr_ms, te_ms=timing.te_ms, ti_ms=timing.ti_ms)
    signal = spin_echo(t1, pool.t2_ms, tr_ms=timing.tr_ms, te_ms=timing.te_ms)
    return signal * diffusion_decay(pool.adc_um2_ms, timing.b_s_mm2)
