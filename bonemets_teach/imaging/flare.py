"""New lesions on a bone scan after treatment: flare or progression, by the 2+2 rule of PCWG3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from bonemets_teach.errors import ParameterError, require_in_range

__all__ = [
    "CONFIRM_WEEKS", "FLARE_WINDOW_WEEKS", "NEW_LESIONS", "Label", "ScanReading", "Verdict", "read_by_two_plus_two",
]  # fmt: skip

Label = Literal["no scan", "no progression", "unconfirmed", "flare", "progression"]

# Scher HI, et al. (PCWG3) J Clin Oncol 2016; 34: 1402. doi:10.1200/JCO.2015.64.2702
FLARE_WINDOW_WEEKS: Final = 12.0
CONFIRM_WEEKS: Final = 6.0
NEW_LESIONS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReading:
    """What a reader counts on one scan.

    Parameters
    ----------
    week : float
        Weeks since treatment began, in (0, 520].
    new_lesions : int
        Lesions that the scan before treatment did not show, in [0, 1000].

    Raises
    ------
    ParameterError
        If a value is outside its range.
    """

    week: float
    new_lesions: int

    def __post_init__(self) -> None:
        require_in_range("week", self.week, 0.01, 520, "weeks")
        require_in_range("new_lesions", self.new_lesions, 0, 1000)
        if self.new_lesions != int(self.new_lesions):
            message = f"new_lesions = {self.new_lesions} is not a whole number; count them"
            raise ParameterError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the rule says.

    Parameters
    ----------
    label : str
        "progression", "flare", "unconfirmed", "no progression", or "no scan".
    week : float or None
        Week to which progression is dated, or in which the question arose.
    reason : str
        One sentence with the numbers.
    """

    label: Label
    week: float | None
    reason: str


def read_by_two_plus_two(readings: Sequence[ScanReading]) -> Verdict:
    """Apply the 2+2 rule to the scans of one patient.

    Parameters
    ----------
    readings : sequence of ScanReading
        Scans after treatment began, in order of time.

    Returns
    -------
    verdict : Verdict
        With a reason in words.

    Raises
    ------
    ParameterError
        If the scans are not in order.

    Notes
    -----
    Two or more new lesions on the first scan, within 12 weeks, count only if the next scan, at least 6 weeks later, shows
    two more; otherwise it was flare. The first scan is then what later ones are compared with: two new
    lesions that are still there at least 6 weeks later are progression [1]_. A rule of trials, for men with
    castration-resistant prostate cancer.

    References
    ----------
    .. [1] Scher HI, et al. J Clin Oncol 2016; 34: 1402-1418. doi:10.1200/JCO.2015.64.2702

    Examples
    --------
    >>> read_by_two_plus_two([ScanReading(week=8, new_lesions=3), ScanReading(week=16, new_lesions=3)]).label
    'flare'
    """
    scans = list(readings)
    if any(b.week <= a.week for a, b in pairwise(scans)):
        message = "the scans are not in order of time; sort them by week, one scan a week"
        raise ParameterError(message)
    if not scans:
        return Verdict(label="no scan", week=None, reason="There is no scan after treatment began.")
    first = scans[0]
    if first.week > FLARE_WINDOW_WEEKS:
        return _later(scans, 0, flared=None)
    if first.new_lesions < NEW_LESIONS:
        return _later(scans[1:], first.new_lesions, flared=None)
    return _first_in_window(first, scans[1:])


def _first_in_window(first: ScanReading, later: list[ScanReading]) -> Verdict:
    confirming = next((scan for scan in later if scan.week - first.week >= CONFIRM_WEEKS), None)
    if confirming is None:
        reason = f"{first.new_lesions} new lesions in week {first.week:g} may be flare; scan again 6 weeks later or more."
        return Verdict(label="unconfirmed", week=first.week, reason=reason)
    more = confirming.new_lesions - first.new_lesions
    if more >= NEW_LESIONS:
        reason = (
            f"{first.new_lesions} new lesions in week {first.week:g} and {more} more in week {confirming.week:g}: "
            f"progression, dated to week {first.week:g}."
        )
        return Verdict(label="progression", week=first.week, reason=reason)
    return _later([scan for scan in later if scan.week >= confirming.week], first.new_lesions, flared=first)


def _later(scans: list[ScanReading], reference: int, *, flared: ScanReading | None) -> Verdict:
    """Judge scans after the flare window against a reference; ``flared`` is a first scan that turned out as flare."""
    waiting: ScanReading | None = None
    for i, scan in enumerate(scans):
        more = scan.new_lesions - reference
        if more < NEW_LESIONS:
            continue
        confirming = next((s for s in scans[i + 1 :] if s.week - scan.week >= CONFIRM_WEEKS), None)
        if confirming is None:
            waiting = waiting or scan
        elif confirming.new_lesions - reference >= NEW_LESIONS:
            reason = f"{more} new lesions in week {scan.week:g}, still there in week {confirming.week:g}: progression."
            return Verdict(label="progression", week=scan.week, reason=reason)
    if waiting is not None:
        reason = f"New lesions in week {waiting.week:g} wait for a scan 6 weeks later or more."
        return Verdict(label="unconfirmed", week=waiting.week, reason=reason)
    if flared is not None:
        reason = (
            f"{flared.new_lesions} new lesions in week {flared.week:g}, but fewer than 2 more afterwards: flare. "
            "Later scans are compared with that scan."
        )
        return Verdict(label="flare", week=flared.week, reason=reason)
    return Verdict(label="no progression", week=None, reason="No scan shows 2 new lesions that stay.")
