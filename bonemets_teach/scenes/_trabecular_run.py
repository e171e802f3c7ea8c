"""Runs of the lattice, kept so that the years cost nothing, and what the scene knows at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology import trabecular_lattice as lattice

PIXEL_MM: Final = 0.05
SIZE_PX: Final = 160
SIZE_MM: Final = SIZE_PX * PIXEL_MM
LONGEST_YEARS: Final = 12.0
# Patch and history look typical with these seeds; any others would do. Chosen.
_PATCH_SEED: Final = 3
_HISTORY_SEED: Final = 1


@lru_cache(maxsize=8)
def lattice_run(
    resorption: float, formation: float, bone_percent: float, *, load: bool
) -> lattice.LatticeHistory:
    """Remodel a patch for 12 years, or return the run if it is known."""
    # The settling year opens cavities; starting with that much more bone, year 0 has what was asked for.
    share = bone_percent / 100.0 * (1.0 + lattice.REMODELING_SPACE)
    start = lattice.structure(
        lattice.LatticeSettings(bone_fraction=share, size_px=SIZE_PX, pixel_mm=PIXEL_MM, seed=_PATCH_SEED)
    )
    settings = lattice.RemodelingSettings(
        years=LONGEST_YEARS, resorption=resorption, formation=formation, load=load, seed=_HISTORY_SEED
    )
    return lattice.remodel(start, settings, pixel_mm=PIXEL_MM)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LatticeResult:
    """The patch in one year.

    Parameters
    ----------
    history : LatticeHistory
        All years.
    frame : int
        Index of the year shown.
    measures, first : LatticeMeasures
        The patch now and in year 0.
    """

    history: lattice.LatticeHistory
    frame: int
    measures: lattice.LatticeMeasures
    first: lattice.LatticeMeasures

    @property
    def year(self) -> float:
        """Year shown."""
        return float(self.history.years[self.frame])

    @property
    def state(self) -> npt.NDArray[np.int8]:
        """State of each pixel, shape (row, column)."""
        shown: npt.NDArray[np.int8] = self.history.frames[self.frame]
        return shown


def result_at(history: lattice.LatticeHistory, year: float) -> LatticeResult:
    """Measure the patch in the frame nearest to a year."""
    frame = int(np.argmin(np.abs(history.years - year)))
    return LatticeResult(
        history=history, frame=frame, measures=_measures(history, frame), first=_measures(history, 0)
    )


def numbers(result: LatticeResult) -> dict[str, float]:
    """Return the named numbers of the patch; 0 for a width that does not exist."""
    now, first = result.measures, result.first
    fraction = result.history.bone_fraction
    half = np.flatnonzero(fraction <= 0.5 * fraction[0])
    return {
        "bone_volume_percent": 100.0 * now.bone_fraction,
        "bone_of_start_percent": 100.0 * now.bone_fraction / first.bone_fraction,
        "thickness_um": 1000.0 * float(np.nan_to_num(now.thickness_mm)),
        "spacing_um": 1000.0 * float(np.nan_to_num(now.spacing_mm)),
        "trabeculae_per_mm": now.number_per_mm,
        "meshes": float(now.meshes),
        "pieces": float(now.pieces),
        "osteoclast_sites": float(np.count_nonzero(result.state == lattice.RESORBING)),
        "osteoblast_sites": float(np.count_nonzero(result.state == lattice.FORMING)),
        "half_lost_year": float(result.history.years[half[0]]) if len(half) else LONGEST_YEARS + 1.0,
    }


def _measures(history: lattice.LatticeHistory, frame: int) -> lattice.LatticeMeasures:
    state = history.frames[frame]
    return lattice.measure_lattice((state == lattice.BONE) | (state == lattice.FORMING), pixel_mm=PIXEL_MM)
