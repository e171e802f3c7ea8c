"""The kernel side of the quiz player: messages in, messages out, no browser."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from bonemets_teach.quiz.loading import read_items
from bonemets_teach.widgets.quiz import QuizPlayer

SAMPLES = Path(__file__).resolve().parents[1] / "quiz" / "samples.yaml"
SINGLE, MULTIPLE, NUMERIC = "bm.sample.single.01", "bm.sample.multiple.01", "bm.sample.numeric.01"
LEARNER = "0123456789abcdef0123456789abcdef"
Message = dict[str, Any]


class Desk:
    """A player, what it sent and what it recorded."""

    def __init__(self, *, history: list[Message] | None = None, saves: bool = True) -> None:
        items, problems = read_items(SAMPLES)
        assert problems == []
        self.sent: list[tuple[Message, list[bytes]]] = []
        self.log: list[Message] = []
        self.saves = saves
        self.player = QuizPlayer(
            items, record=self._record, history=lambda _secret: history or [], figure=lambda *_: b"PNG"
        )
        self.player.send = lambda content, buffers=None: self.sent.append((content, buffers or []))

    def _record(self, attempt: Message) -> bool:
        self.log.append(attempt)
        return self.saves

    def tell(self, **message: Any) -> Message:
        """Send a message as the page does and return the answer."""
        json.dumps(message)
        self.player._receive(self.player, message, [])
        return self.sent[-1][0]

    def answer(self, item_id: str = SINGLE, response: Any = "a", **more: Any) -> Message:
        """Answer an item."""
        return self.tell(
            **{
                "type": "answer",
                "attempt_id": str(uuid.uuid4()),
                "item_id": item_id,
                "response": response,
                **more,
            }
        )


@pytest.fixture
def desk() -> Desk:
    """Return a player whose page has said who is learning."""
    made = Desk()
    made.tell(type="learner", secret=LEARNER)
    return made


def test_the_learner_gets_all_items_without_keys(desk: Desk) -> None:
    """The first message brings the questions and nothing that is shown later."""
    message = desk.sent[-1][0]

    assert message["type"] == "quiz"
    assert [item["id"] for item in message["items"]] == [SINGLE, MULTIPLE, NUMERIC]
    assert [word for word in ("FEEDBACK", "EXPLANATION", "HINT-") if word in json.dumps(message)] == []


def test_an_answer_is_graded_and_recorded(desk: Desk) -> None:
    """The record holds what a log needs, the page gets feedback on every option."""
    reply = desk.answer(response="b", hints_used=1, latency_ms=4200)
    entry = desk.log[0]

    assert (reply["type"], reply["correct"], reply["saved"]) == ("outcome", False, True)
    assert len(reply["options"]) == 4
    assert (entry["learner"], entry["item_id"], entry["item_version"], entry["response"]) == (
        LEARNER,
        SINGLE,
        1,
        "b",
    )
    assert (entry["correct"], entry["score"], entry["hints_used"], entry["latency_ms"]) == (
        False,
        0.0,
        1,
        4200,
    )
    assert sorted(entry["option_order"]) == ["a", "b", "c", "d"]


def test_sending_an_answer_twice_records_it_once(desk: Desk) -> None:
    """The same attempt id brings the same outcome again and nothing else."""
    first = desk.answer(attempt_id="00000000-0000-4000-8000-000000000001")
    again = desk.answer(attempt_id="00000000-0000-4000-8000-000000000001")

    assert first == again
    assert len(desk.log) == 1


def test_an_unsaved_answer_says_so_and_is_tried_again() -> None:
    """The outcome carries words; the page's second sending reaches the record again."""
    desk = Desk(saves=False)
    desk.tell(type="learner", secret=LEARNER)
    attempt_id = str(uuid.uuid4())
    first = desk.answer(attempt_id=attempt_id)
    desk.saves = True
    second = desk.answer(attempt_id=attempt_id)

    assert (first["saved"], "could not be saved" in first["note"]) == (False, True)
    assert (second["saved"], "note" in second) == (True, False)


def test_a_record_that_fails_does_not_stop_the_quiz(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is graded, the learner reads that it is not saved."""

    def fail(_attempt: Message) -> bool:
        message = "disk full"
        raise OSError(message)

    monkeypatch.setattr(desk.player._session._marker, "_record", fail)
    reply = desk.answer()

    assert (reply["correct"], reply["saved"]) == (True, False)


def test_an_answer_before_the_learner_is_known_is_not_saved() -> None:
    """Without a learner there is no record to write to."""
    desk = Desk()

    assert desk.answer()["saved"] is False
    assert desk.log == []


def test_earlier_answers_are_replayed() -> None:
    """The latest attempt decides the outcome, the number of tries is kept."""
    history = [
        {"item_id": SINGLE, "item_version": 1, "response": "b", "hints_used": 0},
        {"item_id": SINGLE, "item_version": 1, "response": "a", "hints_used": 1},
        {"item_id": NUMERIC, "item_version": 1, "response": 87.3, "hints_used": 0},
    ]
    message = Desk(history=history).tell(type="learner", secret=LEARNER)

    assert message["tries"] == {SINGLE: 2, NUMERIC: 1}
    assert (message["outcomes"][SINGLE]["correct"], message["outcomes"][SINGLE]["score"]) == (True, 0.75)


@pytest.mark.parametrize(
    "attempt",
    [
        {"item_id": SINGLE, "item_version": 9, "response": "a"},
        {"item_id": SINGLE, "item_version": 1, "response": "gone"},
        {"item_id": "bm.gone.01", "item_version": 1, "response": "a"},
        {},
    ],
)
def test_an_answer_to_another_version_is_not_replayed(attempt: Message) -> None:
    """A question that changed is asked anew, and an odd entry breaks nothing."""
    assert Desk(history=[attempt]).tell(type="learner", secret=LEARNER)["outcomes"] == {}


def test_what_was_recorded_can_be_replayed(desk: Desk) -> None:
    """Round trip: the record of each type restores the same outcome."""
    replies = [desk.answer(SINGLE, "c"), desk.answer(MULTIPLE, ["b", "a"]), desk.answer(NUMERIC, "88,1 %")]
    message = Desk(history=json.loads(json.dumps(desk.log))).tell(type="learner", secret=LEARNER)

    for reply in replies:
        restored = message["outcomes"][reply["item_id"]]
        assert {name: reply[name] for name in restored} == restored


def test_a_history_that_fails_still_gives_the_questions(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Progress must never stop a quiz."""

    def fail(_secret: str) -> list[Message]:
        message = "locked"
        raise OSError(message)

    monkeypatch.setattr(desk.player._session, "_history", fail)

    assert len(desk.tell(type="learner", secret=LEARNER)["items"]) == 3


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"type": "answer", "item_id": SINGLE, "response": "a"}, "has no id"),
        ({"type": "answer", "attempt_id": "x", "item_id": SINGLE, "response": "a"}, "has no id"),
        ({"type": "answer", "attempt_id": str(uuid.UUID(int=1)), "item_id": "no", "response": "a"}, "not part of this lesson"),
        ({"type": "answer", "attempt_id": str(uuid.UUID(int=1)), "item_id": SINGLE}, "not one of this question"),
        ({"type": "answer", "attempt_id": str(uuid.UUID(int=1)), "item_id": NUMERIC, "response": "soon"}, "is not a number"),
        ({"type": "hint", "item_id": SINGLE, "number": 3}, "no further hint"),
        ({"type": "hint", "item_id": SINGLE, "number": "1"}, "no further hint"),
        ({"type": "learner"}, "who is learning"),
        ({"type": "learner", "secret": "x" * 300}, "who is learning"),
        ({"type": "erase everything"}, "not one that the quiz understands"),
        ({}, "not one that the quiz understands"),
    ],
)  # fmt: skip
def test_a_message_that_makes_no_sense_is_refused_in_words(desk: Desk, message: Message, words: str) -> None:
    """The page gets words, the log gets nothing."""
    reply = desk.tell(**message)

    assert reply["type"] == "refused"
    assert words in reply["text"]
    assert desk.log == []


@pytest.mark.parametrize("content", [None, 7, "answer", [], {"type": ["answer"]}])
def test_content_of_the_wrong_kind_is_refused(desk: Desk, content: Any) -> None:
    """Nothing that a page can send raises."""
    desk.player._receive(desk.player, content, [])

    assert desk.sent[-1][0]["type"] == "refused"


@pytest.mark.parametrize(
    ("hints", "latency"), [(-5, -1), (99, 1e18), ("2", "x"), (True, None), (float("nan"), float("nan"))]
)
def test_counts_from_the_page_are_brought_into_range(desk: Desk, hints: Any, latency: Any) -> None:
    """No message can earn points or break the log with its counts."""
    desk.answer(hints_used=hints, latency_ms=latency)
    entry = desk.log[0]

    assert 0 <= entry["hints_used"] <= 2
    assert 0 <= entry["latency_ms"] <= 86_400_000


def test_hints_given_out_count_even_if_the_page_forgets_them(desk: Desk) -> None:
    """The kernel remembers what it showed, until the next answer."""
    desk.tell(type="hint", item_id=SINGLE, number=1)
    desk.tell(type="hint", item_id=SINGLE, number=2)
    desk.answer(hints_used=0)
    desk.answer(hints_used=0)

    assert [entry["score"] for entry in desk.log] == [0.5, 1.0]


def test_a_picture_comes_as_bytes(desk: Desk) -> None:
    """The scene of a question is drawn when the page asks for it."""
    reply = desk.tell(type="picture", item_id=SINGLE, index=0, look={"width_px": 400, "theme": "dark"})

    assert reply["mime"] == "image/png"
    assert desk.sent[-1][1] == [b"PNG"]


@pytest.mark.parametrize(
    ("item_id", "index"), [(SINGLE, 1), (SINGLE, -1), (SINGLE, "0"), (SINGLE, True), (NUMERIC, 0)]
)
def test_a_picture_that_is_not_there_leaves_its_words(desk: Desk, item_id: str, index: Any) -> None:
    """The page is told, so that it can show the description."""
    reply = desk.tell(type="picture", item_id=item_id, index=index)

    assert "could not be drawn" in reply["problem"]


def test_the_player_says_how_many_questions_it_holds(desk: Desk) -> None:
    """Its text in a notebook is stable."""
    assert repr(desk.player) == "QuizPlayer(3 items)"
