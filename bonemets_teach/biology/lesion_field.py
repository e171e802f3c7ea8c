"""A metastasis that grows in a piece of bone, in two or three dimensions.

========  ==================================================================================
symbol    meaning
========  ==================================================================================
T         tumor as a fraction of the marrow space, 0..1
f         bone volume fraction, 0..1; f0 at the start, V = f / f0
C, B      osteoclast and osteoblast activity [times normal], of the tumor-bone model at rest
F, H      resorption s V/(V+0.05) 1.05 C and formation s B, s Martin's specific surface
D, g      spread 0.02 mm2/d and growth 0.02 /d (calibrated): front speed 2 sqrt(g D)
========  ==================================================================================

dT/dt = div(D grad T) + g (0.3 + 0.7 ((1-nu) G(F) + nu G(H))) T (1-T) inside bone and marrow, no flux
out of it; df/dt = turnover f0 (H - F).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology import _lesion_constants as constant
from bonemets_teach.biology._lesion_ground import as_region, as_volume, prepare, seed_voxel
from bonemets_teach.biology._lesion_kernels import (
    BARED_TURNOVER_PER_YEAR,
    Moving,
    resorption,
    run_month,
    settle,
)
from bonemets_teach.biology._lesion_settings import LesionSettings
from bonemets_teach.biology._lesion_snapshots import LesionCourse, LesionSnapshots, LesionState
from bonemets_teach.biology._lesion_tables import cell_tables
from bonemets_teach.errors import SolverError, require_in_range

__all__ = [
    "CORTICAL_TURNOVER_PER_YEAR", "TRABECULAR_TURNOVER_PER_YEAR", "LesionCourse", "LesionSettings",
    "LesionSnapshots",
    "LesionState", "front_speed", "grow", "warm_up",
]  # fmt: skip

#: Yearly renewal of cancellous bone and of cortex; published (ICRP 89, recalled).
TRABECULAR_TURNOVER_PER_YEAR: Final = BARED_TURNOVER_PER_YEAR
CORTICAL_TURNOVER_PER_YEAR: Final = 0.04
_MOST_TURNOVER: Final = 5.0
_INNER: Final = (slice(1, -1),) * 3


def grow(
    bone_fraction: npt.ArrayLike,
    turnover_per_year: npt.ArrayLike,
    settings: LesionSettings | None = None,
    *,
    region: npt.ArrayLike | None = None,
    start: npt.ArrayLike | None = None,
    progress: Callable[[float, str], None] | None = None,
    **fields: Any,
) -> LesionSnapshots:
    """Grow one metastasis from a seed.

    Parameters
    ----------
    bone_fraction : array_like, shape (row, column) or (z, y, x)
        Bone volume fraction before the tumor, 0..1.
    turnover_per_year : array_like of the same shape, or float
        Yearly renewal of the bone [1/year], 0..5: about 0.25 in cancellous bone, 0.03-0.05 in cortex.
    settings : LesionSettings or None
        The lesion; or give its fields by name (``phenotype=0.0, seed_index=(32, 32), voxel_mm=1.25``).
    region : array_like of bool of the same shape, or None
        Bone and marrow, where the tumor can be; None is everywhere.
    start : array_like of the same shape, float, or None
        Tumor fraction at the start, 0..1, in place of the few cells around the seed.
    progress : callable or None
        Called after each month with the share done, 0..1, and words.
    **fields
        Fields of `LesionSettings`, if ``settings`` is not given.

    Returns
    -------
    snapshots : LesionSnapshots
        The start and the end of every month.

    Raises
    ------
    ParameterError
        If an array holds values out of range or of a wrong shape, the region is empty, or the seed is
        outside it.
    SolverError
        If a field stops being a fraction; the message names the month.

    Notes
    -----
    Cells settle in days and lesions grow in months, so the cells are taken at rest for the tumor around
    them, at the bone volume of the start: the answer of the mechanostat to lost bone is left out. Explicit
    steps of at most 3.9 days (less in a fast lesion or a fine grid) keep bone in the core and lesion radius
    within 1 % of steps of 0.1 day. In a mixed lesion the phenotype varies in patches of 5 mm. Bared faces
    of cortex are renewed as fast as cancellous bone, so cortex is scalloped from within. Also left out:
    blood supply and necrosis, growth out of the bone, periosteal new bone, immune cells.

    References
    ----------
    .. [1] Fisher RA. Ann Eugen 1937; 7: 355 (front speed).
    .. [2] Martin RB. Crit Rev Biomed Eng 1984; 10: 179 (specific surface).
    """
    chosen = settings if settings is not None else LesionSettings(**fields)
    bone = as_volume("bone_fraction", bone_fraction, None, 1.0)
    shape = np.shape(bone_fraction)
    turnover = as_volume("turnover_per_year", turnover_per_year, shape, _MOST_TURNOVER)
    mask = as_region(region, shape)
    seed = seed_voxel(chosen, mask, len(shape))
    moving, ground = prepare(bone, turnover, mask, seed, chosen)
    if start is not None:
        moving.tumor[_INNER] = as_volume("start", start, shape, 1.0) * mask
    spread = constant.SPREAD_MM2_PER_DAY * chosen.growth_speed**constant.SPREAD_EXPONENT
    steps, step_days = _steps(chosen, spread, sum(size > 1 for size in bone.shape))
    settle(moving, ground, step_days)
    rate = spread * step_days / chosen.voxel_mm**2
    series = np.empty((2, chosen.months + 1, *bone.shape), dtype=np.float16 if chosen.compact else np.float32)
    for month in range(chosen.months + 1):
        if month > 0:
            run_month(moving, ground, cell_tables(), steps, step_days, rate)
            _check(moving, month, chosen.months)
        series[0, month] = moving.tumor[_INNER]
        series[1, month] = moving.bone[_INNER]
        if progress is not None:
            progress(month / max(1, chosen.months), f"Growing the lesion: month {month} of {chosen.months}")
    return LesionSnapshots(
        months=np.arange(chosen.months + 1, dtype=np.float64),
        tumor=series[0].reshape(-1, *shape),
        bone_fraction=series[1].reshape(-1, *shape),
        phenotype=ground.phenotype[_INNER].reshape(shape),
    )


def front_speed(growth_speed: float = 1.0) -> float:
    """Return the speed of a tumor front in normal bone, 2 sqrt(g D) [mm/d].

    Parameters
    ----------
    growth_speed : float, default 1.0
        Speed [times normal], 0.25..3.

    Returns
    -------
    speed : float
        Asymptotic speed [mm/d]; 0.04 mm/d or 1.2 mm a month at normal speed.
    """
    speed = require_in_range("growth_speed", growth_speed, 0.25, 3.0, "× normal")
    return 2.0 * speed * math.sqrt(constant.GROWTH_PER_DAY * constant.SPREAD_MM2_PER_DAY)


def new_bone_share(course: LesionCourse, turnover_per_year: float) -> npt.NDArray[np.float64]:
    """Return how much of the bone was laid down since the start.

    Parameters
    ----------
    course : LesionCourse
        Means over the place of interest.
    turnover_per_year : float
        Yearly renewal there before the tumor [1/year], 0..5.

    Returns
    -------
    share : ndarray of shape (time,)
        0..1; 0 at the start.

    Notes
    -----
    Old bone is resorbed like the rest: d old/dt = -old (turnover f0 F) / f, by the month. Bone laid
    down this fast is woven: its fibers lie in all directions (not part of the model).
    """
    turnover = require_in_range("turnover_per_year", turnover_per_year, 0.0, _MOST_TURNOVER, "1/year")
    initial = float(course.bone_fraction[0])
    rate = np.array([
        turnover * resorption(bone, initial, osteoclast) / max(bone, 1e-6)
        for bone, osteoclast in zip(course.bone_fraction, course.osteoclast_ratio, strict=True)
    ])  # fmt: skip
    years = np.concatenate([[0.0], np.cumsum(0.5 * (rate[1:] + rate[:-1]))]) / 12.0
    return np.asarray(
        np.clip(1.0 - initial * np.exp(-years) / np.maximum(course.bone_fraction, 1e-6), 0.0, 1.0)
    )


def warm_up() -> None:
    """Compile or load every compiled function and the cell tables."""
    for shape in ((4, 4), (4, 4, 4)):
        seed = tuple(2 for _ in shape)
        grow(np.full(shape, 0.15), 0.25, phenotype=0.5, seed_index=seed, months=1).at(1.0)


def _steps(settings: LesionSettings, spread: float, dimensions: int) -> tuple[int, float]:
    stable = constant.STABLE_SHARE * settings.voxel_mm**2 / (2.0 * max(1, dimensions) * spread)
    longest = constant.LONGEST_STEP_DAYS / max(1.0, settings.growth_speed)
    steps = math.ceil(constant.DAYS_PER_MONTH / min(longest, stable))
    return steps, constant.DAYS_PER_MONTH / steps


def _check(moving: Moving, month: int, months: int) -> None:
    """Stop where a field is no longer a fraction; sums find a value that is not a number in one pass."""
    for name, field in (("tumor", moving.tumor), ("bone", moving.bone)):
        if not 0.0 <= float(field.sum(dtype=np.float64)) <= field.size:
            message = (
                f"the lesion could not be followed: {name} left 0..1 in month {month} of {months}; "
                "choose slower growth or fewer months"
            )
            raise SolverError(message)
