"""What the lesion scene knows at one moment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology.lesion_field import LesionState
from bonemets_teach.scenes import _lesion_run as model

_Series = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LesionResult:
    """One lesion at one month.

    Parameters
    ----------
    phenotype : float
        0 (lytic) to 1 (blastic).
    month : float
        Time since the seed [months].
    run : LesionRun
        The lesion over all months.
    fields : LesionState
        Fields of the slab at ``month``.
    film : ndarray of shape (row, column)
        The radiograph, 100 ln(reference / signal) [%].
    """

    phenotype: float
    month: float
    run: model.LesionRun
    fields: LesionState
    film: npt.NDArray[np.float32]

    def now(self, series: _Series) -> float:
        """Return a monthly series at the month shown."""
        return float(np.interp(self.month, np.arange(len(series)), series))

    @property
    def bone_relative(self) -> float:
        """Bone in the core over bone at the start."""
        core = self.run.core.bone_fraction
        return self.now(core) / float(core[0])

    @property
    def film_change(self) -> float:
        """Change of the light behind the core [%]; above 0 is darker on film."""
        return self.now(self.run.film)

    @property
    def is_dark(self) -> bool:
        """Whether some part of the lesion is darker on film than overlying anatomy can hide."""
        return self.now(self.run.darkest) >= model.SEEN_PERCENT

    @property
    def is_white(self) -> bool:
        """Whether some part of the lesion is whiter on film than overlying anatomy can hide."""
        return self.now(self.run.whitest) <= -model.SEEN_PERCENT

    @property
    def first_seen(self) -> float | None:
        """First month at which the lesion stands out, or None within 18 months."""
        fine = np.linspace(0.0, model.LONGEST_MONTHS, 10 * model.LONGEST_MONTHS + 1)
        dark, white = (
            np.interp(fine, range(model.LONGEST_MONTHS + 1), s) for s in (self.run.darkest, self.run.whitest)
        )
        seen = np.flatnonzero((dark >= model.SEEN_PERCENT) | (white <= -model.SEEN_PERCENT))
        return float(fine[seen[0]]) if len(seen) else None


def numbers(result: LesionResult) -> dict[str, float]:
    """Return the named numbers of a lesion; all of its core but the radius and the extremes on film."""
    core = result.run.core
    return {
        "bone_volume": result.bone_relative,
        "bone_fraction_percent": 100.0 * result.now(core.bone_fraction),
        "mineral_lost_percent": 100.0 * (1.0 - result.bone_relative),
        "new_bone_percent": 100.0 * result.now(result.run.new_bone),
        "osteoclast_ratio": result.now(core.osteoclast_ratio),
        "osteoblast_ratio": result.now(core.osteoblast_ratio),
        "tumor_percent": 100.0 * result.now(core.tumor),
        "lesion_radius_mm": result.now(result.run.radius_mm),
        "film_change_percent": result.film_change,
        "film_darkest_percent": result.now(result.run.darkest),
        "film_whitest_percent": result.now(result.run.whitest),
        "seen_on_film": float(result.is_dark or result.is_white),
        "first_seen_month": result.first_seen if result.first_seen is not None else float("inf"),
    }


def looks(result: LesionResult) -> str:
    """Return how the lesion looks on film: darker, whiter, mottled, or like its surroundings."""
    if result.is_dark and result.is_white:
        return "mottled, darker and whiter by turns"
    if result.is_dark:
        return "darker than its surroundings"
    return "whiter than its surroundings" if result.is_white else "like its surroundings"
