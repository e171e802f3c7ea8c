"""First tries of learners at items, and the matrix that the statistics are made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Gap", "ItemKey", "Table", "Try", "first_tries", "table_of"]

ItemKey = tuple[str, int]
"""Id and version of an item: a changed item is another item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One answer of one learner to one version of one item.

    Parameters
    ----------
    learner : str
        Any name that stays the same for a learner.
    item, version : str, int
        What was asked.
    share : float
        Points got as a share of the points possible, 0 to 1.
    chosen : tuple of str
        Options chosen; empty for items without options.
    seconds : float
        Time to the answer [s]; 0 if it is not known.
    certainty : int or None
        1 (guess) to 3 (sure).
    """

    learner: str
    item: str
    version: int
    share: float
    chosen: tuple[str, ...] = ()
    seconds: float = 0.0
    certainty: int | None = None

    @property
    def key(self) -> ItemKey:
        """Id and version."""
        return self.item, self.version

    @property
    def is_right(self) -> bool:
        """Whether all points were got."""
        return self.share >= 1.0 - 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A question that a learner left without an answer in an exam; ``reached`` tells whether it was seen."""

    learner: str
    item: str
    version: int
    reached: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Shares of points, learners in rows.

    Parameters
    ----------
    learners : tuple of str
        Rows.
    items : tuple of ItemKey
        Columns.
    shares : ndarray of shape (n_learners, n_items)
        Share of the points, 0 to 1; not-a-number where a learner did not answer.
    """

    learners: tuple[str, ...]
    items: tuple[ItemKey, ...]
    shares: npt.NDArray[np.float64]


def first_tries(tries: Iterable[Try]) -> list[Try]:
    """Keep the first try of each learner at each version of each item.

    Parameters
    ----------
    tries : iterable of Try
        In the order in which they were made.

    Returns
    -------
    tries : list of Try
        In the same order.
    """
    first: dict[tuple[str, ItemKey], Try] = {}
    for each in tries:
        first.setdefault((each.learner, each.key), each)
    return list(first.values())


def table_of(tries: Sequence[Try]) -> Table:
    """Return first tries as a table.

    Parameters
    ----------
    tries : sequence of Try
        One for each learner and item, as `first_tries` gives them.

    Returns
    -------
    table : Table
        Learners and items in alphabetical order.
    """
    learners = tuple(sorted({each.learner for each in tries}))
    items = tuple(sorted({each.key for each in tries}))
    rows = {name: row for row, name in enumerate(learners)}
    columns = {key: column for column, key in enumerate(items)}
    shares = np.full((len(learners), len(items)), np.nan)
    for each in tries:
        shares[rows[each.learner], columns[each.key]] = each.share
    return Table(learners, items, shares)
