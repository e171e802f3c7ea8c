"""The tumor-bone model: a tumor of any phenotype on the bone cells of Lemaire 2004.

========  ==============================================================
symbol    meaning
========  ==============================================================
R, B, C   responding osteoblasts, active osteoblasts, osteoclasts [pM]
V         bone volume relative to the start
T         tumor as a fraction of the marrow space, 0 to 1
W         recruitment (1+w T)/(1+d T) (1 + m max(0, 1-V)); dR/dt = D_R pi_C W - D_B R/pi_C
I_P       PTHrP of the tumor, s_P T [pM/d], acts on the PTH receptor
P         pool of osteoclast precursors, 1 without denosumab; dC/dt = D_C pi_L P - (...)
u         share of RANKL that denosumab holds; dP/dt = (1 + a u - P) / t_P
Z         zoledronate on bone [mg]; osteoclasts die 1 + 8 Z/(2+Z) times as fast
F, H      resorption and formation, s(V) C/C0 (with depletion) and s(V) B/B0; dV/dt = tau (H-F)
G(x)      growth support (1+kappa) x/(kappa+x)
drive     theta + (1-theta) ((1-nu) G(F) + nu G(H)); dT/dt = gamma drive T ln(1/T) - kill T
========  ==============================================================
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology._lpt_exposure import drug_levels, exposure
from bonemets_teach.biology._lpt_kernel import integrate
from bonemets_teach.biology._lpt_lesion import lesion_floats
from bonemets_teach.biology._lpt_quasi_steady import QuasiSteady, quasi_steady
from bonemets_teach.biology.lemaire2004_constants import LEMAIRE_2004
from bonemets_teach.biology.lpt_settings import Site, Treatment, Tumor
from bonemets_teach.errors import require_in_range

__all__ = ["LptTrajectory", "QuasiSteady", "Site", "Treatment", "Tumor", "quasi_steady", "simulate"]

_STEP_D: Final = 0.1  # same to six digits as 0.05 d
_LONGEST_D: Final = 7300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LptTrajectory:
    """Cells, bone and tumor over time.

    Parameters
    ----------
    time_d : ndarray of shape (time,)
        Days from the first tumor cells.
    responding_osteoblast, osteoblast, osteoclast : ndarray of shape (time,)
        Cells [pM].
    osteoblast_ratio, osteoclast_ratio : ndarray of shape (time,)
        Active osteoblasts and osteoclasts relative to healthy bone.
    bone_volume : ndarray of shape (time,)
        Bone volume relative to the start.
    tumor : ndarray of shape (time,)
        Tumor as a fraction of the marrow space, 0 to 1.
    precursor_ratio : ndarray of shape (time,)
        Osteoclast precursors relative to healthy bone; 1 unless denosumab is given.
    denosumab_ug_per_ml : ndarray of shape (time,)
        Level in serum [ug/mL].
    zoledronate_mg : ndarray of shape (time,)
        Active amount on bone [mg].
    """

    time_d: npt.NDArray[np.float64]
    responding_osteoblast: npt.NDArray[np.float64]
    osteoblast: npt.NDArray[np.float64]
    osteoclast: npt.NDArray[np.float64]
    osteoblast_ratio: npt.NDArray[np.float64]
    osteoclast_ratio: npt.NDArray[np.float64]
    bone_volume: npt.NDArray[np.float64]
    tumor: npt.NDArray[np.float64]
    precursor_ratio: npt.NDArray[np.float64]
    denosumab_ug_per_ml: npt.NDArray[np.float64]
    zoledronate_mg: npt.NDArray[np.float64]


def simulate(
    phenotype: float,
    days: float,
    *,
    tumor: Tumor | None = None,
    treatment: Treatment | None = None,
    site: Site | None = None,
) -> LptTrajectory:
    """Follow one lesion from its first cells.

    Parameters
    ----------
    phenotype : float
        q, from 0 (lytic) over about 0.45 (mixed) to 1 (blastic).
    days : float
        How long [d], in [1, 7300].
    tumor : Tumor or None, default None
        Growth of the tumor; None takes the defaults of `Tumor`.
    treatment : Treatment or None, default None
        Drugs on bone and tumor kill; None is no treatment.
    site : Site or None, default None
        Turnover and amount of bone; None is trabecular bone.

    Returns
    -------
    trajectory : LptTrajectory
        Sampled about once a day, with the first day 0 and the last ``days``.

    Raises
    ------
    ParameterError
        If a value is outside its range.

    Notes
    -----
    Fourth-order Runge-Kutta with steps of 0.1 d; doses are given at the nearest step. Published: all
    constants of Lemaire 2004, the surface polynomial of Martin 1984, Gompertz growth (Ayati 2010), the kinetics
    of denosumab and which cell acts on which. Calibrated for teaching: the strength of every action of
    the tumor, see `LPT_CONSTANTS`, and of every drug, see `DRUG_CONSTANTS`. A pool of precursors that varies is
    the way in which [4]_ made a model of bone cells rebound; the equation here is the smallest that
    does it, its two numbers are calibrated, and without denosumab it changes nothing. Left out: any place in space,
    immune cells, vessels and osteocytes.

    Where the drugs go wrong. Denosumab slows the tumor far more than in patients (overall survival hazard
    ratio 0.98, Peddi 2013). On 120 mg CTX falls by 90 % and stays there, uNTX in trials by 73 to 75 % (Lipton
    2008). The rebound starts within a month and is highest in the second; in patients it builds up over
    half a year. It grows with the length of treatment over two years only, and whether more precursors, reawakened
    osteomorphs or less OPG make it is not known. One effective binding constant serves both regimens, far
    below the one in vitro. Bone gains a tenth on denosumab and no more in later years, when patients still gain.
    Zoledronate alone slows lytic loss too little, as its action saturates; so every 12 weeks does nearly what
    every 4 weeks does, which agrees with the trial (Himelstein 2017). A tumor never turns resistant to a kill.

    References
    ----------
    .. [1] Lemaire V, et al. J Theor Biol 2004; 229: 293-309. doi:10.1016/j.jtbi.2004.03.023
    .. [2] Ayati BP, et al. Biol Direct 2010; 5: 28. doi:10.1186/1745-6150-5-28
    .. [3] Martin RB. Crit Rev Biomed Eng 1984; 10: 179-222.
    .. [4] Martinez-Reina J, et al. Front Bioeng Biotechnol 2022; 10: 886579. doi:10.3389/fbioe.2022.886579
    """
    days = require_in_range("days", days, 1.0, _LONGEST_D, "d")
    tumor = tumor or Tumor()
    treatment = treatment or Treatment()
    floats = lesion_floats(phenotype, tumor, treatment, site or Site())
    samples = math.ceil(days)
    steps = round(1.0 / _STEP_D)
    h = days / (samples * steps)
    levels = drug_levels(treatment, samples * steps, h)
    start = (floats.R0, floats.B0, floats.C0, 1.0, float(tumor.seed_fraction), 1.0)
    states = integrate(start, samples, steps, LEMAIRE_2004, floats, exposure(treatment, levels, h))
    return LptTrajectory(
        time_d=np.linspace(0.0, days, samples + 1),
        responding_osteoblast=states[:, 0],
        osteoblast=states[:, 1],
        osteoclast=states[:, 2],
        osteoblast_ratio=states[:, 1] / floats.B0,
        osteoclast_ratio=states[:, 2] / floats.C0,
        bone_volume=states[:, 3],
        tumor=states[:, 4],
        precursor_ratio=states[:, 5],
        denosumab_ug_per_ml=levels.denosumab[::steps],
        zoledronate_mg=levels.zoledronate[::steps],
    )
