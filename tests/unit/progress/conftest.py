"""A log in a fresh folder, and a way to make attempts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bonemets_teach.progress import Attempt, AttemptLog, SceneEvent, open_log

SECRET = "0123456789abcdef" * 2


@pytest.fixture
def log(tmp_path: Path) -> Iterator[AttemptLog]:
    """Return a log that saves into an empty folder."""
    opened = open_log(tmp_path)
    assert opened.problem is None
    yield opened
    opened.close()


@pytest.fixture
def learner_id(log: AttemptLog) -> str:
    """Return a learner known to the log."""
    return log.learner(SECRET)


@pytest.fixture
def make_attempt() -> Callable[..., Attempt]:
    """Return a maker of attempts with ordinary values."""

    def make(learner_id: str, **changes: object) -> Attempt:
        values: dict[str, object] = {
            "lesson_id": "bone-remodeling",
            "item_id": "bm.remodeling.coupling.01",
            "item_version": 1,
            "response": "b",
            "score": 1.0,
            "max_score": 1.0,
            "correct": True,
        }
        return Attempt(learner_id=learner_id, **{**values, **changes})

    return make


@pytest.fixture
def make_event() -> Callable[..., SceneEvent]:
    """Return a maker of events with ordinary values."""

    def make(learner_id: str, **changes: object) -> SceneEvent:
        values: dict[str, object] = {
            "lesson_id": "bone-remodeling",
            "scene_id": "remodeling-cycle",
            "task_id": "predict-dip",
            "prediction": 2,
            "outcome": 1,
            "correct": False,
        }
        return SceneEvent(learner_id=learner_id, **{**values, **changes})

    return make
