"""What a polyenergetic CT beam loses in water and bone, as tables, and how readings become water lengths."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from numba import njit

from bonemets_teach.imaging.attenuation import linear
from bonemets_teach.imaging.hounsfield import CT_FILTRATION_MM_AL, effective_attenuation
from bonemets_teach.imaging.spectra import tube_spectrum

__all__ = ["CtBeam", "ct_beam", "transmission", "uncorrected_lengths", "water_lengths"]

Float32 = npt.NDArray[np.float32]

# Lengths of water and bone [cm] that the tables cover; fat counts as a little negative bone.
_WATER_CM: Final = np.arange(-4.0, 60.01, 0.25)
_BONE_CM: Final = np.arange(-4.0, 16.01, 0.05)
_INVERSE_STEPS: Final = 4096
# Chosen: without a correction the scanner is adjusted so that this much water reads right.
_ADJUSTED_WATER_CM: Final = 20.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CtBeam:
    """Tables of one tube voltage.

    Parameters
    ----------
    loss : ndarray of float32 of shape (water, bone)
        Minus logarithm of the transmitted energy behind so much water and bone.
    water_of_loss : ndarray of float32 of shape (step,)
        Water [cm] that gives each loss, at equal steps of the loss.
    loss_start, loss_step : float
        First loss of ``water_of_loss`` and its step.
    photons_per_cm2_mas : float
        Photons per cm2 and mAs at the detector with nothing in between.
    """

    loss: Float32
    water_of_loss: Float32
    loss_start: float
    loss_step: float
    photons_per_cm2_mas: float


@cache
def ct_beam(tube_voltage_kv: float) -> CtBeam:
    """Make the tables of a tube voltage.

    Parameters
    ----------
    tube_voltage_kv : float
        Tube voltage [kV].

    Returns
    -------
    beam : CtBeam
        Tables for `transmission` and `water_lengths`.

    Notes
    -----
    The detector adds up energy. Left out: scatter, focal spot, bow-tie filter, electronic noise.
    """
    spectrum = tube_spectrum(tube_voltage_kv, filtration_mm_al=CT_FILTRATION_MM_AL)
    energy = spectrum.energy_kev
    weight = spectrum.fluence_per_cm2_mas * energy
    behind_water = np.exp(-np.outer(_WATER_CM, linear("water", energy)))
    behind_bone = np.exp(-np.outer(_BONE_CM, linear("bone_cortical", energy)))
    loss = -np.log((behind_water * (weight / weight.sum())) @ behind_bone.T)
    water_only = loss[:, int(np.argmin(np.abs(_BONE_CM)))]
    losses = np.linspace(water_only[0], water_only[-1], _INVERSE_STEPS)
    return CtBeam(
        loss=loss.astype(np.float32),
        water_of_loss=np.interp(losses, water_only, _WATER_CM).astype(np.float32),
        loss_start=float(losses[0]),
        loss_step=float(losses[1] - losses[0]),
        photons_per_cm2_mas=float(spectrum.fluence_per_cm2_mas.sum()),
    )


def transmission(beam: CtBeam, lengths_cm: Float32) -> Float32:
    """Return the share of the beam that passes.

    Parameters
    ----------
    beam : CtBeam
        Tables of the tube voltage.
    lengths_cm : ndarray of float32 of shape (2, view, ray)
        Water and bone in each ray [cm].

    Returns
    -------
    share : ndarray of float32 of shape (view, ray)
        In (0, 1] for real bodies.
    """
    start = (float(_WATER_CM[0]), float(_BONE_CM[0]))
    step = (float(_WATER_CM[1] - _WATER_CM[0]), float(_BONE_CM[1] - _BONE_CM[0]))
    return np.asarray(np.exp(-_look_up(beam.loss, lengths_cm, start, step)), dtype=np.float32)


def water_lengths(beam: CtBeam, share: npt.NDArray[np.floating]) -> Float32:
    """Return the water that would have let the same share pass, the scanner's correction of beam hardening.

    Parameters
    ----------
    beam : CtBeam
        Tables of the tube voltage.
    share : ndarray of shape (view, ray)
        Share of the beam that passed, above 0.

    Returns
    -------
    water_cm : ndarray of float32 of shape (view, ray)
        Water [cm]; rays with much bone keep some of their beam hardening.
    """
    position = (-np.log(share) - beam.loss_start) / beam.loss_step
    position = np.clip(position, 0.0, _INVERSE_STEPS - 1.001).astype(np.float32)
    left = position.astype(np.int32)
    low = beam.water_of_loss[left]
    return np.asarray(low + (position - left) * (beam.water_of_loss[left + 1] - low), dtype=np.float32)


def uncorrected_lengths(
    beam: CtBeam, share: npt.NDArray[np.floating], tube_voltage_kv: float, *, one_energy: bool
) -> Float32:
    """Return the logarithm of the share over one attenuation of water, as if the beam had one energy.

    Parameters
    ----------
    beam : CtBeam
        Tables of the tube voltage.
    share : ndarray of shape (view, ray)
        Share of the beam that passed, above 0.
    tube_voltage_kv : float
        Tube voltage [kV].
    one_energy : bool
        The beam does have one energy; else 20 cm of water read 20 cm, less reads long and more reads short.

    Returns
    -------
    water_cm : ndarray of float32 of shape (view, ray)
        Water [cm].
    """
    per_cm = effective_attenuation("water", tube_voltage_kv)
    if not one_energy:
        losses = beam.loss_start + beam.loss_step * np.arange(_INVERSE_STEPS)
        per_cm = float(np.interp(_ADJUSTED_WATER_CM, beam.water_of_loss, losses)) / _ADJUSTED_WATER_CM
    return np.asarray(-np.log(share) / np.float32(per_cm), dtype=np.float32)


@njit(cache=True)
def _look_up(table, lengths, start, step):  # type: ignore[no-untyped-def] # pragma: no cover
    views, rays = lengths.shape[1], lengths.shape[2]
    found = np.empty((views, rays), dtype=np.float32)
    row_end, column_end = table.shape[0] - 1.001, table.shape[1] - 1.001
    for view in range(views):
        for ray in range(rays):
            u = min(max((lengths[0, view, ray] - start[0]) / step[0], 0.0), row_end)
            v = min(max((lengths[1, view, ray] - start[1]) / step[1], 0.0), column_end)
            i, j = int(u), int(v)
            p, q = u - i, v - j
            above = table[i, j] + q * (table[i, j + 1] - table[i, j])
            below = table[i + 1, j] + q * (table[i + 1, j + 1] - table[i + 1, j])
            found[view, ray] = above + p * (below - above)
    return found
