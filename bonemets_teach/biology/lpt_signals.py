"""The messages between tumor, cells and bone that a trajectory of the tumor-bone model implies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology._lpt_exposure import ligand_of
from bonemets_teach.biology._lpt_kernel import rankl_occupancy, specific_surface
from bonemets_teach.biology._lpt_lesion import lesion_floats
from bonemets_teach.biology.lemaire2004_constants import LEMAIRE_2004
from bonemets_teach.biology.lpt import LptTrajectory
from bonemets_teach.biology.lpt_settings import Site, Treatment, Tumor

__all__ = ["LptSignals", "signals"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LptSignals:
    """Strength of each message over time; 1 is healthy bone.

    Parameters
    ----------
    pthrp : ndarray of shape (time,)
        Occupied PTH receptors on osteoblasts (PTHrP of the tumor and PTH).
    recruitment : ndarray of shape (time,)
        Recruitment of osteoblasts that the tumor causes (Wnt, endothelin-1, BMP) or blocks (DKK-1).
    rankl : ndarray of shape (time,)
        RANK occupied by RANKL on osteoclast precursors.
    resorption, formation : ndarray of shape (time,)
        Bone removed and made a day.
    growth_support : ndarray of shape (time,)
        Growth drive of the tumor, of which ``from_bone`` comes from bone.
    from_bone : ndarray of shape (time,)
        Part of ``growth_support`` that bone gives back; in healthy bone 1 - theta.
    """

    pthrp: npt.NDArray[np.float64]
    recruitment: npt.NDArray[np.float64]
    rankl: npt.NDArray[np.float64]
    resorption: npt.NDArray[np.float64]
    formation: npt.NDArray[np.float64]
    growth_support: npt.NDArray[np.float64]
    from_bone: npt.NDArray[np.float64]


def signals(
    trajectory: LptTrajectory,
    phenotype: float,
    *,
    tumor: Tumor | None = None,
    treatment: Treatment | None = None,
    site: Site | None = None,
) -> LptSignals:
    """Compute the messages of a trajectory; the arguments must be those it was simulated with.

    Parameters
    ----------
    trajectory : LptTrajectory
        From `lpt.simulate`.
    phenotype : float
        q, 0 (lytic) to 1 (blastic).
    tumor, treatment, site : Tumor, Treatment, Site or None
        As given to `lpt.simulate`.

    Returns
    -------
    signals : LptSignals
        One value for each sample of the trajectory.

    Raises
    ------
    ParameterError
        If ``phenotype`` is outside [0, 1].

    Notes
    -----
    The equations of `biology.lpt`, evaluated once more.
    """
    p, q = LEMAIRE_2004, lesion_floats(phenotype, tumor or Tumor(), treatment or Treatment(), site or Site())
    mass, volume = trajectory.tumor, trajectory.bone_volume
    pth_free = q.s_P * mass / p.k_P
    occupied = (pth_free + p.S_P / p.k_P) / (pth_free + p.k6 / p.k5)
    block = np.where(trajectory.time_d >= q.block_start, q.block, 0.0) + ligand_of(
        trajectory.denosumab_ug_per_ml
    )
    bound = rankl_occupancy.py_func(
        trajectory.responding_osteoblast, trajectory.osteoblast, q.s_P * mass, block, p
    )
    porosity = np.clip(1.0 - q.bone_fraction * volume, 0.0, 1.0)
    surface = specific_surface.py_func(porosity) / specific_surface.py_func(1.0 - q.bone_fraction)
    resorption = surface * (1.0 + q.depletion) * volume / (volume + q.depletion) * trajectory.osteoclast_ratio
    formation = surface * trajectory.osteoblast_ratio
    from_resorption = (1.0 + q.kappa) * resorption / (q.kappa + resorption)
    from_formation = (1.0 + q.kappa) * formation / (q.kappa + formation)
    from_bone = (1.0 - q.theta) * ((1.0 - q.nu) * from_resorption + q.nu * from_formation)
    return LptSignals(
        pthrp=occupied / ((p.S_P / p.k_P) / (p.k6 / p.k5)),
        recruitment=(1.0 + q.w * mass) / (1.0 + q.d * mass),
        rankl=bound / q.pi_L0,
        resorption=resorption,
        formation=formation,
        growth_support=q.theta + from_bone,
        from_bone=from_bone,
    )
