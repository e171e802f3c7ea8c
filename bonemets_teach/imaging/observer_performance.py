"""How well a reader finds and names lesions: one reading scored, and many as a free-response curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from bonemets_teach.imaging._observer_curve import (
    FigureOfMerit,
    FreeResponseCurve,
    Reading,
    figure_of_merit,
    free_response_roc,
)
from bonemets_teach.imaging._observer_marks import CONFIDENCES, Mark, TrueFinding

__all__ = [
    "ACCEPTED_MM", "CONFIDENCES", "FigureOfMerit", "FreeResponseCurve", "Hit", "Mark", "Reading", "ReadingScore",
    "TrueFinding", "figure_of_merit", "free_response_roc", "score_reading",
]  # fmt: skip

_Array = npt.NDArray[np.float64]

# Chosen: half of the least distance between findings, so that a mark in a stack belongs to one of them.
ACCEPTED_MM: Final = 7.0
"""How far from the edge of a finding a mark still counts [mm]."""
_NOT_ALLOWED: Final = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A finding that was marked: which mark it was, and what the reader got right."""

    finding_id: str
    mark: int
    type_right: bool
    malignancy_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingScore:
    """One reading scored.

    Parameters
    ----------
    hits : tuple of Hit
        Findings that were marked, benign ones too.
    misses : tuple of str
        Ids of metastases that no mark found.
    benign_unmarked : tuple of str
        Ids of benign findings without a mark; they may be left out.
    false_marks : tuple of int
        Numbers of marks where there is nothing.
    repeats : tuple of int
        Numbers of further marks on a finding that has one; they count neither for nor against.
    type_right, malignancy_right : int
        Hits named rightly.
    reading : Reading
        What the free-response curve needs.
    """

    hits: tuple[Hit, ...]
    misses: tuple[str, ...]
    benign_unmarked: tuple[str, ...]
    false_marks: tuple[int, ...]
    repeats: tuple[int, ...]
    type_right: int
    malignancy_right: int
    reading: Reading


def score_reading(truth: Sequence[TrueFinding], marks: Sequence[Mark]) -> ReadingScore:
    """Score one reading.

    Parameters
    ----------
    truth : sequence of TrueFinding
        All findings of the patient.
    marks : sequence of Mark
        All marks of the reader, in any series.

    Returns
    -------
    score : ReadingScore
        Each mark is a hit, a repeat or false; each finding is hit, missed, or benign and left out.

    Notes
    -----
    A mark counts up to 7 mm outside a finding; marks are given to findings so that as many as possible are hit. For
    the free-response curve a metastasis is found only if a mark on it says malignant, with the highest confidence of
    such marks; a mark that calls a benign finding malignant is a false mark there.
    """
    outside = np.array([[mark.outside_mm(one) for one in truth] for mark in marks], dtype=np.float64)
    outside = outside.reshape(len(marks), len(truth))
    of_finding = _matched(outside)
    owner = {mark: finding for finding, mark in of_finding.items()}
    for mark in range(len(marks)):
        if mark not in owner and len(truth) and outside[mark].min() <= ACCEPTED_MM:
            owner[mark] = int(np.argmin(outside[mark]))
    hits = tuple(
        Hit(
            finding_id=truth[finding].id, mark=mark, type_right=marks[mark].kind == truth[finding].kind,
            malignancy_right=marks[mark].malignant == truth[finding].malignant,
        )
        for finding, mark in sorted(of_finding.items())
    )  # fmt: skip
    unmarked = [one for number, one in enumerate(truth) if number not in of_finding]
    return ReadingScore(
        hits=hits,
        misses=tuple(one.id for one in unmarked if one.malignant),
        benign_unmarked=tuple(one.id for one in unmarked if not one.malignant),
        false_marks=tuple(mark for mark in range(len(marks)) if mark not in owner),
        repeats=tuple(sorted(set(owner) - set(of_finding.values()))),
        type_right=sum(hit.type_right for hit in hits),
        malignancy_right=sum(hit.malignancy_right for hit in hits),
        reading=_reading(truth, marks, owner),
    )


def _matched(outside: _Array) -> dict[int, int]:
    """Return the mark of each finding that has one: as many as possible, then as near as possible."""
    if outside.size == 0:
        return {}
    allowed = outside <= ACCEPTED_MM
    cost = np.where(allowed, np.maximum(outside, -1e3), _NOT_ALLOWED)
    pairs = zip(*linear_sum_assignment(cost), strict=True)
    return {int(finding): int(mark) for mark, finding in pairs if allowed[mark, finding]}


def _reading(truth: Sequence[TrueFinding], marks: Sequence[Mark], owner: dict[int, int]) -> Reading:
    lesions = {number: 0 for number, one in enumerate(truth) if one.malignant}
    false = []
    for number, mark in enumerate(marks):
        if not mark.malignant:
            continue
        finding = owner.get(number)
        if finding in lesions:
            lesions[finding] = max(lesions[finding], mark.confidence)
        else:
            false.append(mark.confidence)
    return Reading(lesions=tuple(lesions.values()), false_marks=tuple(false))
