"""Sessions before a real SQLite log: replayed, reordered, doubled and concurrent messages leave one attempt each."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bonemets_teach.lessons.learner import Learner
from bonemets_teach.progress import Attempt, open_log
from bonemets_teach.quiz.item import Item
from bonemets_teach.quiz.loading import read_items
from bonemets_teach.quiz.session import QuizSession
from bonemets_teach.quiz.sitting import Sitting

SAMPLES = Path(__file__).with_name("samples.yaml")
SINGLE, MULTIPLE, NUMERIC = "bm.sample.single.01", "bm.sample.multiple.01", "bm.sample.numeric.01"
SECRET = "0123456789abcdef0123456789abcdef"
Message = dict[str, Any]


@pytest.fixture
def items() -> list[Item]:
    """Return the samples."""
    return read_items(SAMPLES)[0]


@pytest.fixture(autouse=True)
def _own_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONEMETS_DATA", str(tmp_path))


def _session(items: list[Item]) -> tuple[QuizSession, list[Message]]:
    learner = Learner("sample", {item.id: item.version for item in items})
    sent: list[Message] = []
    session = QuizSession(
        items,
        record=learner.record_answer,
        history=learner.history,
        picture=lambda *_: ("image/png", b""),
        send=lambda message, buffers=None: sent.append(message),
        sitting=Sitting(learner.keep_session),
    )
    session.receive({"type": "learner", "secret": SECRET})
    return session, sent


def _answers(count: int) -> list[Message]:
    given = [(SINGLE, "b"), (MULTIPLE, ["b", "a"]), (NUMERIC, "87.3")]
    return [
        {
            "type": "answer",
            "attempt_id": str(uuid.uuid4()),
            "item_id": given[n % 3][0],
            "response": given[n % 3][1],
            "certainty": 1 + n % 3,
        }
        for n in range(count)
    ]


def _logged() -> list[Attempt]:
    log = open_log()
    return log.attempts(log.learner(SECRET))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_two_sessions_at_once_leave_one_attempt_for_each_answer(items: list[Item], seed: int) -> None:
    """Each answer is sent three times to two sessions from four threads, in any order."""
    answers = _answers(12)
    sessions = [_session(items), _session(items)]
    calls = [(session, message) for session, _ in sessions for message in answers * 3]
    order = np.random.default_rng(seed).permutation(len(calls))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: calls[n][0].receive(calls[n][1]), order))
    found = _logged()

    assert sorted(entry.attempt_id for entry in found) == sorted(message["attempt_id"] for message in answers)
    for _, sent in sessions:
        outcomes = [message for message in sent if message["type"] == "outcome"]
        assert len(outcomes) == 36
        assert all(message["saved"] for message in outcomes)


def test_an_exam_ended_in_two_tabs_leaves_one_attempt_for_each_question(items: list[Item]) -> None:
    """Both kernels take the same sheet at the same time; the ids come from the block."""
    block = {"id": str(uuid.uuid4()), "attempts": {item.id: str(uuid.uuid4()) for item in items}}
    sheet = {
        SINGLE: {"response": "a", "certainty": 2},
        MULTIPLE: {"response": ["c"]},
        NUMERIC: {"response": "1"},
    }
    sessions = [_session(items)[0] for _ in range(2)]
    end = {"type": "exam_end", "block": block, "answers": sheet}
    other = end | {"answers": {SINGLE: sheet[SINGLE]}, "seen": [NUMERIC]}
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda session: session.receive(end), sessions * 2))
    _session(items)[0].receive(other)
    found = _logged()
    log = open_log()
    [exam] = log.sessions(log.learner(SECRET))
    log.close()

    assert {entry.item_id: entry.attempt_id for entry in found} == block["attempts"]
    assert len(found) == 3
    assert {entry.session_id for entry in found} == {block["id"]} == {exam.session_id}
    assert exam.result == {"answered": [item.id for item in items], "omitted": [], "not_reached": []}


def test_certainty_and_mark_are_in_the_log_and_come_back(items: list[Item]) -> None:
    """A fresh session shows the same marks as the first one did."""
    session, sent = _session(items)
    session.receive(_answers(1)[0] | {"certainty": 3})
    restored = _session(items)[1][0]["outcomes"][SINGLE]

    assert [(entry.certainty, entry.cbm_mark) for entry in _logged()] == [(3, -6)]
    assert {name: sent[-1][name] for name in restored} == restored


def test_an_attempt_id_used_for_two_questions_counts_once(items: list[Item]) -> None:
    """The log keeps the first, and the page is told nothing about the key of the second."""
    session, sent = _session(items)
    own = str(uuid.uuid4())
    session.receive({"type": "answer", "attempt_id": own, "item_id": SINGLE, "response": "a"})
    session.receive({"type": "answer", "attempt_id": own, "item_id": NUMERIC, "response": "87"})

    assert [entry.item_id for entry in _logged()] == [SINGLE]
    assert sent[-1]["item_id"] == SINGLE
