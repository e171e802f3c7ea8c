"""What is added from outside to the cells of Lemaire 2004."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["Forcing"]

_LONGEST_D: Final = 7300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forcing:
    """What is added from outside, constant from ``start_d`` to ``end_d``.

    Parameters
    ----------
    pth : float, default 0
        Added PTH I_P [pM/d], in [0, 1e6].
    rankl : float, default 0
        Added RANKL I_L [pM/d], in [0, 1e6].
    opg : float, default 0
        Added OPG I_O [pM/d], in [0, 1e8].
    precursor_factor : float, default 1
        Multiplies the differentiation rate D_R of osteoblast progenitors, in [0, 100].
    start_d, end_d : float, default 20 and 80
        First and last day; the paper's figures use 20 and 80.

    Raises
    ------
    ParameterError
        If a value is outside its range or the end lies before the start.
    """

    pth: float = 0.0
    rankl: float = 0.0
    opg: float = 0.0
    precursor_factor: float = 1.0
    start_d: float = 20.0
    end_d: float = 80.0

    def __post_init__(self) -> None:
        require_in_range("pth", self.pth, 0.0, 1e6, "pM/d")
        require_in_range("rankl", self.rankl, 0.0, 1e6, "pM/d")
        require_in_range("opg", self.opg, 0.0, 1e8, "pM/d")
        require_in_range("precursor_factor", self.precursor_factor, 0.0, 100.0)
        require_in_range("start_d", self.start_d, 0.0, _LONGEST_D, "d")
        require_in_range("end_d", self.end_d, 0.0, _LONGEST_D, "d")
        if self.end_d < self.start_d:
            message = f"end_d = {self.end_d} d lies before start_d = {self.start_d} d; choose a later end"
            raise ParameterError(message)
