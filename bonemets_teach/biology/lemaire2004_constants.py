"""Constants of Lemaire et al. 2004, each with unit, meaning and source, under the paper's symbols."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

__all__ = ["LEMAIRE_2004", "LEMAIRE_CONSTANTS", "Constant", "LemaireConstants"]

_PAPER: Final = "Lemaire 2004, J Theor Biol 229:293, Table 1; read from BIOMD0000000278"


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """One number of a model and where it comes from.

    Parameters
    ----------
    symbol : str
        Symbol in the paper.
    value : float
        Value, in ``unit``.
    unit : str
        Unit, "1" if there is none.
    meaning : str
        What it stands for.
    kind : {"published", "calibrated", "chosen"}
        Taken from a paper; fitted here so that the behavior is right; or a free choice of this course.
    source : str
        Paper, or the behavior it was calibrated to.
    """

    symbol: str
    value: float
    unit: str
    meaning: str
    kind: Literal["published", "calibrated", "chosen"]
    source: str


class LemaireConstants(NamedTuple):
    """Plain floats for compiled code, named by the paper's symbols; see `LEMAIRE_CONSTANTS` for units."""

    D_R: float
    d_B: float  # noqa: N815
    k_B: float  # noqa: N815
    D_C: float
    D_A: float
    C_s: float
    f0: float
    K: float
    k1: float
    k2: float
    k3: float
    k4: float
    k5: float
    k6: float
    K_L_P: float
    k_O: float  # noqa: N815
    K_O_P: float
    k_P: float  # noqa: N815
    r_L: float  # noqa: N815
    S_P: float


def _published(symbol: str, value: float, unit: str, meaning: str) -> Constant:
    return Constant(symbol=symbol, value=value, unit=unit, meaning=meaning, kind="published", source=_PAPER)


LEMAIRE_CONSTANTS: Final = (
    _published("D_R", 7e-4, "pM/d", "differentiation rate of osteoblast progenitors"),
    _published("d_B", 0.7, "1/d", "differentiation rate of responding osteoblasts (D_B = f0 d_B)"),
    _published("k_B", 0.189, "1/d", "removal of active osteoblasts"),
    _published("D_C", 2.1e-3, "pM/d", "differentiation rate of osteoclast precursors"),
    _published("D_A", 0.7, "1/d", "osteoclast apoptosis driven by TGF-beta"),
    _published("C_s", 5e-3, "pM", "osteoclasts for half-maximal TGF-beta occupancy"),
    _published("f0", 0.05, "1", "TGF-beta occupancy without osteoclasts"),
    _published("K", 10.0, "pM", "RANK"),
    _published("k1", 1e-2, "1/(pM d)", "binding of OPG to RANKL"),
    _published("k2", 10.0, "1/d", "unbinding of OPG from RANKL"),
    _published("k3", 5.8e-4, "1/(pM d)", "binding of RANKL to RANK"),
    _published("k4", 1.7e-2, "1/d", "unbinding of RANKL from RANK"),
    _published("k5", 0.02, "1/(pM d)", "binding of PTH to its receptor"),
    _published("k6", 3.0, "1/d", "unbinding of PTH from its receptor"),
    _published("K_L_P", 3e6, "pmol/pmol", "most RANKL on the surface of one active osteoblast"),
    _published("k_O", 0.35, "1/d", "elimination of OPG"),
    _published("K_O_P", 2e5, "pmol/(d pmol)", "least OPG production by one responding osteoblast"),
    _published("k_P", 86.0, "1/d", "elimination of PTH"),
    _published("r_L", 1e3, "pM/d", "RANKL production and elimination"),
    _published("S_P", 250.0, "pM/d", "synthesis of PTH"),
)

LEMAIRE_2004: Final = LemaireConstants(**{constant.symbol: constant.value for constant in LEMAIRE_CONSTANTS})
