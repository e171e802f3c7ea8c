"""Turns schedules into what the compiled tumor-bone model meets at each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology._drug_kernel import denosumab_amounts, zoledronate_amounts
from bonemets_teach.biology._lpt_kernel import Exposure
from bonemets_teach.biology.denosumab_kinetics import doses_by_step
from bonemets_teach.biology.lemaire2004_constants import LEMAIRE_2004
from bonemets_teach.biology.lpt_dosing import TumorKill
from bonemets_teach.biology.lpt_drug_constants import DRUGS
from bonemets_teach.biology.lpt_settings import Treatment

__all__ = ["Levels", "drug_levels", "exposure", "ligand_of"]

_NM_PER_MG_PER_L: Final = 1000.0 / DRUGS.molar_mass
_Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Drugs after the dose of each moment: serum denosumab [ug/mL] and zoledronate on bone [mg]."""

    denosumab: _Array
    denosumab_doses: _Array
    zoledronate: _Array
    zoledronate_doses: _Array


def drug_levels(treatment: Treatment, steps: int, h: float) -> Levels:
    """Return drug levels at the steps, each of shape (steps + 1,); zeros where a drug is not given."""
    denosumab = doses_by_step(treatment.denosumab, steps, h)
    zoledronate = doses_by_step(treatment.zoledronate, steps, h)
    return Levels(
        denosumab=denosumab_amounts(denosumab, h, DRUGS)[:, 1] / DRUGS.central_volume,
        denosumab_doses=denosumab,
        zoledronate=zoledronate_amounts(zoledronate, h, DRUGS),
        zoledronate_doses=zoledronate,
    )


def ligand_of(denosumab: _Array) -> _Array:
    """Return the production of OPG [pM/d] that holds as much RANKL as this serum level [ug/mL]."""
    p = LEMAIRE_2004
    return denosumab * _NM_PER_MG_PER_L / DRUGS.K_d * p.k2 * p.k_O / p.k1


def exposure(treatment: Treatment, levels: Levels, h: float) -> Exposure:
    """Return drugs and kill by step."""
    steps = len(levels.denosumab) - 1
    ligand = ligand_of(levels.denosumab)
    # A dose under the skin reaches blood later; one into the vein acts at once, so the step before ends without it.
    faster = _faster_death(levels.zoledronate)
    before = _faster_death(np.maximum(0.0, levels.zoledronate - levels.zoledronate_doses))
    kill = np.zeros(steps)
    standing = (
        ()
        if treatment.kill_start_d is None
        else (TumorKill(per_day=treatment.kill_per_day, start_d=treatment.kill_start_d),)
    )
    for part in (*standing, *treatment.kills):
        kill += part.per_day * _share_of_steps(part, steps, h)
    return Exposure(
        step=float(h),
        ligand=np.column_stack((ligand[:-1], ligand[1:])),
        death=np.column_stack((faster[:-1], before[1:])),
        kill=kill,
    )


def _faster_death(zoledronate: _Array) -> _Array:
    return np.asarray(DRUGS.max_death * zoledronate / (DRUGS.half_death + zoledronate))


def _share_of_steps(part: TumorKill, steps: int, h: float) -> _Array:
    """Return the share of each step in which a kill is on, so that its total does not depend on the step."""
    begin = np.arange(steps) * h
    stop = np.inf if part.stop_d is None else float(part.stop_d)
    share = (np.minimum(begin + h, stop) - np.maximum(begin, float(part.start_d))) / h
    return np.asarray(np.clip(share, 0.0, 1.0))
