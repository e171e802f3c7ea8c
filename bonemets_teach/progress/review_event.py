"""Spaced repetition: the reviews that the log keeps, and the cards that follow from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bonemets_teach.progress.fields import (
    new_id,
    now,
    require_id,
    require_json,
    require_moment,
    require_uuid,
    whole_number,
    whole_or_none,
)

__all__ = ["Card", "ProjectCard", "ReviewEvent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEvent:
    """One rating of how well one item was remembered.

    Parameters
    ----------
    learner_id : str
        Random UUID of the learner.
    item_id : str
        What was reviewed.
    rating : int
        1 (again), 2 (hard), 3 (good), 4 (easy).
    attempt_id : str or None
        The attempt that was rated.
    duration_ms : int or None
        How long the answer took [ms].
    reviewed_at : datetime
        Moment, with a time zone; kept in UTC.
    review_id : str
        UUID made by whoever records; a second record with the same id changes nothing.

    Raises
    ------
    ParameterError
        If a field is outside its range, has no time zone or is no UUID.
    """

    learner_id: str
    item_id: str
    rating: int
    attempt_id: str | None = None
    duration_ms: int | None = None
    reviewed_at: datetime = field(default_factory=now)
    review_id: str = field(default_factory=new_id)

    def __post_init__(self) -> None:
        require_uuid("review_id", self.review_id)
        require_uuid("learner_id", self.learner_id)
        if self.attempt_id is not None:
            require_uuid("attempt_id", self.attempt_id)
        require_id("item_id", self.item_id)
        object.__setattr__(self, "rating", whole_number("rating", self.rating, 1, 4))
        took = whole_or_none("duration_ms", self.duration_ms, 0, 2_000_000_000)
        object.__setattr__(self, "duration_ms", took)
        require_moment("reviewed_at", self.reviewed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the reviews of one item amount to: when it is due, and the scheduler's state.

    Parameters
    ----------
    learner_id : str
        Random UUID of the learner.
    item_id : str
        What is to be reviewed.
    state : mapping
        State of the scheduler, as JSON.
    due_at : datetime
        When it is due, with a time zone; kept in UTC.

    Raises
    ------
    ParameterError
        If a field has no time zone, is no UUID or can't be written as JSON.
    """

    learner_id: str
    item_id: str
    state: Mapping[str, Any]
    due_at: datetime

    def __post_init__(self) -> None:
        require_uuid("learner_id", self.learner_id)
        require_id("item_id", self.item_id)
        require_json("state", self.state)
        require_moment("due_at", self.due_at)


ProjectCard = Callable[[Sequence[ReviewEvent]], Card]
"""Folds the reviews of one item by one learner, oldest first and at least one, into its card."""
