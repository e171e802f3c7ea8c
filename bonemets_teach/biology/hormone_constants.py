"""How hormones are mapped to the inputs of Lemaire 2004, each number with its kind and source."""

from __future__ import annotations

from typing import Final

from bonemets_teach.biology.lemaire2004_constants import Constant

__all__ = ["HORMONE_CONSTANTS", "value_of"]

HORMONE_CONSTANTS: Final = (
    Constant(
        symbol="rankl_without_estrogen", value=2.5, unit="× normal",
        meaning="RANKL production when estrogen is gone", kind="published",
        source="Eghbali-Fatourechi 2003, J Clin Invest 111:1221: RANKL on marrow cells two- to threefold; recalled",
    ),
    Constant(
        symbol="opg_without_estrogen", value=0.6, unit="× normal",
        meaning="OPG production when estrogen is gone", kind="calibrated",
        source="resorption about +90 % and formation about +45 % at menopause, Garnero 1996, J Bone Miner Res 11:337; recalled",
    ),
    Constant(
        symbol="pulse_share", value=1.0 / 12.0, unit="1",
        meaning="share of the day in which a daily pulse of PTH lasts", kind="chosen",
        source="two hours; injected PTH has a half-life of about one hour",
    ),
    Constant(
        symbol="pulse_survival", value=0.61, unit="× normal",
        meaning="removal of active osteoblasts under daily pulses of treatment size", kind="calibrated",
        source="direction: daily PTH keeps osteoblasts from dying (Jilka 1999, J Clin Invest 104:439), a steady supply does "
        "not (Bellido 2003, J Biol Chem 278:50259); size: about 10 % more cancellous bone in a year (Neer 2001)",
    ),
    Constant(
        symbol="pulse_full", value=0.5, unit="× normal",
        meaning="extra PTH over the day at which the survival effect is full", kind="chosen", source="treatment size",
    ),
    Constant(
        symbol="precursors_per_year", value=0.001, unit="1/year",
        meaning="loss of osteoblast supply for each year after 30", kind="calibrated",
        source="about 1 % of cancellous bone lost a year in old age (Seeman and Delmas 2006, claim adult_bone_loss)",
    ),
    Constant(
        symbol="turnover", value=0.25, unit="1/year",
        meaning="renewal of cancellous bone in health", kind="published", source="claim turnover_rates; ICRP 89, recalled",
    ),
    Constant(
        symbol="depletion", value=0.05, unit="1",
        meaning="bone, relative to the start, at which resorption runs out of bone", kind="calibrated",
        source="as in the tumor-bone model of this course",
    ),
)  # fmt: skip

_VALUES: Final = {constant.symbol: constant.value for constant in HORMONE_CONSTANTS}


def value_of(symbol: str) -> float:
    """Return the value of a constant by its symbol; KeyError if there is none."""
    return _VALUES[symbol]
