"""A timed exam: no key leaves before its end, whatever a page sends; one attempt for each item at the end."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from bonemets_teach.quiz.loading import read_items
from bonemets_teach.quiz.session import QuizSession
from bonemets_teach.quiz.sitting import Sitting

FOLDER = Path(__file__).parent
SINGLE, MULTIPLE, NUMERIC = "bm.sample.single.01", "bm.sample.multiple.01", "bm.sample.numeric.01"
TASK, CASE = "bm.sample.task.01", "bm.sample.case.01"
LEARNER = "0123456789abcdef0123456789abcdef"
TOLD = ("FEEDBACK", "EXPLANATION", "HINT-", '"right"', '"correct"', '"accepted"')
Message = dict[str, Any]
ANSWERS: Message = {
    SINGLE: {"response": "b", "certainty": 3, "latency_ms": 900},
    NUMERIC: {"response": "87,3 %"},
}


class Desk:
    """A session about the samples, what it sent, drew and recorded."""

    def __init__(self, log: list[Message] | None = None, *files: str) -> None:
        items = [item for name in files or ("samples.yaml",) for item in read_items(FOLDER / name)[0]]
        self.ids = {item.type: item.id for item in items}
        self.sent: list[Message] = []
        self.log: list[Message] = [] if log is None else log
        self.saves = self.keeps = True
        self.sessions: list[Message] = []
        self.drawn: list[bool] = []
        self.session = QuizSession(
            items,
            record=self._record,
            history=lambda _secret: list(self.log),
            picture=self._picture,
            send=self._send,
            sitting=Sitting(self._keep),
        )
        self.greeting = self.tell(type="learner", secret=LEARNER)

    def _record(self, attempt: Message) -> bool:
        if self.saves and attempt["attempt_id"] not in {each["attempt_id"] for each in self.log}:
            self.log.append(json.loads(json.dumps(attempt)))
        return self.saves

    def _keep(self, told: Message) -> bool:
        if self.keeps:
            self.sessions.append(json.loads(json.dumps(told)))
        return self.keeps

    def _picture(self, _item: Any, _index: Any, _look: Any, answered: bool) -> tuple[str, bytes]:
        self.drawn.append(answered)
        return "image/png", b"PNG"

    def _send(self, message: Message, buffers: list[bytes] | None = None) -> None:
        assert buffers is None or buffers == [b"PNG"]
        self.sent.append(json.loads(json.dumps(message)))

    def tell(self, **message: Any) -> Message:
        """Send a message and return the last answer to it."""
        self.session.receive(message)
        return self.sent[-1]

    def answer(self, item_id: str = SINGLE, response: Any = "a", **more: Any) -> Message:
        """Answer an item."""
        known = {"attempt_id": str(uuid.uuid4()), "item_id": item_id, "response": response}
        return self.tell(**{"type": "answer", **known, **more})


@pytest.fixture
def desk() -> Desk:
    """Return a session whose page has said who is learning."""
    return Desk()


def _block(*items: str) -> Message:
    return {"id": str(uuid.uuid4()), "attempts": {name: str(uuid.uuid4()) for name in items}}


def _told(messages: list[Message]) -> list[str]:
    return [word for word in TOLD if word in json.dumps(messages)]


@pytest.mark.parametrize(
    "message",
    [
        {"type": "answer", "item_id": SINGLE, "attempt_id": str(uuid.UUID(int=1)), "response": "a"},
        {"type": "answer", "item_id": NUMERIC, "attempt_id": str(uuid.UUID(int=2)), "response": "87"},
        {"type": "hint", "item_id": SINGLE, "number": 1},
        {"type": "learner", "secret": LEARNER},
        {"type": "learner", "secret": "f" * 32},
        {"type": "learner", "secret": LEARNER, "block": {"id": "no"}},
        {"type": "exam", "block": _block(SINGLE)},
        {"type": "exam", "block": None},
        {"type": "exam_end", "block": _block(SINGLE, NUMERIC), "answers": ANSWERS},
        {"type": "exam_end"},
        {"type": "results"},
    ],
)
def test_no_message_gets_a_key_while_an_exam_runs(desk: Desk, message: Message) -> None:
    """Neither answers, hints, greetings, other exams nor nonsense bring an outcome or an attempt."""
    desk.answer(SINGLE, "b", attempt_id=str(uuid.UUID(int=1)))
    desk.tell(type="exam", block=_block(SINGLE, NUMERIC))
    before, asked = len(desk.log), len(desk.sent)
    desk.tell(**message)

    assert _told(desk.sent[asked:]) == []
    assert len(desk.log) == before


def test_an_answer_sent_again_during_an_exam_is_kept_back_not_lost(desk: Desk) -> None:
    """The page is told that the question is sealed, so that it sends its waiting answer later."""
    desk.tell(type="exam", block=_block(SINGLE))

    assert desk.answer(SINGLE, "a")["sealed"] is True


def test_a_picture_of_the_explanation_waits_for_the_end(desk: Desk) -> None:
    """An answered question counts as not answered while its exam runs."""
    desk.answer(SINGLE, "a")
    desk.tell(type="picture", item_id=SINGLE, index=0)
    desk.tell(type="exam", block=_block(SINGLE))
    desk.tell(type="picture", item_id=SINGLE, index=0)

    assert desk.drawn == [True, False]


def test_questions_outside_the_exam_are_answered_as_ever(desk: Desk) -> None:
    """Only the items of the block are sealed."""
    desk.tell(type="exam", block=_block(SINGLE))

    assert desk.answer(MULTIPLE, ["a", "b"])["correct"] is True


def test_a_new_kernel_learns_of_the_exam_with_the_greeting() -> None:
    """After a reload earlier outcomes of its items stay back, and the page is told that the exam goes on."""
    log: list[Message] = []
    Desk(log).answer(SINGLE, "a")
    fresh = Desk(log)
    assert SINGLE in fresh.greeting["outcomes"]
    block = _block(SINGLE, NUMERIC)
    greeting = Desk(log).tell(type="learner", secret=LEARNER, block=block)

    assert (greeting["exam"], greeting["outcomes"]) == (block["id"], {})


def test_the_end_brings_every_outcome_and_logs_each_answer_once(desk: Desk) -> None:
    """Marks, misconceptions and times are there; what has no answer is left open."""
    block = _block(SINGLE, MULTIPLE, NUMERIC)
    desk.tell(type="exam", block=block)
    reply = desk.tell(type="exam_end", block=block, answers=ANSWERS)
    first, second = reply["outcomes"]

    assert (reply["type"], reply["saved"], reply["unread"]) == ("results", True, {})
    assert (first["item_id"], first["correct"], first["certainty"], first["mark"]) == (SINGLE, False, 3, -6)
    assert first["misconceptions"][0]["text"] == "Tumor cells dissolve bone themselves."
    assert (second["item_id"], second["correct"], second["mark"]) == (NUMERIC, True, None)
    assert [entry["attempt_id"] for entry in desk.log] == [
        block["attempts"][SINGLE],
        block["attempts"][NUMERIC],
    ]
    assert (desk.log[0]["certainty"], desk.log[0]["cbm_mark"], desk.log[0]["latency_ms"]) == (3, -6, 900)


def test_an_end_sent_again_logs_nothing_more() -> None:
    """The same kernel repeats its results, a new one grades them again under the same ids."""
    log: list[Message] = []
    desk, block = Desk(log), _block(SINGLE, NUMERIC)
    desk.tell(type="exam", block=block)
    first = desk.tell(type="exam_end", block=block, answers=ANSWERS)
    again = desk.tell(type="exam_end", block=block, answers={SINGLE: {"response": "a"}})
    other = Desk(log).tell(type="exam_end", block=block, answers=ANSWERS)

    assert first == again == other
    assert len(log) == 2


def test_an_ended_exam_does_not_begin_again(desk: Desk) -> None:
    """A second tab that still shows it gets the results."""
    block = _block(SINGLE)
    desk.tell(type="exam", block=block)
    results = desk.tell(type="exam_end", block=block, answers=ANSWERS)

    assert desk.tell(type="exam", block=block) == results
    assert desk.tell(type="learner", secret=LEARNER, block=block) == results
    assert desk.answer(SINGLE, "a")["correct"] is True


def test_results_of_an_ended_exam_wait_while_another_runs(desk: Desk) -> None:
    """Asking for the old results brings no key of a question that is asked again."""
    old, new = _block(SINGLE), _block(SINGLE)
    desk.tell(type="exam_end", block=old, answers=ANSWERS)
    desk.tell(type="exam", block=new)
    asked = len(desk.sent)
    desk.tell(type="exam", block=old)
    desk.tell(type="exam_end", block=old, answers=ANSWERS)
    desk.tell(type="learner", secret=LEARNER, block=old)

    assert _told(desk.sent[asked:]) == []


def test_what_could_not_be_saved_is_taken_again(desk: Desk) -> None:
    """The page sends the end again until all answers are in the log."""
    block = _block(SINGLE, NUMERIC)
    desk.saves = False
    first = desk.tell(type="exam_end", block=block, answers=ANSWERS)
    desk.saves = True
    second = desk.tell(type="exam_end", block=block, answers=ANSWERS)

    assert (first["saved"], second["saved"], len(desk.log)) == (False, True, 2)


def test_an_answer_that_is_none_is_told_and_not_logged(desk: Desk) -> None:
    """The other answers count all the same."""
    block = _block(SINGLE, NUMERIC)
    reply = desk.tell(
        type="exam_end", block=block, answers=ANSWERS | {NUMERIC: {"response": "soon"}, "bm.other.01": 1}
    )

    assert [outcome["item_id"] for outcome in reply["outcomes"]] == [SINGLE]
    assert "is not a number" in reply["unread"][NUMERIC]


@pytest.mark.parametrize(
    "block",
    [
        None, 7, {}, {"id": "x", "attempts": {SINGLE: str(uuid.UUID(int=1))}},
        {"id": str(uuid.UUID(int=9)), "attempts": {}},
        {"id": str(uuid.UUID(int=9)), "attempts": [SINGLE]},
        {"id": str(uuid.UUID(int=9)), "attempts": {"bm.gone.01": str(uuid.UUID(int=1))}},
        {"id": str(uuid.UUID(int=9)), "attempts": {SINGLE: "x"}},
        {"id": str(uuid.UUID(int=9)), "attempts": {SINGLE: str(uuid.UUID(int=1)), NUMERIC: str(uuid.UUID(int=1))}},
        {"id": str(uuid.UUID(int=9)), "attempts": {f"bm.x.{n}": n for n in range(300)}},
    ],
)  # fmt: skip
def test_an_exam_that_makes_no_sense_is_refused_in_words(desk: Desk, block: Any) -> None:
    """It seals nothing, logs nothing and does not keep the questions from the page."""
    assert desk.tell(type="exam", block=block)["type"] == "refused"
    assert desk.tell(type="exam_end", block=block, answers=ANSWERS)["type"] == "refused"
    assert desk.tell(type="learner", secret=LEARNER, block=block)["type"] == "quiz"
    assert desk.answer(SINGLE, "a")["type"] == "outcome"


@pytest.mark.parametrize("sheet", [None, 3, [], {SINGLE: "a"}, {SINGLE: {}}, {SINGLE: {"response": None}}])
def test_an_empty_sheet_ends_the_exam_without_outcomes(desk: Desk, sheet: Any) -> None:
    """Who answers nothing gets no key, and may answer the questions in study mode."""
    block = _block(SINGLE)
    desk.tell(type="exam", block=block)
    reply = desk.tell(type="exam_end", block=block, answers=sheet)

    assert (reply["outcomes"], _told([reply]), desk.log) == ([], [], [])


def test_a_state_of_an_explorer_is_taken_within_an_exam() -> None:
    """The words say what was set, not whether it is right."""
    desk = Desk(None, "samples_types.yaml")
    desk.tell(type="exam", block=_block(TASK))
    reply = desk.tell(type="state", item_id=TASK, state={"formation": 72})

    assert reply["type"] == "state"
    assert _told([reply]) == []


def test_an_exam_asks_no_question_without_a_right_answer() -> None:
    """Polls and panels of experts are marked as not for exams."""
    desk = Desk(None, "samples_cases.yaml")
    left_out = {view["type"] for view in desk.greeting["items"] if not view["in_exam"]}

    assert left_out == {"poll", "script_concordance"}


def test_the_end_tells_what_was_left_out_and_what_was_not_reached(desk: Desk) -> None:
    """Each question of the exam is answered, omitted or not reached; seen by rumor counts for nothing."""
    block = _block(MULTIPLE, SINGLE, NUMERIC) | {"minutes": 5}
    desk.tell(type="exam", block=block)
    desk.tell(
        type="exam_end",
        block=block,
        answers={SINGLE: {"response": "a"}},
        seen=[SINGLE, NUMERIC, "bm.x.01", 3],
    )
    begun, ended = desk.sessions

    assert (begun["session_id"], begun["kind"]) == (block["id"], "exam")
    assert begun["plan"] == {"items": [MULTIPLE, SINGLE, NUMERIC], "versions": [1, 1, 1], "minutes": 5}
    assert ended["result"] == {"answered": [SINGLE], "omitted": [NUMERIC], "not_reached": [MULTIPLE]}
    assert [(entry["session_id"], entry["seq_no"]) for entry in desk.log] == [(block["id"], 2)]


@pytest.mark.parametrize("seen", [None, 7, "x", {}, [[]], [None, {}]])
def test_what_a_page_says_it_has_seen_is_not_taken_on_trust(desk: Desk, seen: Any) -> None:
    """Nonsense ends the exam all the same, and an answer that can't be read was at least looked at."""
    block = _block(SINGLE, NUMERIC) | {"minutes": "long"}
    desk.tell(type="exam_end", block=block, answers={NUMERIC: {"response": "soon"}}, seen=seen)

    assert desk.sessions[0]["plan"]["minutes"] is None
    assert desk.sessions[-1]["result"] == {"answered": [], "omitted": [NUMERIC], "not_reached": [SINGLE]}


def test_an_end_that_was_not_kept_is_sent_again(desk: Desk) -> None:
    """Not even an exam without answers is lost."""
    block = _block(SINGLE)
    desk.keeps = False
    first = desk.tell(type="exam_end", block=block, answers={})
    desk.keeps = True
    second = desk.tell(type="exam_end", block=block, answers={})

    assert (first["saved"], second["saved"]) == (False, True)


def test_answers_outside_an_exam_are_practice_in_one_session(desk: Desk) -> None:
    """They are numbered as they come; a repeated one keeps its number; another learner has another session."""
    own = str(uuid.uuid4())
    desk.answer(SINGLE, "a", attempt_id=own)
    desk.saves = False
    desk.answer(MULTIPLE, ["a"], attempt_id=(other := str(uuid.uuid4())))
    desk.saves = True
    desk.answer(NUMERIC, "87")
    desk.answer(MULTIPLE, ["a"], attempt_id=other)
    desk.answer(SINGLE, "a", attempt_id=own)
    numbers = {entry["item_id"]: entry["seq_no"] for entry in desk.log}
    desk.tell(type="learner", secret="f" * 32)
    desk.answer(SINGLE, "a")

    assert numbers == {SINGLE: 1, MULTIPLE: 2, NUMERIC: 3}
    assert [told["kind"] for told in desk.sessions] == ["practice", "practice"]
    assert len({entry["session_id"] for entry in desk.log}) == 2
    assert desk.log[-1]["seq_no"] == 1
