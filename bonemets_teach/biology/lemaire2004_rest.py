"""The cells of Lemaire 2004 at rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from bonemets_teach.biology.lemaire2004_constants import LEMAIRE_2004, LemaireConstants

__all__ = ["BoneCells", "steady_state"]

_BISECTIONS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BoneCells:
    """Cells at one moment [pM]."""

    responding_osteoblast: float
    osteoblast: float
    osteoclast: float


@cache
def steady_state(constants: LemaireConstants = LEMAIRE_2004) -> BoneCells:
    """Solve for the cells at rest, with nothing added.

    Parameters
    ----------
    constants : LemaireConstants, default `LEMAIRE_2004`
        Constants of the model.

    Returns
    -------
    cells : BoneCells
        The one steady state with positive cells.

    Notes
    -----
    At rest R and B follow from pi_C alone, and osteoclast production per apoptosis falls with C, so the
    root in C is unique and bisection finds it.
    """
    p = constants
    pi_P = (p.S_P / p.k_P) / (p.k6 / p.k5)

    def surplus(C: float) -> tuple[float, float, float]:
        pi_C = (C + p.f0 * p.C_s) / (C + p.C_s)
        R = p.D_R * pi_C**2 / (p.f0 * p.d_B)
        B = p.D_R * pi_C / p.k_B
        opg = p.k1 / (p.k2 * p.k_O) * p.K_O_P * R / pi_P
        pi_L = p.k3 / p.k4 * p.K_L_P * pi_P * B / (1.0 + p.k3 * p.K / p.k4 + opg)
        return p.D_C * pi_L - p.D_A * pi_C * C, R, B

    low, high = 0.0, 1.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if surplus(middle)[0] > 0 else (low, middle)
    _, R, B = surplus(low)
    return BoneCells(responding_osteoblast=R, osteoblast=B, osteoclast=low)
