"""Usual times of each sequence, the shortest echo time that gradients allow, and how long a scan takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from bonemets_teach.imaging.mri_signal import fat_shift_hz

__all__ = ["LOW_B_S_MM2", "Timing", "dixon_echoes_ms", "scan_seconds", "shortest_echo_ms", "usual_timing"]

LOW_B_S_MM2: Final = 50.0
"""Lower diffusion weighting of an ADC map; above 0, so that flow in vessels is gone (chosen) [s/mm2]."""
# Published order of magnitude for whole-body gradients [T/m]; gyromagnetic ratio of the proton [rad/(s T)].
_GRADIENT_T_M: Final = 0.04
_GYROMAGNETIC_RAD: Final = 2.675e8
# Chosen: pulses and gradient ramps around readout and diffusion gradients [ms].
_PULSES_MS: Final = 3.0
_EPI_READOUT_MS: Final = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Times and weightings of a sequence.

    Parameters
    ----------
    tr_ms, te_ms : float
        Repetition and echo time [ms].
    ti_ms : float or None
        Inversion time [ms]; None without inversion.
    flip_deg : float
        Flip angle [degrees].
    b_s_mm2 : float
        Diffusion weighting [s/mm2].
    bandwidth_hz_px : float
        Bandwidth of a pixel [Hz].
    echo_train : int
        Lines that are measured after one excitation; 0 takes all.
    averages : int
        How often each line is measured.
    partitions : int
        Slices that are measured together by a third encoding; 1 measures slice by slice.
    """

    tr_ms: float
    te_ms: float
    ti_ms: float | None = None
    flip_deg: float = 90.0
    b_s_mm2: float = 0.0
    bandwidth_hz_px: float = 200.0
    echo_train: int = 1
    averages: int = 1
    partitions: int = 1

    def with_given(self, **values: float | None) -> Timing:
        """Return a copy in which every value that is not None replaces the usual one."""
        return replace(self, **{name: value for name, value in values.items() if value is not None})  # type: ignore[arg-type]


# Chosen: usual times of clinical spine protocols.
_USUAL: Final = MappingProxyType({
    ("T1", 1.5): Timing(tr_ms=600, te_ms=12, echo_train=3, averages=2),
    ("T1", 3.0): Timing(tr_ms=750, te_ms=12, echo_train=3, averages=2, bandwidth_hz_px=300),
    ("T2", 1.5): Timing(tr_ms=4000, te_ms=90, echo_train=16, averages=2),
    ("T2", 3.0): Timing(tr_ms=4000, te_ms=90, echo_train=16, averages=2, bandwidth_hz_px=300),
    ("STIR", 1.5): Timing(tr_ms=4000, te_ms=50, ti_ms=170, echo_train=12, averages=2),
    ("STIR", 3.0): Timing(tr_ms=4500, te_ms=50, ti_ms=220, echo_train=12, averages=2, bandwidth_hz_px=300),
    ("diffusion", 1.5): Timing(tr_ms=4000, te_ms=75, b_s_mm2=800, bandwidth_hz_px=1500, echo_train=0, averages=6),
    ("diffusion", 3.0): Timing(tr_ms=4000, te_ms=68, b_s_mm2=800, bandwidth_hz_px=1800, echo_train=0, averages=6),
})  # fmt: skip
_GRADIENT_ECHO: Final = Timing(
    tr_ms=12, te_ms=2.3, flip_deg=5, bandwidth_hz_px=450, averages=2, partitions=32
)


def dixon_echoes_ms(field_t: float) -> tuple[float, float]:
    """Return the echo times at which fat is opposed to and in phase with water.

    Parameters
    ----------
    field_t : float
        Field strength [T].

    Returns
    -------
    opposed_ms, in_phase_ms : float
        2.3 and 4.6 ms at 1.5 T.
    """
    opposed = 500.0 / fat_shift_hz(field_t)
    return opposed, 2 * opposed


def usual_timing(sequence: str, field_t: float) -> Timing:
    """Return the usual times of a sequence.

    Parameters
    ----------
    sequence : str
        One of `bonemets_teach.imaging.mri_settings.SEQUENCES`.
    field_t : {1.5, 3.0}
        Field strength [T].

    Returns
    -------
    timing : Timing
        As in spine protocols.
    """
    opposed, in_phase = dixon_echoes_ms(field_t)
    if sequence in {"in phase", "opposed phase", "fat fraction"}:
        # At 3 T the opposed echo comes so early that the readout must be twice as fast.
        bandwidth = _GRADIENT_ECHO.bandwidth_hz_px * field_t / 1.5
        te = in_phase if sequence == "in phase" else opposed
        return replace(_GRADIENT_ECHO, te_ms=te, bandwidth_hz_px=bandwidth)
    return _USUAL["diffusion" if sequence == "ADC" else sequence, float(field_t)]


def shortest_echo_ms(sequence: str, timing: Timing) -> float:
    """Return the shortest echo time for bandwidth and diffusion weighting.

    Parameters
    ----------
    sequence : str
        As in `usual_timing`.
    timing : Timing
        Gives bandwidth and b.

    Returns
    -------
    echo_ms : float
        Half the readout and the pulses; with diffusion two gradients of the length that b needs at 40 mT/m,
        b = (2/3) gamma^2 G^2 delta^3 (Stejskal and Tanner 1965, gradients back to back).
    """
    half_readout = 500.0 / timing.bandwidth_hz_px
    if sequence in {"diffusion", "ADC"}:
        b_s_m2 = timing.b_s_mm2 * 1e6
        delta_ms: float = 1e3 * (1.5 * b_s_m2 / (_GYROMAGNETIC_RAD * _GRADIENT_T_M) ** 2) ** (1 / 3)
        return 2 * delta_ms + _EPI_READOUT_MS
    if sequence in {"in phase", "opposed phase", "fat fraction"}:
        return half_readout + 0.5
    return 2 * half_readout + _PULSES_MS


def scan_seconds(timing: Timing, *, lines: int, acceleration: float) -> float:
    """Return how long a scan takes; other slices are measured in the waiting times.

    Parameters
    ----------
    timing : Timing
        Repetition time, echo train, averages and partitions.
    lines : int
        Lines of k-space.
    acceleration : float
        Factor of parallel imaging.

    Returns
    -------
    seconds : float
        Time of one stack of slices [s].
    """
    train = timing.echo_train or lines
    shots = max(1.0, lines / (train * acceleration))
    return timing.tr_ms * 1e-3 * shots * timing.averages * timing.partitions
