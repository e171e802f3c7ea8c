"""Where a technetium-99m diphosphonate is at a time after injection: bone, soft tissue, kidneys, bladder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bonemets_teach.errors import require_in_range

__all__ = [
    "HALF_LIFE_H", "NORMAL_BONE_SUV", "BoneTracer", "TissueSuv", "bone_tracer", "decay_factor", "tissue_suv",
]  # fmt: skip

HALF_LIFE_H: Final = 6.0072
"""Half-life of technetium-99m [h]; published, ENSDF."""
NORMAL_BONE_SUV: Final = 5.0
"""SUV of healthy vertebral cancellous bone 3 h after injection; calibrated to SUVmax 7.1 of vertebrae and to the share of bone."""
_FAST_H: Final = 1.0
_SLOW_H: Final = 44.0
_SLOW_SHARE: Final = 0.31 / 2 ** (-24.0 / _SLOW_H)
_SOFT_SLOW: Final = 0.12
_UPTAKE_H: Final = 0.25
_TRANSIT_H: Final = 0.12
_KIDNEY_KEPT: Final = 0.006
_RESIDUAL_URINE: Final = 0.05
_SOFT_MASS: Final = 0.80
_KIDNEY_MASS: Final = 0.310 / 70.0
_BLADDER_MASS: Final = 0.150 / 70.0
_REFERENCE_H: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BoneTracer:
    """Shares of the injected activity, corrected for decay; with what was voided they add up to 1.

    Parameters
    ----------
    bone, soft, kidney, bladder : float
        Shares in skeleton, soft tissue with blood, both kidneys, and the bladder.
    excreted : float
        Share in urine since the injection, that in the bladder included.
    """

    bone: float
    soft: float
    kidney: float
    bladder: float
    excreted: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TissueSuv:
    """Standardized uptake of each tissue, corrected for decay.

    Parameters
    ----------
    bone : float
        SUV of bone with a relative uptake of 1.
    soft, kidney, bladder : float
        SUV of soft tissue, kidney and urine.
    """

    bone: float
    soft: float
    kidney: float
    bladder: float


def bone_tracer(time_h: float, *, demand: float = 1.0, since_void_h: float = 0.25) -> BoneTracer:
    """Return where the tracer is.

    Parameters
    ----------
    time_h : float
        Time after injection [h], in [0, 48].
    demand : float, default 1
        Uptake that the whole skeleton asks for, relative to a healthy one, in [0, 1000].
    since_void_h : float, default 0.25
        Time since the bladder was emptied [h], in [0, 24].

    Returns
    -------
    tracer : BoneTracer
        Shares of the injected activity.

    Raises
    ------
    ParameterError
        If a value is outside its range.

    Notes
    -----
    Whole-body retention of MDP is 31 % after 24 h and falls with half-times of 1 h and 44 h [1]_. Bone takes up with a
    half-time of 15 min [2]_. Calibrated: 0.12 of the injected activity stays in soft tissue. Bone, kidney and soft
    tissue share one pool, so a skeleton that asks for d times as much gets ``F d / (F d + 1 - F)`` instead of F and
    everything else gets less: the superscan. Kidneys hold what they excrete in 7 min (chosen) and 0.6 % (calibrated).

    References
    ----------
    .. [1] Whole body and regional retention of Tc-99m-labeled diphosphonates with a whole-body counter. Calcif Tissue
       Int 1989; 44: 322-329. doi:10.1007/BF02556311
    .. [2] ICRP Publication 53 (1988), technetium-labeled phosphates and phosphonates.
    """
    t = require_in_range("time_h", time_h, 0.0, 48.0, "h")
    d = require_in_range("demand", demand, 0.0, 1000.0)
    void = min(require_in_range("since_void_h", since_void_h, 0.0, 24.0, "h"), t)
    in_bone = _SLOW_SHARE - _SOFT_SLOW
    caught = in_bone * d / (in_bone * d + 1.0 - in_bone)
    rest = (1.0 - caught) / (1.0 - in_bone)
    out = (1.0 - _SLOW_SHARE) * rest
    bone = caught * (1.0 - 2 ** (-t / _UPTAKE_H)) * 2 ** (-t / _SLOW_H)
    soft = (
        caught * 2 ** (-t / _UPTAKE_H) + out * 2 ** (-t / _FAST_H) + _SOFT_SLOW * rest * 2 ** (-t / _SLOW_H)
    )
    excreted = max(1.0 - bone - soft, 0.0)
    recent = excreted - _excreted_before(t - void, caught, rest)
    kidney = min(
        excreted, out * 2 ** (-t / _FAST_H) * (2 ** (_TRANSIT_H / _FAST_H) - 1.0) + _KIDNEY_KEPT * rest
    )
    bladder = max(recent + _RESIDUAL_URINE * (excreted - recent) - kidney, 0.0)
    return BoneTracer(bone=bone, soft=soft, kidney=kidney, bladder=bladder, excreted=excreted - kidney)


def tissue_suv(time_h: float, *, demand: float = 1.0, since_void_h: float = 0.25) -> TissueSuv:
    """Return the standardized uptake of each tissue.

    Parameters
    ----------
    time_h, demand, since_void_h : float
        As in `bone_tracer`.

    Returns
    -------
    suv : TissueSuv
        ``share / (mass of the tissue / body mass)``; bone is tied to 5 at 3 h in health.

    Notes
    -----
    Soft tissue is 80 % of the body, kidneys 310 g and urine 150 g of 70 kg (chosen).
    """
    now = bone_tracer(time_h, demand=demand, since_void_h=since_void_h)
    per_demand = now.bone / demand if demand > 0 else bone_tracer(time_h, demand=1e-6).bone / 1e-6
    return TissueSuv(
        bone=NORMAL_BONE_SUV * per_demand / bone_tracer(_REFERENCE_H).bone,
        soft=now.soft / _SOFT_MASS,
        kidney=now.kidney / _KIDNEY_MASS + now.soft / _SOFT_MASS,
        bladder=now.bladder / _BLADDER_MASS,
    )


def decay_factor(time_h: float) -> float:
    """Return the share of technetium-99m that is left.

    Parameters
    ----------
    time_h : float
        Time [h], in [0, 48].

    Returns
    -------
    share : float
        ``2 ** (-time_h / 6.0072)``.
    """
    return float(2 ** (-require_in_range("time_h", time_h, 0.0, 48.0, "h") / HALF_LIFE_H))


def _excreted_before(t: float, caught: float, rest: float) -> float:
    if t <= 0:
        return 0.0
    fast, out = 2 ** (-t / _UPTAKE_H), (1.0 - _SLOW_SHARE) * rest
    bone = caught * (1.0 - fast) * 2 ** (-t / _SLOW_H)
    soft = caught * fast + out * 2 ** (-t / _FAST_H) + _SOFT_SLOW * rest * 2 ** (-t / _SLOW_H)
    return max(1.0 - bone - soft, 0.0)
