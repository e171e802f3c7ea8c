"""What the first tries say about each item: difficulty, discrimination, options, time, certainty, and what to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.quiz.analysis.classical import correlation, rest_scores, upper_lower
from bonemets_teach.quiz.analysis.flags import flags_of
from bonemets_teach.quiz.analysis.tries import ItemKey, Table, Try

__all__ = [
    "FEWEST",
    "FUNCTIONING",
    "STABLE",
    "ItemStatistics",
    "KnownItem",
    "OptionStatistics",
    "analyze_item",
]

FEWEST: Final = 10
"""Nothing is said about fewer learners, and no mean over fewer answers."""
STABLE: Final = 30
"""Below this many learners numbers are called unstable."""
FUNCTIONING: Final = 0.05
"""A distractor works if at least this share chooses it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """What the bank knows of an item: title, lesson, options in order, and which of them are right."""

    title: str
    lesson: str
    options: Mapping[str, str]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionStatistics:
    """One option: who chose it.

    Parameters
    ----------
    id, text : str
        Of the option.
    is_key : bool
        Whether it is right.
    share : float
        Share of the learners who chose it, 0 to 1.
    mean_rest : float or None
        Mean rest score of those; None if fewer than `FEWEST` have one.
    functioning : bool
        For a distractor: chosen by at least 5 %. True for a key.
    """

    id: str
    text: str
    is_key: bool
    share: float
    mean_rest: float | None
    functioning: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatistics:
    """All that is said about one version of one item.

    Parameters
    ----------
    item, version, title, lesson : str, int, str, str
        Which item.
    n : int
        Learners, at least `FEWEST`.
    difficulty : float
        Mean share of the points, 0 to 1: the "p" of the textbook.
    discrimination : float or None
        Corrected point-biserial: correlation with the rest score.
    upper_lower : float or None
        D of the best and worst 27 % by rest score.
    options : tuple of OptionStatistics
        Empty for items without options.
    functioning_distractors : int or None
        Distractors chosen by at least 5 %; None without options.
    median_s : float or None
        Median time to the answer [s].
    certainty_right, certainty_wrong : float or None
        Mean certainty, 1 to 3, of right and wrong answers; None for fewer than `FEWEST` of them.
    unstable : bool
        Fewer than `STABLE` learners.
    omitted, not_reached : int
        Learners who left it without an answer in an exam: having seen it, or without having come to it. This moves
        no other number.
    flags : tuple of str
        Prompts to look at the item, in words; no verdicts.
    """

    item: str
    version: int
    title: str
    lesson: str
    n: int
    difficulty: float
    discrimination: float | None
    upper_lower: float | None
    options: tuple[OptionStatistics, ...]
    functioning_distractors: int | None
    median_s: float | None
    certainty_right: float | None
    certainty_wrong: float | None
    unstable: bool
    omitted: int = 0
    not_reached: int = 0
    flags: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the statistics as plain data.

        Returns
        -------
        data : dict
            Fields by name.
        """
        return asdict(self)


def analyze_item(
    key: ItemKey, tries: Sequence[Try], table: Table, known: KnownItem | None
) -> ItemStatistics | None:
    """Work out the statistics of one version of one item.

    Parameters
    ----------
    key : ItemKey
        Id and version.
    tries : sequence of Try
        First tries at it.
    table : Table
        First tries at all items.
    known : KnownItem or None
        What the bank says of this version; None if it has another one by now.

    Returns
    -------
    statistics : ItemStatistics or None
        None for fewer than `FEWEST` learners.
    """
    if len(tries) < FEWEST:
        return None
    column = table.items.index(key)
    shares = table.shares[:, column]
    rest = rest_scores(table.shares, column)
    options = _options(tries, dict(zip(table.learners, rest, strict=True)), known)
    facts: dict[str, Any] = {
        "difficulty": float(np.nanmean(shares)),
        "discrimination": correlation(shares, rest) if _enough(rest) else None,
        "upper_lower": upper_lower(shares, rest) if _enough(rest) else None,
        "options": options,
        "functioning_distractors": sum(one.functioning and not one.is_key for one in options)
        if options
        else None,
        "median_s": _median([each.seconds for each in tries if each.seconds > 0]),
        "certainty_right": _mean([each.certainty for each in tries if each.certainty and each.is_right]),
        "certainty_wrong": _mean([each.certainty for each in tries if each.certainty and not each.is_right]),
        "unstable": len(tries) < STABLE,
    }
    found = ItemStatistics(
        item=key[0],
        version=key[1],
        title=known.title if known else key[0],
        lesson=known.lesson if known else "",
        n=len(tries),
        **facts,
    )
    return replace(found, flags=flags_of(found))


def _enough(values: npt.NDArray[np.float64]) -> bool:
    return int((~np.isnan(values)).sum()) >= FEWEST


def _options(
    tries: Sequence[Try], rest: Mapping[str, float], known: KnownItem | None
) -> tuple[OptionStatistics, ...]:
    # Without the bank's word for this version nobody knows which option was right.
    if known is None or not known.options:
        return ()
    found = []
    for name, text in known.options.items():
        chosen = [each for each in tries if name in each.chosen]
        share = len(chosen) / len(tries)
        scores = [rest[each.learner] for each in chosen if not np.isnan(rest[each.learner])]
        is_key = name in known.keys
        found.append(
            OptionStatistics(
                id=name,
                text=text,
                is_key=is_key,
                share=share,
                mean_rest=_mean(scores),
                functioning=is_key or share >= FUNCTIONING,
            )
        )
    return tuple(found)


def _mean(values: Sequence[float | None]) -> float | None:
    numbers = [value for value in values if value is not None]
    return float(np.mean(numbers)) if len(numbers) >= FEWEST else None


def _median(values: Sequence[float]) -> float | None:
    return float(np.median(values)) if len(values) >= FEWEST else None
