"""Numbers of the tumor-bone model beyond Lemaire 2004, and the phenotype that turns lysis into sclerosis."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from bonemets_teach.biology.lemaire2004_constants import Constant
from bonemets_teach.errors import require_in_range

__all__ = ["LPT", "LPT_CONSTANTS", "LptConstants", "Phenotype", "phenotype_parameters"]

_TUNED: Final = "calibrated here: lytic, mixed and blastic lesions reach clinical bone density within a year"


class LptConstants(NamedTuple):
    """Plain floats for compiled code; see `LPT_CONSTANTS` for units and sources."""

    kappa: float
    m: float
    sigma: float
    depletion: float
    tau: float
    bone_fraction: float
    gamma: float
    theta: float
    seed: float
    pthrp_lytic: float
    wnt_blastic: float
    dkk_lytic: float
    nu_lytic: float
    nu_span: float


class Phenotype(NamedTuple):
    """What one tumor does to bone cells.

    Parameters
    ----------
    pthrp : float
        s_P: PTHrP secretion of a lesion full of tumor [pM/d], acts like PTH.
    recruitment : float
        w: gain of osteoblast recruitment by Wnt, endothelin-1 and BMP.
    recruitment_block : float
        d: block of that recruitment in the manner of DKK-1.
    osteoblastic_share : float
        nu: part of the bone-derived growth support that comes from forming, not resorbing bone, 0 to 1.
    """

    pthrp: float
    recruitment: float
    recruitment_block: float
    osteoblastic_share: float


def _own(
    symbol: str,
    value: float,
    unit: str,
    meaning: str,
    kind: Literal["published", "calibrated", "chosen"] = "calibrated",
    source: str = _TUNED,
) -> Constant:  # fmt: skip
    return Constant(symbol=symbol, value=value, unit=unit, meaning=meaning, kind=kind, source=source)


LPT_CONSTANTS: Final = (
    _own("kappa", 4.0, "1", "half-saturation of the growth support from bone, in units of normal turnover"),
    _own("m", 8.0, "1", "gain of recruitment when bone is lost (mechanostat)"),
    _own("sigma", 6.0, "1", "faster osteoclast death when RANKL falls below normal",
         source="calibrated to the fall of CTX three days after denosumab"),
    _own("depletion", 0.05, "1", "bone volume at which resorption runs out of bone", "chosen",
         "keeps bone volume positive: the surface polynomial is not zero without bone"),
    _own("tau", 0.25, "1/year", "turnover of trabecular bone; cortex about 0.03", "chosen", "textbook value"),
    _own("bone_fraction", 0.20, "1", "bone volume fraction at the start", "chosen", "choose by site"),
    _own("gamma", 0.008, "1/d", "Gompertz growth rate of the tumor at normal turnover",
         source="calibrated; Ayati 2010, Biol Direct 5:28, uses 0.005/d in the same law"),
    _own("theta", 0.3, "1", "share of growth that needs nothing from bone"),
    _own("seed", 1e-3, "1", "tumor fraction at the start", "chosen", "a tumor too small to be seen"),
    _own("pthrp_lytic", 3000.0, "pM/d", "s_P of a purely lytic tumor; s_P = pthrp_lytic (1-q)"),
    _own("wnt_blastic", 12.0, "1", "w of a purely blastic tumor; w = wnt_blastic q"),
    _own("dkk_lytic", 10.0, "1", "d of a purely lytic tumor; d = dkk_lytic (1-q)^2"),
    _own("nu_lytic", 0.2, "1", "osteoblastic share of growth support at q = 0"),
    _own("nu_span", 0.6, "1", "rise of that share from q = 0 to q = 1"),
)  # fmt: skip

LPT: Final = LptConstants(**{constant.symbol: constant.value for constant in LPT_CONSTANTS})


def phenotype_parameters(phenotype: float) -> Phenotype:
    """Turn one number, from lytic to blastic, into what the tumor secretes.

    Parameters
    ----------
    phenotype : float
        q, from 0 (lytic) over about 0.45 (mixed) to 1 (blastic).

    Returns
    -------
    parameters : Phenotype
        Secretion and growth support.

    Raises
    ------
    ParameterError
        If ``phenotype`` is outside [0, 1].

    Notes
    -----
    The four laws are calibrated, not published. Real tumors do not lie on one line.

    Examples
    --------
    >>> phenotype_parameters(0.0)
    Phenotype(pthrp=3000.0, recruitment=0.0, recruitment_block=10.0, osteoblastic_share=0.2)
    """
    q = require_in_range("phenotype", phenotype, 0.0, 1.0)
    return Phenotype(
        pthrp=LPT.pthrp_lytic * (1.0 - q),
        recruitment=LPT.wnt_blastic * q,
        recruitment_block=LPT.dkk_lytic * (1.0 - q) ** 2,
        osteoblastic_share=LPT.nu_lytic + LPT.nu_span * q,
    )
