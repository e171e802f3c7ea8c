"""A patch of cancellous bone as under the microscope, remodeled by cells on its surfaces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bonemets_teach.biology._lattice_kernels import BONE, FORMING, MARROW, RESORBING, WAITING, Chances, sweep
from bonemets_teach.biology._lattice_measures import LatticeMeasures, measure_lattice
from bonemets_teach.biology._lattice_settings import (
    LOAD_SHIELDING,
    MECHANOSTAT_GAIN,
    REMODELING_SPACE,
    RESORPTION_CHANCE,
    SETTLING_SWEEPS,
    SMALLEST_PIECE_MM2,
    SWEEPS_PER_FRAME,
    SWEEPS_PER_YEAR,
    LatticeSettings,
    RemodelingSettings,
)  # fmt: skip
from bonemets_teach.biology._lattice_structure import band_passed_field, exact_bone, without_islands
from bonemets_teach.errors import ParameterError, require_in_range

__all__ = [
    "BONE", "FORMING", "MARROW", "REMODELING_SPACE", "RESORBING", "SWEEPS_PER_YEAR", "WAITING",
    "LatticeHistory", "LatticeMeasures", "LatticeSettings", "RemodelingSettings",
    "measure_lattice", "remodel", "structure", "warm_up",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LatticeHistory:
    """A lattice over the years.

    Parameters
    ----------
    years : ndarray of shape (time,)
        Times of the frames [years].
    frames : ndarray of int8, shape (time, row, column)
        State of each pixel: `MARROW`, `BONE`, `RESORBING` (an osteoclast at work), `WAITING`
        (an open cavity) or `FORMING` (an osteoblast at work; counts as bone).
    bone_fraction : ndarray of shape (time,)
        BV/TV, 0..1.
    """

    years: NDArray[np.float64]
    frames: NDArray[np.int8]
    bone_fraction: NDArray[np.float64]


def structure(settings: LatticeSettings) -> NDArray[np.bool_]:
    """Make a plate-and-rod structure of cancellous bone with an exact bone volume fraction.

    Parameters
    ----------
    settings : LatticeSettings
        Bone volume, size, spacing, anisotropy and seed.

    Returns
    -------
    bone : ndarray of bool, shape (row, column)
        True is bone; periodic at the edges, without loose pieces.

    Notes
    -----
    Bone is where the absolute value of a band-passed Gaussian random field is small: the level sets
    of such fields look like cancellous bone in section. Leaves out: the third dimension, so a strut
    that ends here would go on in the next section.
    """
    period = 2.0 * settings.spacing_mm / settings.pixel_mm
    shape = (settings.size_px, settings.size_px)
    field = band_passed_field(shape, period, settings.anisotropy, settings.seed)
    pixels = round(settings.bone_fraction * field.size)
    return exact_bone(field, pixels, _smallest(settings.pixel_mm))


def remodel(
    bone: NDArray[np.bool_], settings: RemodelingSettings, *, pixel_mm: float = 0.05
) -> LatticeHistory:
    """Let osteoclasts and osteoblasts work on the surfaces of a lattice.

    Parameters
    ----------
    bone : ndarray of bool, shape (row, column)
        The structure at the start, at least 8 by 8 pixels.
    settings : RemodelingSettings
        Years, activities, load and seed.
    pixel_mm : float, default 0.05
        Pixel size [mm].

    Returns
    -------
    history : LatticeHistory
        A frame each quarter of a year, the first after one settling year of normal remodeling.

    Raises
    ------
    ParameterError
        If ``bone`` is not a two-dimensional mask of bone and marrow.

    Notes
    -----
    In a sweep a surface pixel starts to be resorbed with a chance that grows with its contact to
    marrow. The cavity is refilled by as many osteoblasts as formation keeps pace with resorption;
    formation beyond that lays bone on quiet surfaces. Under load, lost bone raises formation and bone
    in line with the load is spared. A perforated strut has no surface left to refill: that loss stays.
    Pieces smaller than 0.1 mm2 that have come loose are cleared each year. The rules are chosen, not
    measured; only the renewal of 25 % a year is calibrated. Leaves out: depth, osteon structure, hormones.
    """
    _check_mask(bone)
    require_in_range("pixel_mm", pixel_mm, 0.01, 0.2, "mm")
    state = bone.astype(np.int8)
    work = np.empty_like(state)
    normal = Chances(RESORPTION_CHANCE, 1.0, 0.0, 0.0)
    for index in range(SETTLING_SWEEPS):
        sweep(state, work, normal, index, settings.seed)
    count = round(settings.years * SWEEPS_PER_YEAR)
    frames = [state.copy()]
    share = start = float(np.isin(state, (BONE, FORMING)).mean())
    for index in range(SETTLING_SWEEPS, SETTLING_SWEEPS + count):
        lost = max(0.0, 1.0 - share / start) if start > 0.0 else 0.0
        share = sweep(state, work, _chances(settings, lost), index, settings.seed) / state.size
        done = index + 1 - SETTLING_SWEEPS
        if done % SWEEPS_PER_YEAR == 0:
            state[~without_islands(state > MARROW, _smallest(pixel_mm))] = MARROW
        if done % SWEEPS_PER_FRAME == 0:
            frames.append(state.copy())
    stack = np.stack(frames)
    years = np.arange(len(frames), dtype=np.float64) * (SWEEPS_PER_FRAME / SWEEPS_PER_YEAR)
    fraction = ((stack == BONE) | (stack == FORMING)).mean(axis=(1, 2))
    return LatticeHistory(years=years, frames=stack, bone_fraction=fraction)


def warm_up() -> None:
    """Compile or load the sweep; takes milliseconds once it is in the cache."""
    blank = np.zeros((8, 8), dtype=np.int8)
    sweep(blank, np.empty_like(blank), Chances(RESORPTION_CHANCE, 1.0, 0.0, 0.0), 0, 1)


def _chances(settings: RemodelingSettings, lost: float) -> Chances:
    resorption = settings.resorption
    formation = settings.formation * (1.0 + MECHANOSTAT_GAIN * lost if settings.load else 1.0)
    return Chances(
        RESORPTION_CHANCE * resorption,
        min(1.0, formation / resorption) if resorption > 0.0 else 1.0,
        RESORPTION_CHANCE * max(0.0, formation - resorption),
        LOAD_SHIELDING if settings.load else 0.0,
    )


def _smallest(pixel_mm: float) -> int:
    return max(1, round(SMALLEST_PIECE_MM2 / pixel_mm**2))


def _check_mask(bone: NDArray[np.bool_]) -> None:
    given: object = bone
    if not isinstance(given, np.ndarray):
        message = f"bone is a {type(given).__name__}; give a bool array (row, column), as structure() makes"
        raise ParameterError(message)
    if given.dtype != np.bool_ or given.ndim != 2 or min(given.shape) < 8:
        shown = f"{given.dtype} of shape {given.shape}"
        message = f"bone is {shown}; give a bool array of at least 8 by 8 pixels, as structure() makes"
        raise ParameterError(message)
