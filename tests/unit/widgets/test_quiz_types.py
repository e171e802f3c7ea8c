"""The kernel side of the player for matching, sequence, hotspot and scene task."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from bonemets_teach.quiz.loading import read_items
from bonemets_teach.widgets.quiz import QuizPlayer

SAMPLES = Path(__file__).resolve().parents[1] / "quiz" / "samples_types.yaml"
LEARNER = "0123456789abcdef0123456789abcdef"
Message = dict[str, Any]
ANSWERS: dict[str, Any] = {
    "bm.sample.matching.01": {"pit": "osteoclast", "walled": "osteocyte", "row": "lining"},
    "bm.sample.sequence.01": ["activation", "resorption", "formation", "reversal"],
    "bm.sample.hotspot.01": {"point": [0.1436, 0.794]},
    "bm.sample.task.01": {"formation": 72, "event": 10},
}


class Desk:
    """A player with an empty history and what it sent."""

    def __init__(self, history: list[Message] | None = None) -> None:
        items, problems = read_items(SAMPLES)
        assert problems == []
        self.sent: list[tuple[Message, list[bytes]]] = []
        self.log: list[Message] = []
        self.player = QuizPlayer(items, record=self._record, history=lambda _secret: history or [])
        self.player.send = lambda content, buffers=None: self.sent.append((content, buffers or []))

    def _record(self, attempt: Message) -> bool:
        self.log.append(json.loads(json.dumps(attempt)))
        return True

    def tell(self, **message: Any) -> Message:
        """Send a message and return the answer as the page gets it."""
        self.player._receive(self.player, message, [])
        reply: Message = json.loads(json.dumps(self.sent[-1][0]))
        return reply


@pytest.fixture
def desk() -> Desk:
    """Return a player whose page has said who is learning."""
    made = Desk()
    made.tell(type="learner", secret=LEARNER)
    return made


def _answer(desk: Desk, item_id: str) -> Message:
    return desk.tell(type="answer", attempt_id=str(uuid.uuid4()), item_id=item_id, response=ANSWERS[item_id])


@pytest.mark.parametrize("item_id", list(ANSWERS))
def test_what_was_recorded_can_be_replayed(desk: Desk, item_id: str) -> None:
    """Round trip through the log's JSON: the same outcome, with rows, places and points."""
    reply = _answer(desk, item_id)
    restored = Desk(desk.log).tell(type="learner", secret=LEARNER)["outcomes"][item_id]

    assert reply["type"] == "outcome"
    assert {name: reply[name] for name in restored} == restored


@pytest.mark.parametrize("item_id", list(ANSWERS))
def test_an_answer_sent_twice_is_recorded_once(desk: Desk, item_id: str) -> None:
    """The same attempt id brings the same outcome and nothing else."""
    message = {
        "type": "answer",
        "attempt_id": str(uuid.uuid4()),
        "item_id": item_id,
        "response": ANSWERS[item_id],
    }

    assert desk.tell(**message) == desk.tell(**message)
    assert len(desk.log) == 1


def test_no_place_is_in_the_first_message(desk: Desk) -> None:
    """Regions, keys and checks come with the outcome only."""
    first = json.dumps(desk.sent[0][0])

    assert [word for word in ("half_width", "regions", "key", "checks", "solution") if word in first] == []
    assert "half_width" in json.dumps(_answer(desk, "bm.sample.hotspot.01"))


def test_a_state_is_taken_with_words(desk: Desk) -> None:
    """The page hears every setting with its unit and what the explorer shows."""
    reply = desk.tell(type="state", item_id="bm.sample.task.01", state={"formation": 72})

    assert reply["state"]["formation"] == 72
    assert {"label": "Bone formed by each osteoblast", "value": "72 %"} in reply["settings"]
    assert "day" in reply["text"]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"item_id": "bm.sample.task.01", "state": {"formation": 720}}, "is outside 50 to 150 %"),
        ({"item_id": "bm.sample.task.01"}, "no state of the explorer"),
        ({"item_id": "bm.sample.matching.01", "state": {}}, "takes no state"),
    ],
)
def test_a_state_that_can_not_be_used_is_refused_in_words(desk: Desk, message: Message, words: str) -> None:
    """Out of range, missing, or for another question."""
    reply = desk.tell(type="state", **message)

    assert reply["type"] == "refused"
    assert words in reply["text"]


def test_the_picture_to_point_at_has_one_shape_for_all(desk: Desk) -> None:
    """A narrow screen gets the same picture, so that places stay where they are."""
    sizes = set()
    for width in (280, 1200):
        look = {"width_px": width, "scale": 1}
        desk.tell(type="picture", item_id="bm.sample.hotspot.01", index=0, look=look)
        sizes.add(desk.sent[-1][1][0][16:24])

    assert len(sizes) == 1
