"""What a learner did: an append-only log of attempts and reviews, what follows from it, its export and its erasure."""

from __future__ import annotations

from bonemets_teach.progress.asked import AskedItem
from bonemets_teach.progress.attempt import Attempt, SceneEvent
from bonemets_teach.progress.identity import resume_code, secret_from_code
from bonemets_teach.progress.log import AttemptLog
from bonemets_teach.progress.opening import open_log
from bonemets_teach.progress.review_event import Card, ReviewEvent
from bonemets_teach.progress.session import Session
from bonemets_teach.progress.summary import LessonSummary

__all__ = [
    "AskedItem",
    "Attempt",
    "AttemptLog",
    "Card",
    "LessonSummary",
    "ReviewEvent",
    "SceneEvent",
    "Session",
    "open_log",
    "resume_code",
    "secret_from_code",
]
