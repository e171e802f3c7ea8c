"""Treatment schedules of the tumor-bone model as data: when a drug starts, how often it is given, when it stops."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["Denosumab", "TumorKill", "Zoledronate", "radiotherapy", "systemic_therapy"]

_LONGEST_D: Final = 7300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    dose_mg: float
    interval_d: float
    start_d: float = 0.0
    stop_d: float | None = None

    def __post_init__(self) -> None:
        require_in_range("dose_mg", self.dose_mg, 0.0, 1000.0, "mg")
        require_in_range("interval_d", self.interval_d, 1.0, _LONGEST_D, "d")
        _require_order(self.start_d, self.stop_d)

    def dose_days(self, days: float) -> npt.NDArray[np.float64]:
        """Return the days on which a dose is given.

        Parameters
        ----------
        days : float
            End of the time looked at [d]; a dose on that day counts no more.

        Returns
        -------
        dose_days : ndarray of shape (dose,)
            From ``start_d``, one every ``interval_d``, all before ``stop_d``.
        """
        end = min(days, math.inf if self.stop_d is None else self.stop_d)
        count = max(0, math.ceil((end - self.start_d) / self.interval_d - 1e-9))
        return float(self.start_d) + float(self.interval_d) * np.arange(count, dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Denosumab(_Course):
    """A course of denosumab under the skin.

    Parameters
    ----------
    dose_mg : float, default 120
        Dose [mg], in [0, 1000].
    interval_d : float, default 28
        Days between doses, in [1, 7300]; 60 mg every 182.6 d protects from osteoporosis.
    start_d : float, default 0
        Day of the first dose, in [0, 7300].
    stop_d : float or None, default None
        From this day on no dose is given, in [start_d, 7300]; None is never.

    Raises
    ------
    ParameterError
        If a value is outside its range or the course stops before it starts.
    """

    dose_mg: float = 120.0
    interval_d: float = 28.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Zoledronate(_Course):
    """A course of zoledronate into a vein; parameters as in `Denosumab`.

    Parameters
    ----------
    dose_mg : float, default 4
        Dose [mg], in [0, 1000].
    interval_d : float, default 28
        Days between doses, in [1, 7300]; 84 is every 12 weeks.
    start_d, stop_d : float
        As in `Denosumab`.

    Raises
    ------
    ParameterError
        If a value is outside its range or the course stops before it starts.
    """

    dose_mg: float = 4.0
    interval_d: float = 28.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TumorKill:
    """Tumor killed at a constant rate for a while.

    Parameters
    ----------
    per_day : float
        Rate [1/d], in [0, 5].
    start_d : float
        First day, in [0, 7300].
    stop_d : float or None, default None
        End [d], in [start_d, 7300]; None is never.

    Raises
    ------
    ParameterError
        If a value is outside its range or the kill stops before it starts.
    """

    per_day: float
    start_d: float
    stop_d: float | None = None

    def __post_init__(self) -> None:
        require_in_range("per_day", self.per_day, 0.0, 5.0, "1/d")
        _require_order(self.start_d, self.stop_d)


def radiotherapy(start_d: float, *, log_kill: float = 5.0, days: float = 14.0) -> TumorKill:
    """Return the kill of one course of radiotherapy: a short pulse.

    Parameters
    ----------
    start_d : float
        Day of irradiation, in [0, 7300].
    log_kill : float, default 5.0
        Natural logarithm of the share that is left, with the sign turned, in [0, 20].
    days : float, default 14.0
        Time in which the doomed cells vanish [d], in [4, 100].

    Returns
    -------
    kill : TumorKill
        For `Treatment`.

    Raises
    ------
    ParameterError
        If a value is outside its range.

    Notes
    -----
    The default is 8 Gy once with alpha 0.35/Gy and alpha/beta 10 Gy in the linear-quadratic law:
    0.35 * 8 * (1 + 8 / 10) = 5.0. Chosen, as are the 14 days.
    """
    start_d = require_in_range("start_d", start_d, 0.0, _LONGEST_D, "d")
    days = require_in_range("days", days, 4.0, 100.0, "d")
    rate = require_in_range("log_kill", log_kill, 0.0, 20.0) / days
    return TumorKill(per_day=rate, start_d=start_d, stop_d=min(start_d + days, _LONGEST_D))


def systemic_therapy(start_d: float, stop_d: float | None = None, *, per_day: float = 0.15) -> TumorKill:
    """Return the kill of a drug that works against the tumor, for as long as it is taken.

    Parameters
    ----------
    start_d : float
        First day, in [0, 7300].
    stop_d : float or None, default None
        Last day, in [start_d, 7300]; None is never.
    per_day : float, default 0.15
        Rate [1/d], in [0, 5]; the default, chosen, is a tumor that responds well and does not turn resistant.

    Returns
    -------
    kill : TumorKill
        For `Treatment`.

    Raises
    ------
    ParameterError
        If a value is outside its range or the drug stops before it starts.
    """
    return TumorKill(per_day=per_day, start_d=start_d, stop_d=stop_d)


def _require_order(start_d: float, stop_d: float | None) -> None:
    start = require_in_range("start_d", start_d, 0.0, _LONGEST_D, "d")
    if stop_d is None:
        return
    stop = require_in_range("stop_d", stop_d, 0.0, _LONGEST_D, "d")
    if stop < start:
        message = f"stop_d = {stop:g} d is before start_d = {start:g} d; choose a stop in [{start:g}, {_LONGEST_D:g}] d"
        raise ParameterError(message)
