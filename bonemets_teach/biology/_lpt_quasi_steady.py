"""Cells at rest around a tumor that stands still: what the spatial lesion looks up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology._lpt_kernel import rankl_occupancy
from bonemets_teach.biology._lpt_lesion import lesion_floats
from bonemets_teach.biology.lemaire2004_constants import LEMAIRE_2004
from bonemets_teach.biology.lpt_settings import Site, Treatment, Tumor
from bonemets_teach.errors import require_in_range

__all__ = ["QuasiSteady", "quasi_steady"]

_POINTS: Final = 41
_BISECTIONS: Final = 80
_MOST_OSTEOCLASTS: Final = 1e3  # times normal; RANKL saturates far below


@dataclass(frozen=True, slots=True, kw_only=True)
class QuasiSteady:
    """Cells at rest for a fixed tumor fraction, with bone volume as at the start.

    Parameters
    ----------
    tumor : ndarray of shape (point,)
        Tumor fraction, 41 points from 0 to 1.
    osteoclast_ratio, osteoblast_ratio : ndarray of shape (point,)
        Active cells relative to healthy bone.
    """

    tumor: npt.NDArray[np.float64]
    osteoclast_ratio: npt.NDArray[np.float64]
    osteoblast_ratio: npt.NDArray[np.float64]


def quasi_steady(phenotype: float) -> QuasiSteady:
    """Solve for the cells that a tumor fraction holds at rest; cells settle in days, lesions in months.

    Parameters
    ----------
    phenotype : float
        q, from 0 (lytic) to 1 (blastic).

    Returns
    -------
    cells : QuasiSteady
        Read-only arrays; the same object for the same phenotype.

    Raises
    ------
    ParameterError
        If ``phenotype`` is outside [0, 1].

    Notes
    -----
    At rest R = D_R pi_C^2 W / D_B and B = D_R pi_C W / k_B, so one unknown is left, C, found by bisection
    between no osteoclasts and 1000 times normal. Without treatment cells that start healthy end there.
    """
    return _solve(require_in_range("phenotype", phenotype, 0.0, 1.0))


@lru_cache(maxsize=256)
def _solve(phenotype: float) -> QuasiSteady:
    p = LEMAIRE_2004
    q = lesion_floats(phenotype, Tumor(), Treatment(), Site())
    tumor = np.linspace(0.0, 1.0, _POINTS)
    recruitment = (1.0 + q.w * tumor) / (1.0 + q.d * tumor)

    def cells(C: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        pi_C = (C + p.f0 * p.C_s) / (C + p.C_s)
        R = p.D_R * pi_C**2 * recruitment / (p.f0 * p.d_B)
        B = p.D_R * pi_C * recruitment / p.k_B
        pi_L = rankl_occupancy(R, B, q.s_P * tumor, 0.0, p)
        death = 1.0 + q.sigma * np.maximum(0.0, 1.0 - pi_L / q.pi_L0)
        return p.D_C * pi_L - p.D_A * pi_C * C * death, B

    low = np.full(_POINTS, 1e-9 * q.C0)
    high = np.full(_POINTS, _MOST_OSTEOCLASTS * q.C0)
    for _ in range(_BISECTIONS):
        middle = np.sqrt(low * high)
        grows = cells(middle)[0] > 0.0
        low, high = np.where(grows, middle, low), np.where(grows, high, middle)
    result = QuasiSteady(tumor=tumor, osteoclast_ratio=low / q.C0, osteoblast_ratio=cells(low)[1] / q.B0)
    for array in (result.tumor, result.osteoclast_ratio, result.osteoblast_ratio):
        array.setflags(write=False)
    return result
