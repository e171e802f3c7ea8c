"""Classical item statistics of a matrix of shares, learners in rows, items in columns, not-a-number where nothing was answered.

Notes
-----
Learners answer what they like, so a rest score is the *mean* share over the other items that a learner answered.
With a complete matrix it orders learners as the usual sum does, and every coefficient here is the textbook's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["FEWEST_OTHERS", "Reliability", "correlation", "kr20", "rest_scores", "upper_lower"]

Array = npt.NDArray[np.float64]
FEWEST_OTHERS: Final = 3
"""A rest score needs so many other answers of the learner (chosen)."""
_TAIL: Final = 0.27


@dataclass(frozen=True, slots=True)
class Reliability:
    """KR-20 of a set of items, its standard error, and the complete answer sheets behind it."""

    value: float
    standard_error: float
    learners: int
    items: int


def rest_scores(shares: Array, column: int) -> Array:
    """Return each learner's mean share over the other items.

    Parameters
    ----------
    shares : ndarray of shape (n_learners, n_items)
        Shares of the points.
    column : int
        The item that is left out.

    Returns
    -------
    rest : ndarray of shape (n_learners,)
        0 to 1; not-a-number where the item itself, or `FEWEST_OTHERS` others, were not answered.
    """
    others = np.delete(shares, column, axis=1)
    answered = ~np.isnan(others)
    counts = answered.sum(axis=1)
    sums = np.where(answered, others, 0.0).sum(axis=1)
    usable = (counts >= FEWEST_OTHERS) & ~np.isnan(shares[:, column])
    return np.where(usable, sums / np.maximum(counts, 1), np.nan)


def correlation(first: Array, second: Array) -> float | None:
    """Return the Pearson correlation of two columns; with rights and wrongs it is the point-biserial.

    Parameters
    ----------
    first, second : ndarray of shape (n,)
        Pairs with a not-a-number are left out.

    Returns
    -------
    r : float or None
        -1 to 1; None if one of them does not vary.
    """
    both = ~np.isnan(first) & ~np.isnan(second)
    one, two = first[both], second[both]
    if len(one) < 3:
        return None
    one, two = one - one.mean(), two - two.mean()
    # Sums of rounded shares leave traces of 1e-17 where nothing varies.
    power = float((one**2).sum() * (two**2).sum())
    return None if power < 1e-18 else float(np.clip((one * two).sum() / np.sqrt(power), -1.0, 1.0))


def upper_lower(item: Array, ranking: Array) -> float | None:
    """Return the discrimination D: the mean share of the best 27 % minus that of the worst 27 %.

    Parameters
    ----------
    item : ndarray of shape (n,)
        Shares of the points of one item.
    ranking : ndarray of shape (n,)
        What learners are ranked by.

    Returns
    -------
    d : float or None
        -1 to 1; None below 4 learners.

    Notes
    -----
    27 % after Kelley 1939, J Educ Psychol 30:17-24; a group has 0.27 n learners rounded, at least one. Where the
    border falls among equal ranks, each of these learners counts by the same part, so the order of rows changes nothing.
    """
    both = ~np.isnan(item) & ~np.isnan(ranking)
    points, ranks = item[both], ranking[both]
    size = max(1, round(_TAIL * len(points)))
    if len(points) < 4:
        return None
    upper, lower = _weights(ranks, size), _weights(-ranks, size)
    return float((upper * points).sum() / size - (lower * points).sum() / size)


def _weights(ranks: Array, size: int) -> Array:
    """Return how much each learner belongs to the ``size`` learners of the highest ranks."""
    border = np.sort(ranks)[-size]
    near = np.isclose(ranks, border, rtol=0.0, atol=1e-12)
    above = (ranks > border) & ~near
    return np.where(above, 1.0, np.where(near, (size - above.sum()) / near.sum(), 0.0))


def kr20(shares: Array) -> Reliability | None:
    """Return KR-20, the internal consistency of items that are right or wrong.

    Parameters
    ----------
    shares : ndarray of shape (n_learners, n_items)
        Shares of the points; a share below 1 counts as wrong, as the formula wants it.

    Returns
    -------
    reliability : Reliability or None
        From the learners who answered every item; None with fewer than 2 items or 3 learners, or if all have
        the same total.

    Notes
    -----
    ``k/(k-1) (1 - sum(p q) / s^2)`` with the variance of totals over n: Kuder and Richardson 1937,
    Psychometrika 2:151-160, formula 20. Standard error for large samples without equal variances: van Zyl,
    Neudecker and Nel 2000, Psychometrika 65:271-280, as given by Duhachek and Iacobucci 2004, J Appl Psychol
    89:792-808, equation 3. It leaves out that answers are not normal.
    """
    complete = shares[~np.isnan(shares).any(axis=1)]
    n, k = complete.shape
    if n < 3 or k < 2:
        return None
    right = (complete >= 1.0 - 1e-9).astype(np.float64)
    covariance = np.cov(right, rowvar=False, bias=True)
    total, trace = float(covariance.sum()), float(np.trace(covariance))
    if total < 1e-12:
        return None
    squared = covariance @ covariance
    inner = total * (float(np.trace(squared)) + trace**2) - 2.0 * trace * float(squared.sum())
    spread = 2.0 * k**2 / ((k - 1) ** 2 * total**3) * inner
    value = k / (k - 1) * (1.0 - trace / total)
    return Reliability(value, float(np.sqrt(max(0.0, spread) / n)), n, k)
