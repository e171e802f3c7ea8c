"""The planar bone scan: both views of a whole body or of a part, in counts with their noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import require_in_range
from bonemets_teach.imaging._planar_projector import refine
from bonemets_teach.imaging._planar_views import Head, lesion_views, scattered, tissue_views
from bonemets_teach.imaging.bone_uptake import skeletal_demand
from bonemets_teach.imaging.bone_uptake_kinetics import TissueSuv, decay_factor, tissue_suv
from bonemets_teach.imaging.bone_uptake_sites import covers_skeleton
from bonemets_teach.imaging.collimator import CollimatorName, collimator

__all__ = ["BODY_MASS_G", "PlanarScan", "PlanarSettings", "expected_views", "planar_scan"]

_Array = npt.NDArray[np.float32]

BODY_MASS_G: Final = 70000.0
"""Body mass to which SUVs refer [g]; chosen."""
_FINEST_MM: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanarSettings:
    """How a planar bone scan is made; defaults are a usual whole-body scan (chosen).

    Parameters
    ----------
    collimator : {"LEHR", "LEGP", "LEUHR"}, default "LEHR"
        Collimator of both heads.
    activity_mbq : float, default 740
        Injected activity [MBq], in [0, 2000].
    time_h : float, default 3
        Time after injection [h], in [0, 24]; early it is the blood pool.
    seconds : float, default 200
        Time for which each point is seen [s], in [0, 3600]; 12 cm/min under a head of 40 cm is 200 s.
    total_counts : float or None, default None
        Stop at this number of expected counts in the anterior view, in [0, 1e8]; None counts for ``seconds``.
    gap_mm : float, default 25
        Air between body and collimator [mm], in [0, 400].
    since_void_h : float, default 0.25
        Time since the bladder was emptied [h], in [0, 24].
    scatter : bool, default True
        Whether scattered photons are counted; False is a teaching device.

    Raises
    ------
    ParameterError
        If a value is outside its range.
    """

    collimator: CollimatorName = "LEHR"
    activity_mbq: float = 740.0
    time_h: float = 3.0
    seconds: float = 200.0
    total_counts: float | None = None
    gap_mm: float = 25.0
    since_void_h: float = 0.25
    scatter: bool = True

    def __post_init__(self) -> None:
        collimator(self.collimator)
        require_in_range("activity_mbq", self.activity_mbq, 0, 2000, "MBq")
        require_in_range("time_h", self.time_h, 0, 24, "h")
        require_in_range("seconds", self.seconds, 0, 3600, "s")
        require_in_range("gap_mm", self.gap_mm, 0, 400, "mm")
        require_in_range("since_void_h", self.since_void_h, 0, 24, "h")
        if self.total_counts is not None:
            require_in_range("total_counts", self.total_counts, 0, 1e8)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlanarScan:
    """Two views and what is known about them.

    Parameters
    ----------
    anterior, posterior : ndarray of float32, shape (row, column)
        Counts. Anterior: the patient's right at the left. Posterior, as seen from behind: the right at the right.
    expected_anterior, expected_posterior : ndarray of float32, shape (row, column)
        The same without noise.
    pixel_mm : tuple of float
        Edge of a pixel along rows and columns [mm].
    suv : TissueSuv
        Uptake of healthy tissues at that time.
    demand : float
        What the skeleton asks for, relative to a healthy one.
    seconds : float
        Time for which each point was seen [s].
    settings : PlanarSettings
        How it was made.
    unit : str
        "counts".
    """

    anterior: _Array
    posterior: _Array
    expected_anterior: _Array
    expected_posterior: _Array
    pixel_mm: tuple[float, float]
    suv: TissueSuv
    demand: float
    seconds: float
    settings: PlanarSettings
    unit: str = "counts"

    def geometric_mean(self) -> _Array:
        """Return the root of anterior times posterior, in the anterior orientation.

        Returns
        -------
        mean : ndarray of float32, shape (row, column)
            Counts; the depth of a source drops out.
        """
        return np.asarray(np.sqrt(self.anterior * self.posterior[:, ::-1]), dtype=np.float32)


def expected_views(state: VoxelState, settings: PlanarSettings) -> tuple[_Array, TissueSuv, float]:
    """Return what both heads count in a second on average.

    Parameters
    ----------
    state : VoxelState
        A phantom with or without lesions.
    settings : PlanarSettings
        The time and the total are not used.

    Returns
    -------
    views : ndarray of float32, shape (2, Z, X)
        Anterior and posterior, both with the patient's right at the left [1/s].
    suv : TissueSuv
        Uptake of healthy tissues.
    demand : float
        What the skeleton asks for, relative to a healthy one.
    """
    head = Head(settings.collimator, float(settings.gap_mm))
    # Only a whole body says what the skeleton as a whole asks for.
    demand = skeletal_demand(state) if covers_skeleton(state.phantom) else 1.0
    suv = tissue_suv(settings.time_h, demand=demand, since_void_h=settings.since_void_h)
    tissues = tissue_views(state.phantom, head)
    uptake = np.array([suv.bone, suv.soft, suv.kidney, suv.bladder], dtype=np.float32)
    views = np.tensordot(tissues, uptake, axes=([1], [0])) + np.float32(suv.bone) * lesion_views(state, head)
    np.maximum(views, 0, out=views)
    if settings.scatter:
        views = views + np.stack([scattered(view, state.phantom.voxel_mm) for view in views])
    per_gram = settings.activity_mbq * decay_factor(settings.time_h) / BODY_MASS_G
    rate = np.float32(per_gram * collimator(settings.collimator).sensitivity_cps_per_mbq)
    return np.asarray(views * rate, dtype=np.float32), suv, demand


def planar_scan(
    state: VoxelState, settings: PlanarSettings | None = None, rng: np.random.Generator | None = None
) -> PlanarScan:
    """Make a planar bone scan.

    Parameters
    ----------
    state : VoxelState
        A phantom with or without lesions.
    settings : PlanarSettings, optional
        How it is made.
    rng : numpy.random.Generator, optional
        Source of the noise; seed 0 by default.

    Returns
    -------
    scan : PlanarScan
        Both views; all zero without activity, time or uptake.

    Notes
    -----
    ``counts = Poisson(sum over y of A exp(-mu depth), blurred by the FWHM of that depth, plus scatter)``. The healthy
    tissues are projected once for each phantom and head; time and activity only weigh them, lesions are added. Left
    out: motion of the patient, septal penetration, dead time, the shoulder of the injected vein.
    """
    settings = settings or PlanarSettings()
    rng = rng or np.random.default_rng(0)
    views, suv, demand = expected_views(state, settings)
    seconds = _seconds(float(views[0].sum(dtype=np.float64)), settings)
    factor = max(1, round(state.phantom.voxel_mm / _FINEST_MM + 0.4))
    front, back = (refine(view * np.float32(seconds), factor) for view in views)
    back = np.ascontiguousarray(back[:, ::-1])
    edge = state.phantom.voxel_mm / factor
    return PlanarScan(
        anterior=rng.poisson(front).astype(np.float32),
        posterior=rng.poisson(back).astype(np.float32),
        expected_anterior=front,
        expected_posterior=back,
        pixel_mm=(edge, edge),
        suv=suv,
        demand=demand,
        seconds=seconds,
        settings=settings,
    )


def _seconds(rate: float, settings: PlanarSettings) -> float:
    if settings.total_counts is None:
        return float(settings.seconds)
    return float(settings.total_counts) / rate if rate > 0 else 0.0
