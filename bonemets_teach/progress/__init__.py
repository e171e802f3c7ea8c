"""What a learner did: an append-only log of attempts, its summary, its export and its erasure."""

from __future__ import annotations

from bonemets_teach.progress.attempt import Attempt, SceneEvent
from bonemets_teach.progress.identity import resume_code, secret_from_code
from bonemets_teach.progress.log import AttemptLog
from bonemets_teach.progress.opening import open_log
from bonemets_teach.progress.summary import LessonSummary

__all__ = [
    "Attempt",
    "AttemptLog",
    "LessonSummary",
    "SceneEvent",
    "open_log",
    "resume_code",
    "secret_from_code",
]
