"""Constants of Pivonka et al. 2008, each with unit, meaning and source, under the paper's symbols."""

from __future__ import annotations

from typing import Final, NamedTuple

from bonemets_teach.biology.lemaire2004_constants import Constant

__all__ = ["PIVONKA_2008", "PIVONKA_CONSTANTS", "PivonkaConstants"]

_PAPER: Final = "Pivonka 2008, Bone 43:249, Table 1; read from bone-models 0.1.0"
_CORRECTED: Final = "Pivonka 2008 as in bone-models 0.1.0, whose authors note that the printed value differs"


class PivonkaConstants(NamedTuple):
    """Plain floats for compiled code; see `PIVONKA_CONSTANTS` for units."""

    D_OBu: float
    D_OBp: float
    A_OBa: float
    D_OCp: float
    A_OCa: float
    K_D1: float
    K_D2: float
    K_D3: float
    K_D4: float
    K_D6: float
    K_D8: float
    alpha_k_res: float
    D_TGF: float
    beta_PTH: float  # noqa: N815  symbol of the paper
    D_PTH: float
    beta_OPG: float  # noqa: N815
    OPG_max: float
    D_OPG: float
    beta_RANKL: float  # noqa: N815
    D_RANKL: float
    R_RANKL: float
    K_A1: float
    K_A2: float
    RANK: float


def _published(symbol: str, value: float, unit: str, meaning: str, source: str = _PAPER) -> Constant:
    return Constant(symbol=symbol, value=value, unit=unit, meaning=meaning, kind="published", source=source)


# Digits beyond the paper's three come from bone-models; the rest state needs them.
PIVONKA_CONSTANTS: Final = (
    _published("D_OBu", 7e-4, "pM/d", "differentiation rate of uncommitted osteoblast progenitors"),
    _published("D_OBp", 0.2674077909527713, "1/d", "differentiation rate of osteoblast precursors"),
    _published("A_OBa", 0.189, "1/d", "removal of active osteoblasts"),
    _published("D_OCp", 2.1e-3, "pM/d", "differentiation rate of osteoclast precursors"),
    _published("A_OCa", 0.7, "1/d", "osteoclast apoptosis driven by TGF-beta"),
    _published("K_D1", 4.545454545454545e-3, "pM", "TGF-beta for half of the commitment of progenitors"),
    _published("K_D2", 1.415624253823446e-3, "pM", "TGF-beta that halves the maturation of precursors"),
    _published("K_D3", 4.545454545454545e-3, "pM", "TGF-beta for half of the apoptosis of osteoclasts"),
    _published("K_D4", 150.0, "pM", "PTH for half of the RANKL on precursors"),
    _published("K_D6", 0.2225814277099542, "pM", "PTH that halves the production of OPG"),
    _published("K_D8", 4.457452802710724 / 0.3411764705882353, "pM", "RANKL for half of the osteoclast formation",
               "Pivonka 2008 prints 13.06; digits from bone-models 0.1.0, which counts RANK-bound RANKL instead"),
    _published("alpha_k_res", 1.0, "1/d", "TGF-beta released from resorbed bone per osteoclast"),
    _published("D_TGF", 1.0, "1/d", "elimination of TGF-beta"),
    _published("beta_PTH", 250.0, "pM/d", "synthesis of PTH"),
    _published("D_PTH", 86.0, "1/d", "elimination of PTH"),
    _published("beta_OPG", 1.624900337835679e8, "1/d", "OPG made by one active osteoblast", _CORRECTED),
    _published("OPG_max", 2e8, "pM", "largest OPG"),
    _published("D_OPG", 0.35, "1/d", "elimination of OPG"),
    _published("beta_RANKL", 168.4195714712206, "pM/d", "production of RANKL", _CORRECTED),
    _published("D_RANKL", 10.132471014805027, "1/d", "elimination of RANKL"),
    _published("R_RANKL", 2.703476379131062e6, "pM/pM", "most RANKL on one precursor", _CORRECTED),
    _published("K_A1", 1e-3, "1/pM", "association of RANKL and OPG"),
    _published("K_A2", 0.03411764705882353, "1/pM", "association of RANKL and RANK"),
    _published("RANK", 10.0, "pM", "RANK"),
)  # fmt: skip

PIVONKA_2008: Final = PivonkaConstants(**{constant.symbol: constant.value for constant in PIVONKA_CONSTANTS})
