"""An attempt that could not be kept is refused where it is made."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

import numpy as np
import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.progress import Attempt, SceneEvent

LEARNER = "6f1c2d3e-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"attempt_id": "7"}, "attempt_id = '7' is not a UUID"),
        ({"attempt_id": LEARNER.upper()}, "not a UUID in lower case"),
        ({"learner_id": "x"}, "learner_id"),
        ({"item_id": ""}, "item_id"),
        ({"lesson_id": "x" * 201}, "lesson_id"),
        ({"item_version": 0}, "item_version = 0"),
        ({"score": 1.5}, "score = 1.5"),
        ({"score": float("nan")}, "score = nan"),
        ({"max_score": -1}, "max_score = -1"),
        ({"hints_used": -1}, "hints_used"),
        ({"latency_ms": -5}, "latency_ms = -5 "),
        ({"certainty": 4}, "certainty = 4"),
        ({"answered_at": datetime(2026, 1, 1)}, "time zone"),  # noqa: DTZ001 # the missing zone is the point
        ({"response": float("inf")}, "JSON"),
        ({"response": np.zeros(2)}, "JSON"),
        ({"response": "x" * 100_001}, "characters"),
        ({"scene_state": {"image": b"x"}}, "scene_state"),
        ({"response": "\ud800"}, "not Unicode"),
        ({"item_id": "\ud800"}, "item_id"),
        ({"hints_used": 1.5}, "hints_used = 1.5 is not a whole number"),
        ({"hints_used": True}, "hints_used"),
        ({"correct": np.True_}, "neither True, False nor None"),
        ({"option_order": [b"a"]}, "option_order"),
    ],
)
def test_a_bad_field_is_named(
    make_attempt: Callable[..., Attempt], changes: dict[str, object], words: str
) -> None:
    """The message names the field and the rule."""
    with pytest.raises(ParameterError, match=words):
        make_attempt(changes.pop("learner_id", LEARNER), **changes)


@pytest.mark.parametrize("changes", [{"task_id": ""}, {"outcome": {1j}}, {"event_id": "x"}, {"kind": None}])
def test_a_bad_event_is_refused(make_event: Callable[..., SceneEvent], changes: dict[str, object]) -> None:
    """Events follow the same rules."""
    with pytest.raises(ParameterError):
        make_event(LEARNER, **changes)


def test_ids_and_time_are_made_when_missing(make_attempt: Callable[..., Attempt]) -> None:
    """Two attempts made alike have different ids and a moment in UTC."""
    one, other = make_attempt(LEARNER), make_attempt(LEARNER)
    assert one.attempt_id != other.attempt_id
    assert str(uuid.UUID(one.attempt_id)) == one.attempt_id
    assert str(one.answered_at.tzinfo) == "UTC"


def test_numbers_and_orders_become_plain(make_attempt: Callable[..., Attempt]) -> None:
    """Numbers of numpy and lists are taken and kept as plain numbers and tuples."""
    attempt = make_attempt(
        LEARNER, score=np.float32(0.5), max_score=1, item_version=np.int64(2), option_order=["b", "a"]
    )
    kept = (attempt.score, attempt.max_score, attempt.item_version, attempt.option_order)
    assert kept == (0.5, 1.0, 2, ("b", "a"))
    assert [type(value) for value in kept] == [float, float, int, tuple]
