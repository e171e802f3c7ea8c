"""Markers of bone turnover that a trajectory of the tumor-bone model implies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology._lpt_kernel import specific_surface
from bonemets_teach.biology.lpt import LptTrajectory
from bonemets_teach.biology.lpt_constants import LPT
from bonemets_teach.biology.lpt_settings import Site

__all__ = ["LptMarkers", "markers"]

# Calibrated: what is left of a marker when the cell behind it is gone.
_FLOOR: Final = 0.10
# Chosen: bone ALP follows osteoblasts late, for it is made by mature ones and stays for days.
_ALP_LAG_D: Final = 14.0

_Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LptMarkers:
    """Markers over time, 1 in healthy bone, as if all of the skeleton were this lesion.

    Parameters
    ----------
    ctx, ntx : ndarray of shape (time,)
        Collagen fragments that resorption frees: CTX in serum, NTX in urine per creatinine; equal here.
    p1np : ndarray of shape (time,)
        Collagen propeptide of osteoblasts at work.
    bone_alp : ndarray of shape (time,)
        Bone alkaline phosphatase; follows osteoblasts with a lag of 14 d.
    """

    ctx: _Array
    ntx: _Array
    p1np: _Array
    bone_alp: _Array


def markers(trajectory: LptTrajectory, site: Site | None = None) -> LptMarkers:
    """Turn cells and bone of a trajectory into markers.

    Parameters
    ----------
    trajectory : LptTrajectory
        From `lpt.simulate`.
    site : Site or None, default None
        As given to `lpt.simulate`.

    Returns
    -------
    markers : LptMarkers
        One value for each sample of the trajectory.

    Notes
    -----
    CTX and NTX are 0.1 + 0.9 F with the resorption F, P1NP is 0.1 + 0.9 B/B0, and bone ALP relaxes to B/B0
    within 14 d. The share of 0.1 is calibrated: the model without it falls to zero under denosumab, trials
    do not. Left out: the rest of the skeleton, liver ALP, meals, time of day and kidney function. One lesion changes a patient's markers
    by far less than shown.
    """
    fraction = float((site or Site()).bone_fraction)
    volume = trajectory.bone_volume
    porosity = np.clip(1.0 - fraction * volume, 0.0, 1.0)
    surface = specific_surface.py_func(porosity) / specific_surface.py_func(1.0 - fraction)
    bone_left = (1.0 + LPT.depletion) * volume / (volume + LPT.depletion)
    fragments = _FLOOR + (1.0 - _FLOOR) * surface * bone_left * trajectory.osteoclast_ratio
    return LptMarkers(
        ctx=fragments,
        ntx=fragments.copy(),
        p1np=_FLOOR + (1.0 - _FLOOR) * trajectory.osteoblast_ratio,
        bone_alp=_lagged(trajectory.time_d, trajectory.osteoblast_ratio, _ALP_LAG_D),
    )


def _lagged(time: _Array, source: _Array, lag: float) -> _Array:
    """Return dA/dt = (source - A) / lag, exact for a source that is linear between samples."""
    out = np.empty_like(source)
    step = float(time[1] - time[0])
    kept = np.exp(-step / lag)
    ramp = 1.0 - lag / step * (1.0 - kept)
    change = np.diff(source)
    value = out[0] = float(source[0])
    for i, (before, rise) in enumerate(zip(source[:-1].tolist(), change.tolist(), strict=True)):
        value = before + (value - before) * kept + rise * ramp
        out[i + 1] = value
    return out
