"""The PET tracers: what each binds to, where it goes in health, and how that changes with time."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["TRACERS", "Tracer", "TracerName", "tracer", "uptake_factors"]

TracerName = Literal["FDG", "NaF", "PSMA"]

_FDG_TUMOR: Final = 9.0
_NAF_BONE: Final = 8.0
_PSMA_TUMOR: Final = 24.0
_PSMA_KIDNEY: Final = 41.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracer:
    """A PET tracer; SUVs are those at its usual uptake time.

    Parameters
    ----------
    name : str
        Short name.
    half_life_min, positrons, range_fwhm_mm : float
        Half-life [min], positrons a decay, blur by their range [mm].
    time_min : float
        Usual time from injection to scan [min].
    bone, tumor, reactive : float
        SUV of bone with a relative uptake of 1; of solid tumor; of bone for each unit of osteoblasts above normal.
    red_marrow, yellow_marrow : float
        SUV of marrow.
    tissues : mapping of Tissue to float
        SUV of other tissues.
    trapping_min, clearance_min : float
        Time constant with which what binds is caught, and half-time with which the rest clears [min].
    source : str
        Where the numbers come from.
    """

    name: str
    half_life_min: float
    positrons: float
    range_fwhm_mm: float
    time_min: float
    bone: float
    tumor: float
    reactive: float
    red_marrow: float
    yellow_marrow: float
    tissues: MappingProxyType[Tissue, float]
    trapping_min: float
    clearance_min: float
    source: str


def _tissues(
    soft: float, fat: float, kidney: float, bladder: float, brain: float
) -> MappingProxyType[Tissue, float]:
    return MappingProxyType({
        Tissue.SOFT: soft, Tissue.FAT: fat, Tissue.DISC: 0.8 * soft, Tissue.CORD: 1.6 * soft, Tissue.CSF: 0.4 * soft,
        Tissue.KIDNEY: kidney, Tissue.BLADDER: bladder, Tissue.BRAIN: brain, Tissue.LUNG: 0.6 * soft,
    })  # fmt: skip


TRACERS: Final = MappingProxyType({
    "FDG": Tracer(
        name="FDG", half_life_min=109.77, positrons=0.967, range_fwhm_mm=0.5, time_min=60.0,
        bone=0.0, tumor=_FDG_TUMOR, reactive=0.10, red_marrow=2.2, yellow_marrow=0.5,
        tissues=_tissues(soft=0.8, fat=0.3, kidney=2.5, bladder=15.0, brain=9.0), trapping_min=60.0, clearance_min=120.0,
        source="tumor calibrated to SUV 6.8 of lytic breast lesions, Cook 1998, J Clin Oncol 16: 3375 (recalled); "
        "the rest chosen, usual values",
    ),
    "NaF": Tracer(
        name="NaF", half_life_min=109.77, positrons=0.967, range_fwhm_mm=0.5, time_min=60.0,
        bone=_NAF_BONE, tumor=0.4, reactive=0.0, red_marrow=0.6, yellow_marrow=0.3,
        tissues=_tissues(soft=0.6, fat=0.2, kidney=3.0, bladder=18.0, brain=0.2), trapping_min=15.0, clearance_min=40.0,
        source="bone calibrated to SUVmax 25.9 (SD 16.6) of metastases, Sabbah 2015, Clin Nucl Med 40: e228; "
        "the rest chosen, usual values",
    ),
    "PSMA": Tracer(
        name="PSMA", half_life_min=67.71, positrons=0.889, range_fwhm_mm=2.4, time_min=60.0,
        bone=0.0, tumor=_PSMA_TUMOR, reactive=0.12, red_marrow=0.9, yellow_marrow=0.4,
        tissues=_tissues(soft=0.6, fat=0.3, kidney=_PSMA_KIDNEY, bladder=30.0, brain=0.2), trapping_min=50.0, clearance_min=60.0,
        source="kidney, and tumor calibrated to SUVmax 15.9 (SD 15.9) of bone lesions: Kurash 2020, Sci Rep 10: 3109; "
        "the rest chosen, usual values",
    ),
})  # fmt: skip
"""Tracers by name; PSMA is gallium-68 PSMA-11."""


def tracer(name: str) -> Tracer:
    """Return a tracer.

    Parameters
    ----------
    name : str
        One of `TRACERS`.

    Returns
    -------
    tracer : Tracer
        Its numbers.

    Raises
    ------
    ParameterError
        If there is none of that name.
    """
    if name not in TRACERS:
        message = f"there is no tracer “{name}”; choose one of {', '.join(TRACERS)}"
        raise ParameterError(message)
    return TRACERS[name]


def uptake_factors(name: str, time_min: float) -> tuple[float, float]:
    """Return how bound and unbound uptake at a time compare with those at the usual time.

    Parameters
    ----------
    name : str
        Tracer.
    time_min : float
        Time from injection to scan [min], in [0, 300].

    Returns
    -------
    bound, unbound : float
        Factors of the SUVs; 1 at the usual time.

    Raises
    ------
    ParameterError
        If the tracer is unknown or the time outside its range.

    Notes
    -----
    ``(1 - exp(-t/tau)) / (1 - exp(-t0/tau))`` and ``2 ** (-(t - t0)/h)``; tau and h are chosen so that lesions gain
    about a fifth from 60 to 120 min.
    """
    one, t = tracer(name), require_in_range("time_min", time_min, 0.0, 300.0, "min")
    bound = (1.0 - np.exp(-t / one.trapping_min)) / (1.0 - np.exp(-one.time_min / one.trapping_min))
    unbound = 2 ** (-(t - one.time_min) / one.clearance_min)
    return float(bound), float(unbound)
