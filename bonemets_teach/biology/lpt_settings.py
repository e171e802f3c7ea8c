"""Settings of the tumor-bone model: the tumor, the treatment, the site."""

from __future__ import annotations

from dataclasses import dataclass

from bonemets_teach.biology.lpt_constants import LPT
from bonemets_teach.biology.lpt_dosing import Denosumab, TumorKill, Zoledronate
from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["Site", "Treatment", "Tumor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tumor:
    """How a tumor starts and grows.

    Parameters
    ----------
    seed_fraction : float, default 0.001
        Tumor fraction of the marrow space at the start, in [0, 1]; 0 is healthy bone.
    growth_per_day : float, default 0.008
        gamma: Gompertz rate at normal turnover [1/d], in [0, 0.1].
    bone_independent_share : float, default 0.3
        theta: share of growth that needs nothing from bone, in [0, 1]; 1 switches the vicious cycle off.

    Raises
    ------
    ParameterError
        If a value is outside its range.
    """

    seed_fraction: float = LPT.seed
    growth_per_day: float = LPT.gamma
    bone_independent_share: float = LPT.theta

    def __post_init__(self) -> None:
        require_in_range("seed_fraction", self.seed_fraction, 0.0, 1.0)
        require_in_range("growth_per_day", self.growth_per_day, 0.0, 0.1, "1/d")
        require_in_range("bone_independent_share", self.bone_independent_share, 0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What is done about the lesion: standing block and kill, courses of drugs, and kills that end.

    Parameters
    ----------
    rankl_block : float, default 0
        I_O: OPG-like ligand that keeps RANKL from RANK [pM/d], in [0, 1e8].
    rankl_block_start_d : float or None, default None
        First day of the block [d], in [0, 7300]; None is never.
    kill_per_day : float, default 0
        Fraction of the tumor killed a day by radiotherapy or drugs [1/d], in [0, 1].
    kill_start_d : float or None, default None
        First day of killing [d], in [0, 7300]; None is never.
    denosumab : tuple of Denosumab, default ()
        Courses of denosumab, in any order.
    zoledronate : tuple of Zoledronate, default ()
        Courses of zoledronate, in any order.
    kills : tuple of TumorKill, default ()
        Further kills, for example `radiotherapy`; where they overlap their rates add up.

    Raises
    ------
    ParameterError
        If a value is outside its range.

    Notes
    -----
    ``rankl_block`` is a constant without kinetics that never ends; precursors do not pile up under it.
    """

    rankl_block: float = 0.0
    rankl_block_start_d: float | None = None
    kill_per_day: float = 0.0
    kill_start_d: float | None = None
    denosumab: tuple[Denosumab, ...] = ()
    zoledronate: tuple[Zoledronate, ...] = ()
    kills: tuple[TumorKill, ...] = ()

    def __post_init__(self) -> None:
        require_in_range("rankl_block", self.rankl_block, 0.0, 1e8, "pM/d")
        require_in_range("kill_per_day", self.kill_per_day, 0.0, 1.0, "1/d")
        for name in ("rankl_block_start_d", "kill_start_d"):
            day = getattr(self, name)
            if day is not None:
                require_in_range(name, day, 0.0, 7300.0, "d")
        for name, kind in (("denosumab", Denosumab), ("zoledronate", Zoledronate), ("kills", TumorKill)):
            courses = getattr(self, name)
            if not isinstance(courses, tuple) or not all(isinstance(course, kind) for course in courses):
                message = f"{name} = {courses!r} is not a tuple of {kind.__name__}"
                raise ParameterError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The bone in which the lesion sits.

    Parameters
    ----------
    turnover_per_year : float, default 0.25
        tau: part of the bone renewed in a year [1/year], in [0, 1]; about 0.03 in cortex.
    bone_fraction : float, default 0.20
        Bone volume fraction at the start, in [0.02, 0.95].

    Raises
    ------
    ParameterError
        If a value is outside its range.
    """

    turnover_per_year: float = LPT.tau
    bone_fraction: float = LPT.bone_fraction

    def __post_init__(self) -> None:
        require_in_range("turnover_per_year", self.turnover_per_year, 0.0, 1.0, "1/year")
        require_in_range("bone_fraction", self.bone_fraction, 0.02, 0.95)
