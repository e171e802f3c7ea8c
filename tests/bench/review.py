"""How long the server needs for the page of reviews of a learner who has answered much."""

from __future__ import annotations

import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bonemets_teach.lessons.review_bank import review_bank
from bonemets_teach.progress import Attempt, AttemptLog, open_log
from bonemets_teach.server.course import load_course
from bonemets_teach.server.review_bank import BankFacts, read_bank
from bonemets_teach.server.review_client import ReviewClient
from bonemets_teach.server.review_desk import ReviewDesk
from tests.bench.measurement import Measurement, timed_ms

__all__ = ["measure"]

_ATTEMPTS: Final = 2000


def measure(*, quick: bool) -> list[Measurement]:
    """Compute the overview of a learner with 2,000 attempts, anew and again.

    Parameters
    ----------
    quick : bool
        Few repetitions.

    Returns
    -------
    rows : list of Measurement
        With nothing kept, and as when nothing was answered in between.
    """
    repetitions = 3 if quick else 30
    with tempfile.TemporaryDirectory(prefix="bench-review-") as folder:
        log, course = open_log(Path(folder)), load_course()
        bank = read_bank(review_bank(), course)
        learner = _fill(log, bank)
        desk = ReviewDesk(log, course, ReviewClient(Path(folder), None, None))

        def anew() -> None:
            desk._kept.clear()
            desk._overview(bank, learner)

        fresh = timed_ms(anew, repetitions)
        kept = timed_ms(lambda: desk._overview(bank, learner), repetitions)
        plain = timed_ms(lambda: log.attempts(learner), repetitions)
        log.close()
    name, note = f"review page, {_ATTEMPTS} attempts", "reading the attempts, each checked"
    return [
        Measurement(name=f"{name}, anew", unit="ms", samples=fresh, baseline=plain, limit=100.0, note=note),
        Measurement(name=f"{name}, again", unit="ms", samples=kept, baseline=plain, limit=100.0, note=note),
    ]


def _fill(log: AttemptLog, bank: BankFacts) -> str:
    learner, chance, now = log.learner("0" * 32), random.Random(5), datetime.now(UTC)  # noqa: S311 - no secret
    names = list(bank.items)
    for number in range(_ATTEMPTS):
        item, correct = bank.items[chance.choice(names)], chance.random() < 0.7
        log.record(
            Attempt(
                learner_id=learner, lesson_id=item.lesson, item_id=item.id, item_version=item.version, response="a",
                score=float(correct), max_score=1.0, correct=correct, certainty=chance.choice((None, 1, 2, 3)),
                answered_at=now - timedelta(hours=_ATTEMPTS - number),
            )
        )  # fmt: skip
    return learner
