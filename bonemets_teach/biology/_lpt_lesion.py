"""Turns settings of a lesion into the plain floats of the compiled code."""

from __future__ import annotations

import math

from bonemets_teach.biology._lpt_kernel import LesionFloats, rankl_occupancy
from bonemets_teach.biology.lemaire2004 import steady_state
from bonemets_teach.biology.lemaire2004_constants import LEMAIRE_2004
from bonemets_teach.biology.lpt_constants import LPT, phenotype_parameters
from bonemets_teach.biology.lpt_drug_constants import DRUGS
from bonemets_teach.biology.lpt_settings import Site, Treatment, Tumor

__all__ = ["lesion_floats"]


def lesion_floats(phenotype: float, tumor: Tumor, treatment: Treatment, site: Site) -> LesionFloats:
    """Collect what compiled code needs to know about a lesion.

    Parameters
    ----------
    phenotype : float
        q, 0 (lytic) to 1 (blastic).
    tumor, treatment, site : Tumor, Treatment, Site
        Settings.

    Returns
    -------
    floats : LesionFloats
        Plain floats.
    """
    secreted = phenotype_parameters(phenotype)
    rest = steady_state()
    never = math.inf
    return LesionFloats(
        s_P=secreted.pthrp,
        w=secreted.recruitment,
        d=secreted.recruitment_block,
        nu=secreted.osteoblastic_share,
        gamma=float(tumor.growth_per_day),
        theta=float(tumor.bone_independent_share),
        kappa=LPT.kappa,
        m=LPT.m,
        sigma=LPT.sigma,
        depletion=LPT.depletion,
        tau=float(site.turnover_per_year),
        bone_fraction=float(site.bone_fraction),
        R0=rest.responding_osteoblast,
        B0=rest.osteoblast,
        C0=rest.osteoclast,
        pi_L0=float(rankl_occupancy(rest.responding_osteoblast, rest.osteoblast, 0.0, 0.0, LEMAIRE_2004)),
        block=float(treatment.rankl_block),
        block_start=never if treatment.rankl_block_start_d is None else float(treatment.rankl_block_start_d),
        pool_gain=DRUGS.pool_gain,
        pool_time=DRUGS.pool_time,
    )
