"""How an answer becomes one of the four ratings of the scheduler, in a rule that the learner can read."""

from __future__ import annotations

from typing import Final

from bonemets_teach.progress.answers import Answer

__all__ = ["RATINGS", "rate"]

RATINGS: Final = (
    (1, "Again", "wrong, or only partly right"),
    (2, "Hard", "right, with a hint or as a guess"),
    (3, "Good", "right"),
    (4, "Easy", "right, sure and fast"),
)
"""Number, name and rule of each rating, as shown to the learner."""

_GUESS: Final = 1
_SURE: Final = 3


def rate(answer: Answer, fast_ms: int = 0) -> int:
    """Rate an answer.

    Parameters
    ----------
    answer : Answer
        A graded answer.
    fast_ms : int
        Within this time it was fast; 0 if that is not known [ms].

    Returns
    -------
    rating : int
        1 again, 2 hard, 3 good, 4 easy.
    """
    if not answer.correct:
        return 1
    if answer.hints_used or answer.certainty == _GUESS:
        return 2
    if answer.certainty == _SURE and 0 < answer.latency_ms <= fast_ms:
        return 4
    return 3
