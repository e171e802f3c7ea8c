"""Numbers of the drugs on the tumor-bone model, each with unit, kind and source."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from bonemets_teach.biology.lemaire2004_constants import Constant

__all__ = ["DRUGS", "DRUG_CONSTANTS", "DrugConstants"]

_GIBIANSKY: Final = "Gibiansky 2012, Clin Pharmacokinet 51:247"
_PETERSON: Final = "Peterson 2004, as read from the published OpenBoneMin model"
_REBOUND: Final = (
    "calibrated to Bone 2011, J Clin Endocrinol Metab 96:972: after 24 months of 60 mg every 6 months CTX is "
    "above baseline within 3 months and back at it 24 months after the stop"
)
_ZOLEDRONATE: Final = "calibrated: a single 4 mg dose halves osteoclasts for about half a year"


class DrugConstants(NamedTuple):
    """Plain floats for compiled code; see `DRUG_CONSTANTS` for units and sources."""

    absorption: float
    bioavailability: float
    central_volume: float
    clearance: float
    exchange: float
    peripheral_volume: float
    max_elimination: float
    half_elimination: float
    molar_mass: float
    K_d: float
    pool_gain: float
    pool_time: float
    bone_half_life: float
    max_death: float
    half_death: float


def _fact(
    symbol: str,
    value: float,
    unit: str,
    meaning: str,
    kind: Literal["published", "calibrated", "chosen"],
    source: str,
) -> Constant:
    return Constant(symbol=symbol, value=value, unit=unit, meaning=meaning, kind=kind, source=source)


DRUG_CONSTANTS: Final = (
    _fact("absorption", 0.257, "1/d", "denosumab from under the skin into blood", "published", _GIBIANSKY),
    _fact("bioavailability", 0.61, "1", "share of a denosumab dose that reaches blood", "published", _GIBIANSKY),
    _fact("central_volume", 2.62, "L", "volume of blood plasma and what mixes with it", "published", _GIBIANSKY),
    _fact("clearance", 0.078, "L/d", "linear elimination of denosumab, 3.25 mL/h", "published", _GIBIANSKY),
    _fact("exchange", 0.44808, "L/d", "flow between blood and tissue, 18.67 mL/h", "published", _PETERSON),
    _fact("peripheral_volume", 1.324, "L", "volume of the tissue that exchanges", "published", _PETERSON),
    _fact("max_elimination", 0.07464, "mg/d", "most that target binding removes, 3110 ng/h", "published", _PETERSON),
    _fact("half_elimination", 0.188, "mg/L", "level at half of that", "published", _PETERSON),
    _fact("molar_mass", 147.0, "kg/mol", "molar mass of denosumab", "published", "label of Prolia and Xgeva"),
    _fact("K_d", 1e-4, "nM", "effective binding of RANKL by denosumab, for both regimens", "calibrated",
          "CTX before the next 60 mg dose 63 % (Bone 2011) lower than without; binding in vitro is near 0.003 nM"),
    _fact("pool_gain", 8.0, "1", "osteoclast precursors gained under a lasting block", "calibrated", _REBOUND),
    _fact("pool_time", 200.0, "d", "time in which the pool of precursors fills and empties", "calibrated", _REBOUND),
    _fact("bone_half_life", 90.0, "d", "half-life of the active zoledronate on bone", "calibrated", _ZOLEDRONATE),
    _fact("max_death", 8.0, "1", "most that zoledronate speeds up osteoclast death", "calibrated", _ZOLEDRONATE),
    _fact("half_death", 2.0, "mg", "zoledronate on bone at half of that", "calibrated", _ZOLEDRONATE),
)  # fmt: skip

DRUGS: Final = DrugConstants(**{constant.symbol: constant.value for constant in DRUG_CONSTANTS})
