"""What the cut-off scene computes: two groups as a scanner reads them, a cut-off, and a sample of lesions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.suv_cutoff import (
    DEGENERATIVE,
    METASTASIS,
    NORMAL_VERTEBRA,
    CutoffResult,
    UptakeGroup,
    area_under_curve,
    at_cutoff,
    draw,
)
from bonemets_teach.scenes.scene import State

__all__ = ["CASES", "PUBLISHED", "CutoffScan", "decide"]

_Array = npt.NDArray[np.float64]

CASES: Final = 1000
"""Lesions of the bars; chosen."""
PUBLISHED: Final = (20.0, 0.738, 0.854)
"""Cut-off, sensitivity and specificity; published, Ann Nucl Med 2020; 34: 39."""
_SEED: Final = 2020


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CutoffScan:
    """One cut-off and what it does.

    Parameters
    ----------
    at : CutoffResult
        Sensitivity, specificity and predictive values of the groups.
    share : float
        Share of metastases among the lesions, 0..1.
    reads : float
        SUV that the scanner reads over the published one.
    normal, worn, metastasis : UptakeGroup
        The groups as this scanner reads them.
    area : float
        Area under the receiver operating characteristic.
    worn_sample, metastasis_sample : ndarray of shape (lesion,)
        SUVs of drawn lesions; empty if none were drawn.
    """

    at: CutoffResult
    share: float
    reads: float
    normal: UptakeGroup
    worn: UptakeGroup
    metastasis: UptakeGroup
    area: float
    worn_sample: _Array
    metastasis_sample: _Array

    @property
    def counts(self) -> tuple[float, float, float, float]:
        """True and false positive, false and true negative of `CASES` lesions."""
        ill, well = CASES * self.share, CASES * (1 - self.share)
        hit, clear = ill * self.at.sensitivity, well * self.at.specificity
        return hit, well - clear, ill - hit, clear

    @property
    def sampled(self) -> tuple[float, float] | None:
        """Sensitivity and specificity in the sample, None without one."""
        if self.worn_sample.size == 0:
            return None
        above = float(np.mean(self.metastasis_sample > self.at.cutoff))
        return above, float(np.mean(self.worn_sample <= self.at.cutoff))


def decide(state: State) -> CutoffScan:
    """Apply the cut-off of a complete state.

    Parameters
    ----------
    state : mapping
        Complete state of the scene.

    Returns
    -------
    scan : CutoffScan
        Groups, cut-off and sample.
    """
    reads, share = float(state["reads_percent"]) / 100, float(state["share_percent"]) / 100
    normal, worn, ill = (_read(group, reads) for group in (NORMAL_VERTEBRA, DEGENERATIVE, METASTASIS))
    rng = np.random.default_rng([_SEED, int(state["sample"])])
    count = int(state["lesions"])
    return CutoffScan(
        at=at_cutoff(float(state["cutoff"]), prevalence=share, malignant=ill, benign=worn),
        share=share, reads=reads, normal=normal, worn=worn, metastasis=ill,
        area=area_under_curve(malignant=ill, benign=worn),
        worn_sample=draw(worn, count, rng), metastasis_sample=draw(ill, count, rng),
    )  # fmt: skip


def _read(group: UptakeGroup, reads: float) -> UptakeGroup:
    return UptakeGroup(name=group.name, mean=group.mean * reads, sd=group.sd * reads)
