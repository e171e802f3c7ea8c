"""A practice session: begun by its first answer, over after a long pause."""

from __future__ import annotations

from typing import Any

from bonemets_teach.quiz.sitting import Sitting

MINUTE = 60.0


class _Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _sitting(**settings: Any) -> tuple[Sitting, _Clock, list[dict[str, Any]]]:
    clock, told = _Clock(), []
    return Sitting(lambda message: told.append(message) or True, clock=clock, **settings), clock, told


def test_a_long_pause_begins_another_session() -> None:
    """Half an hour without an answer; less goes on, and places are counted anew."""
    sitting, clock, told = _sitting()
    first = sitting.place("learner", "a", "1")
    clock.now += 29 * MINUTE
    second = sitting.place("learner", "b", "2")
    clock.now += 31 * MINUTE
    third = sitting.place("learner", "c", "3")

    assert first["session_id"] == second["session_id"] != third["session_id"]
    assert [place["seq_no"] for place in (first, second, third)] == [1, 2, 1]
    assert [message["session_id"] for message in told] == [first["session_id"], third["session_id"]]


def test_an_answer_that_is_sent_again_stays_where_it_was() -> None:
    """A page that was without connection for hours repeats what it had sent."""
    sitting, clock, told = _sitting()
    first = sitting.place("learner", "a", "1")
    clock.now += 300 * MINUTE

    assert sitting.place("learner", "a", "1") == first
    assert len(told) == 1


def test_a_session_that_several_processes_lead_keeps_its_id() -> None:
    """Reviews of one day are one session, whatever the pause."""
    sitting, clock, told = _sitting(kind="spaced", session_id="own", order=["a", "b"])
    sitting.place("learner", "b", "1")
    clock.now += 300 * MINUTE

    assert sitting.place("learner", "a", "2") == {"session_id": "own", "seq_no": 1}
    assert len(told) == 1
