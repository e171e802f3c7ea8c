"""Says what the vicious cycle shows."""

from __future__ import annotations

from bonemets_teach.scenes._vicious_cycle_result import MONTHS, ViciousResult, fold

__all__ = ["describe"]


def describe(result: ViciousResult, numbers: dict[str, float]) -> str:
    """Say in words what the picture shows.

    Parameters
    ----------
    result : ViciousResult
        A computed state.
    numbers : dict of str to float
        The scene's quantities of it.

    Returns
    -------
    text : str
        A few sentences with numbers and units.
    """
    n = numbers
    now = (
        f"Month {result.month:g}: tumor fills {n['tumor_percent']:.0f} % of the marrow space, "
        f"osteoclasts are at {fold(n['osteoclast_ratio'])} and osteoblasts at "
        f"{fold(n['osteoblast_ratio'])} times normal, "
        f"bone volume is {n['bone_percent']:.0f} % of the start."
    )
    loop = (
        f"In the loop, as multiples of normal: PTHrP signal {fold(n['pthrp_fold'])}, osteoblast "
        f"recruitment by the tumor {fold(n['recruitment_fold'])}, RANKL signal {fold(n['rankl_fold'])}, "
        f"resorption {fold(n['resorption_fold'])}, formation {fold(n['formation_fold'])}; bone supports "
        f"{n['growth_from_bone_percent']:.0f} % of tumor growth."
    )
    end = (
        f"At month {MONTHS} tumor is at {n['tumor_end_percent']:.0f} % and bone volume at "
        f"{n['bone_end_percent']:.0f} %: {_reading(n['bone_end_percent'])}; "
        f"{_half(n['tumor_half_month'])}."
    )
    return f"{now} {loop} {end}{_compared(result)}".replace("<", "less than")


def _reading(bone_percent: float) -> str:
    if bone_percent < 85.0:
        return "bone has been lost, a lytic picture"
    if bone_percent > 115.0:
        return "bone has been added, a blastic picture"
    return "hardly any net change"


def _half(month: float) -> str:
    if month >= MONTHS:
        return "the tumor does not fill half of the marrow space by then"
    return f"the tumor filled half of the marrow space in month {month:.1f}"


def _compared(result: ViciousResult) -> str:
    if not result.is_changed:
        return ""
    other = result.untouched
    return (
        f" With usual feedback and no block, month {MONTHS} would show tumor at "
        f"{100 * other.tumor[-1]:.0f} % and bone volume at {100 * other.bone_volume[-1]:.0f} %."
    )
