"""Signal equations of the sequences: how much of a compartment reaches the coil."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import require_in_range

__all__ = [
    "FAT_PEAKS",
    "FAT_SHIFT_PPM",
    "diffusion_decay",
    "enhanced_t1_ms",
    "fat_phasor",
    "fat_shift_hz",
    "inversion_recovery",
    "null_inversion_time_ms",
    "spin_echo",
    "spoiled_gradient_echo",
]

Float64 = npt.NDArray[np.float64]

GYROMAGNETIC_MHZ_T: Final = 42.577
FAT_SHIFT_PPM: Final = 3.4
"""Frequency of the main peak of fat below water (published: the methylene protons) [ppm]."""
FAT_PEAKS: Final = (
    (-3.80, 0.087), (-3.40, 0.693), (-2.60, 0.128), (-1.94, 0.004), (-0.39, 0.039), (0.60, 0.048),
)  # fmt: skip
"""Six peaks of fat: shift from water [ppm] and share (published: Yu 2008, Hamilton 2011)."""
# Published: gadobutrol in plasma at 37 C, Szomolanyi 2019 [1/(mM s)].
_RELAXIVITY: Final = MappingProxyType({1.5: 4.78, 3.0: 4.97})


def spin_echo(t1_ms: float, t2_ms: float, *, tr_ms: float, te_ms: float) -> float:
    """Return the signal of a spin echo, relative to all protons in equilibrium.

    Parameters
    ----------
    t1_ms, t2_ms : float
        Relaxation times [ms], above 0.
    tr_ms, te_ms : float
        Repetition and echo time [ms]; the refocusing pulse lies at half the echo time.

    Returns
    -------
    signal : float
        0..1.

    Notes
    -----
    S = (1 - 2 exp(-(TR - TE/2)/T1) + exp(-TR/T1)) exp(-TE/T2) [1]_. A train of echoes (fast spin echo) is taken at
    its effective echo time; blurring along the train is left out.

    References
    ----------
    .. [1] Bernstein MA, King KF, Zhou XJ. Handbook of MRI Pulse Sequences. Elsevier 2004, section 14.3.
    """
    longitudinal = 1 - 2 * math.exp(-(tr_ms - te_ms / 2) / t1_ms) + math.exp(-tr_ms / t1_ms)
    return longitudinal * math.exp(-te_ms / t2_ms)


def inversion_recovery(t1_ms: float, t2_ms: float, *, tr_ms: float, te_ms: float, ti_ms: float) -> float:
    """Return the signed signal of a spin echo after an inversion, -1..1; STIR shows its magnitude.

    Parameters
    ----------
    t1_ms, t2_ms, tr_ms, te_ms
        As in `spin_echo`.
    ti_ms : float
        Inversion time [ms].

    Returns
    -------
    signal : float
        Negative before the tissue has passed its null.

    Notes
    -----
    S = (1 - 2 exp(-TI/T1) + exp(-TR/T1)) exp(-TE/T2).
    """
    longitudinal = 1 - 2 * math.exp(-ti_ms / t1_ms) + math.exp(-tr_ms / t1_ms)
    return longitudinal * math.exp(-te_ms / t2_ms)


def null_inversion_time_ms(t1_ms: float, *, tr_ms: float = math.inf) -> float:
    """Return the inversion time at which a tissue gives no signal.

    Parameters
    ----------
    t1_ms : float
        T1 of the tissue [ms], in (0, 10000].
    tr_ms : float, default infinity
        Repetition time [ms]; a short one moves the null to shorter times.

    Returns
    -------
    ti_ms : float
        T1 ln(2 / (1 + exp(-TR/T1))), T1 ln 2 for a long TR.

    Raises
    ------
    ParameterError
        If ``t1_ms`` is out of range.

    Examples
    --------
    Marrow fat at 1.5 T:

    >>> round(null_inversion_time_ms(288.0), 1)
    199.6
    """
    time = require_in_range("t1_ms", t1_ms, 1e-3, 10000.0, "ms")
    return time * math.log(2 / (1 + math.exp(-tr_ms / time)))


def spoiled_gradient_echo(t1_ms: float, *, tr_ms: float, flip_deg: float) -> float:
    """Return the steady-state signal of a spoiled gradient echo before any decay.

    Parameters
    ----------
    t1_ms : float
        T1 [ms].
    tr_ms : float
        Repetition time [ms].
    flip_deg : float
        Flip angle [degrees].

    Returns
    -------
    signal : float
        0..1.

    Notes
    -----
    S = sin a (1 - E1) / (1 - cos a E1), E1 = exp(-TR/T1) (Ernst and Anderson 1966).
    """
    angle, decay = math.radians(flip_deg), math.exp(-tr_ms / t1_ms)
    return math.sin(angle) * (1 - decay) / (1 - math.cos(angle) * decay)


def diffusion_decay(adc_um2_ms: float, b_s_mm2: float) -> float:
    """Return what diffusion leaves of the signal, exp(-b ADC).

    Parameters
    ----------
    adc_um2_ms : float
        Diffusion coefficient [um2/ms = 1e-3 mm2/s].
    b_s_mm2 : float
        Diffusion weighting [s/mm2].

    Returns
    -------
    share : float
        0..1.
    """
    return math.exp(-b_s_mm2 * adc_um2_ms * 1e-3)


def enhanced_t1_ms(t1_ms: float, concentration_mm: float, field_t: float) -> float:
    """Return T1 with a contrast agent.

    Parameters
    ----------
    t1_ms : float
        T1 without it [ms].
    concentration_mm : float
        Gadolinium in the tissue [mM].
    field_t : {1.5, 3.0}
        Field strength [T].

    Returns
    -------
    t1_ms : float
        1 / (1/T1 + r1 c) [ms]; the shortening of T2 is left out.
    """
    return 1.0 / (1.0 / t1_ms + _RELAXIVITY[field_t] * concentration_mm * 1e-3)


def fat_shift_hz(field_t: float) -> float:
    """Return how far below water the main peak of fat resonates [Hz].

    Parameters
    ----------
    field_t : float
        Field strength [T].

    Returns
    -------
    shift_hz : float
        217 Hz at 1.5 T.
    """
    return FAT_SHIFT_PPM * GYROMAGNETIC_MHZ_T * field_t


def fat_phasor(te_ms: float, field_t: float) -> complex:
    """Return amount and phase of all fat protons relative to water in a gradient echo.

    Parameters
    ----------
    te_ms : float
        Echo time [ms].
    field_t : float
        Field strength [T].

    Returns
    -------
    phasor : complex
        1 at time 0; about -0.8 when fat is opposed to water, as only its main peaks turn together.
    """
    hertz_per_ppm = GYROMAGNETIC_MHZ_T * field_t
    return sum(
        share * complex(np.exp(2j * math.pi * ppm * hertz_per_ppm * te_ms * 1e-3)) for ppm, share in FAT_PEAKS
    )
