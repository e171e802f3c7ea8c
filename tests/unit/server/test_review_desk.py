"""Reviews and tests over the whole bank: what is asked, what is kept, and when feedback may be seen."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.lessons import review_worker
from bonemets_teach.lessons.review_bank import reviewed_items
from bonemets_teach.lessons.review_worker import ReviewWorker
from bonemets_teach.progress import Attempt, AttemptLog, open_log
from bonemets_teach.server.course import load_course
from bonemets_teach.server.review_bank import BankFacts, read_bank
from bonemets_teach.server.review_desk import ReviewDesk

SECRET = "0123456789abcdef" * 2
LESSON = "bone-remodeling"
NOW = datetime.now(UTC)


class Here:
    """The process of the reviews, without a process."""

    def __init__(self) -> None:
        self.worker = ReviewWorker()

    async def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Answer as the process does, through JSON."""
        answer: dict[str, Any] = json.loads(json.dumps(self.worker.answer(json.loads(json.dumps(request)))))
        return answer


@pytest.fixture(scope="module")
def bank() -> BankFacts:
    """Read the facts of the bank once."""
    return read_bank(ReviewWorker().answer({"op": "bank"})["bank"], load_course())


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AttemptLog:
    """One log for the server and for the process."""
    opened = open_log(tmp_path)
    monkeypatch.setattr(review_worker, "open_log", lambda: opened)
    return opened


class Learner:
    """What the page of one learner can ask."""

    def __init__(self, desk: ReviewDesk, log: AttemptLog, bank: BankFacts) -> None:
        self.desk, self.log, self.bank = desk, log, bank
        self.id = log.learner(SECRET)

    def overview(self) -> dict[str, Any]:
        """Read the overview."""
        return asyncio.run(self.desk.overview(self.id))

    def send(self, kind: str, items: list[str], **message: Any) -> dict[str, Any]:
        """Send a message of the player."""
        body = {"kind": kind, "items": items, "message": message}
        return asyncio.run(self.desk.ask(SECRET, self.id, body))

    def answer(self, kind: str, items: list[str], item: str, response: Any, **more: Any) -> dict[str, Any]:
        """Answer a question."""
        more.setdefault("attempt_id", str(uuid.uuid4()))
        return self.send(kind, items, type="answer", item_id=item, response=response, **more)

    def rate(self, **body: Any) -> dict[str, Any]:
        """Rate an answer."""
        return asyncio.run(self.desk.rate(self.id, body))

    def end(self, kind: str) -> dict[str, Any]:
        """End a test."""
        return asyncio.run(self.desk.end_test(self.id, {"kind": kind, "lesson": LESSON}))

    def test(self) -> dict[str, Any]:
        """Read the state of the tests of one lesson."""
        return next(one for one in self.overview()["tests"] if one["lesson"] == LESSON)

    def did(self, days_ago: float, item: str, *, correct: bool, response: Any = "a") -> None:
        """Put an old answer into the log."""
        facts = self.bank.items[item]
        self.log.record(
            Attempt(
                learner_id=self.id, lesson_id=facts.lesson, item_id=item, item_version=facts.version, max_score=1.0,
                response=response, score=float(correct), correct=correct, answered_at=NOW - timedelta(days=days_ago),
            )
        )  # fmt: skip


@pytest.fixture
def learner(log: AttemptLog, bank: BankFacts) -> Learner:
    """Make a learner without answers."""
    desk = ReviewDesk(log, load_course(), Here())  # type: ignore[arg-type]
    desk._bank = bank
    return Learner(desk, log, bank)


@pytest.fixture(scope="module")
def choice(bank: BankFacts) -> str:
    """Find a question with options and a wrong idea behind one of them."""
    return next(name for name, item in bank.items.items() if item.type == "single_best" and item.traps)


def test_a_new_learner_sees_an_empty_overview(learner: Learner) -> None:
    """Nothing is known, nothing is due, nothing goes wrong, and every lesson offers its tests."""
    view = learner.overview()

    assert (view["answered"], view["due"]["count"], view["due"]["next_at"]) == (0, 0, None)
    assert view["wrong"] == {"ideas": [], "items": []}
    assert {goal["level"] for lesson in view["know"] for goal in lesson["goals"]} == {"none"}
    assert all(5 <= len(one[kind]["left"]) <= 8 for one in view["tests"] for kind in ("pre", "post"))


def test_the_overview_says_what_is_due_and_what_goes_wrong(learner: Learner, choice: str) -> None:
    """Held twice, an idea stands there in words with the place in the lesson."""
    option, idea = next(iter(learner.bank.items[choice].traps["choice"].items()))
    learner.did(9, choice, correct=False, response=option)
    learner.did(5, choice, correct=False, response=option)
    view = learner.overview()

    assert view["due"]["items"] == [choice]
    assert view["due"]["missed"] == 1
    found = view["wrong"]["ideas"][0]
    assert (found["text"], found["times"]) == (learner.bank.ideas[idea], 2)
    assert found["lesson"] == learner.bank.items[choice].lesson
    assert view["wrong"]["items"][0]["times"] == 2


def test_a_miss_of_today_can_be_practiced_before_it_is_due(learner: Learner, choice: str) -> None:
    """It is not due, but offered."""
    learner.did(0.1, choice, correct=False)
    view = learner.overview()

    assert view["due"]["count"] == 0
    assert view["again"] == [choice]


def test_a_review_asks_grades_keeps_and_reschedules(learner: Learner, choice: str) -> None:
    """The key is not sent before the answer; after it the card tells when the question comes back."""
    learner.did(30, choice, correct=False)
    asked = learner.send("review", [choice], type="learner")["sent"][0]["message"]
    assert asked["type"] == "quiz"
    assert asked["outcomes"] == {}
    assert "feedback" not in json.dumps(asked)
    assert SECRET not in json.dumps(asked)
    reply = learner.answer("review", [choice], choice, asked["items"][0]["options"][0]["id"])
    outcome = reply["sent"][-1]["message"]

    assert (outcome["type"], outcome["saved"]) == ("outcome", True)
    assert reply["card"]["rating"] == (3 if outcome["correct"] else 1)
    assert [one["name"] for one in reply["card"]["choices"]] == ["Again", "Hard", "Good", "Easy"]
    assert learner.overview()["due"]["count"] == 0


def test_the_same_answer_twice_is_one_attempt(learner: Learner, choice: str) -> None:
    """Also when the process has forgotten the quiz in between."""
    attempt = str(uuid.uuid4())
    for _ in range(2):
        learner.answer("review", [choice], choice, "a", attempt_id=attempt)
        learner.desk._client = Here()  # type: ignore[assignment]

    assert len(learner.log.attempts(learner.id)) == 1


def test_the_learner_may_rate_differently(learner: Learner, choice: str) -> None:
    """Easy waits longer than again."""
    reply = learner.answer("review", [choice], choice, "a")
    known = {"item_id": choice, "attempt_id": reply["card"]["attempt_id"]}
    again, easy = learner.rate(**known, rating=1), learner.rate(**known, rating=4)

    assert (again["rating"], easy["rating"], easy["saved"]) == (1, 4, True)
    assert easy["due_at"] > again["due_at"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"rating": 5},
        {"rating": True},
        {"rating": "3"},
        {"rating": 3, "item_id": "none", "attempt_id": "x"},
        {"rating": 3, "item_id": ["a"], "attempt_id": {}},
    ],
)
def test_a_rating_of_nothing_is_refused(learner: Learner, body: dict[str, Any]) -> None:
    """In words."""
    with pytest.raises(ParameterError):
        learner.rate(**body)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "review", "items": [], "message": {}},
        {"kind": "review", "items": "abc", "message": {}},
        {"kind": "review", "items": [1], "message": {}},
        {"kind": "review", "items": ["bm.none.01"], "message": {}},
        {"kind": "exam", "items": ["CHOICE"], "message": {}},
        {"kind": ["review"], "items": ["CHOICE"], "message": {}},
        {"kind": "review", "items": ["CHOICE", "CHOICE"], "message": {}},
        {"kind": "review", "items": ["CHOICE"], "message": []},
        {"kind": "review", "items": ["CHOICE"] * 41, "message": {}},
        {"kind": "results", "items": ["CHOICE"], "message": {"type": "learner"}},
    ],
)
def test_a_hostile_message_is_refused(learner: Learner, choice: str, body: dict[str, Any]) -> None:
    """In words, before it reaches the process."""
    if isinstance(body.get("items"), list):
        body["items"] = [choice if name == "CHOICE" else name for name in body["items"]]
    with pytest.raises(ParameterError):
        asyncio.run(learner.desk.ask(SECRET, learner.id, body))


@pytest.mark.parametrize(
    "message", [{"type": "?"}, {"type": ["answer"]}, {"type": "answer"}, {"type": "picture", "index": -1}, {}]
)
def test_a_message_the_quiz_does_not_know_is_answered_in_words(
    learner: Learner, choice: str, message: dict[str, Any]
) -> None:
    """No failure, no traceback."""
    sent = learner.send("review", [choice], **message)["sent"]

    assert sent[0]["message"]["type"] in {"refused", "picture"}


def take(learner: Learner, kind: str, respond: Callable[[dict[str, Any]], Any]) -> list[dict[str, Any]]:
    """Answer all questions of a test; return what the server said to the answers."""
    items = learner.test()[kind]["left"]
    views = learner.send(kind, items, type="learner")["sent"][0]["message"]["items"]
    said = []
    for view in views:
        reply = learner.answer(kind, items, view["id"], respond(view))
        said.append(reply["sent"][0]["message"])
    return said


def any_answer(view: dict[str, Any]) -> Any:
    """Give some answer that the question can take."""
    if view["type"] in {"numeric", "short_text"}:
        return "1" if view["type"] == "numeric" else "something"
    if "options" in view:
        first = view["options"][0]["id"]
        return [first] if view["type"] == "multiple_response" else first
    if "steps" in view:
        return [step["id"] for step in view["steps"]]
    if "targets" in view:
        return {"target": view["targets"][0]["id"]}
    return {row["id"]: view["choices"][0]["id"] for row in view["rows"]}


def test_a_test_before_the_lesson_gives_no_feedback_and_moves_nothing(learner: Learner) -> None:
    """No outcome, no hints, no attempt, no card; only that the answer is kept."""
    said = take(learner, "pre", any_answer)

    assert {one["type"] for one in said} == {"kept"}
    assert all(set(one) <= {"type", "attempt_id", "item_id", "saved"} for one in said)
    assert learner.log.attempts(learner.id) == []
    view = learner.overview()
    assert view["answered"] == 0
    assert learner.test()["pre"] == {
        "asked": len(said), "answered": len(said), "left": [], "done": True, "right": None,
    }  # fmt: skip


def test_the_feedback_comes_after_the_test_after_the_lesson(learner: Learner) -> None:
    """Then both tests can be read, and the gain is a sentence; answers of the second test count."""
    before = len(take(learner, "pre", any_answer))
    pre = learner.test()["pre"]
    asked = [event.task_id for event in learner.log.events(learner.id) if event.task_id in learner.bank.items]
    with pytest.raises(ParameterError, match="waits"):
        learner.send("results", asked, type="learner")
    after = len(take(learner, "post", any_answer))
    test = learner.test()
    shown = learner.send("results", test["results"], type="learner")["sent"][0]["message"]

    assert pre["right"] is None
    assert test["gain"].endswith(".")
    assert f"of {after} after it" in test["gain"]
    assert set(shown["outcomes"]) == set(test["results"]) >= set(asked)
    assert len(learner.log.attempts(learner.id)) == after
    assert before == test["pre"]["asked"]


def test_ending_the_first_test_shows_its_feedback(learner: Learner) -> None:
    """The learner decides; no more answers are taken then."""
    items = learner.test()["pre"]["left"]
    with pytest.raises(ParameterError, match="without answers"):
        learner.end("pre")
    view = learner.send("pre", items, type="learner")["sent"][0]["message"]["items"][0]
    learner.answer("pre", items, view["id"], any_answer(view))
    learner.end("pre")
    test = learner.test()

    assert test["results"] == [view["id"]]
    assert test["pre"]["right"] in {0, 1}
    with pytest.raises(ParameterError, match="ended"):
        learner.send("pre", items, type="learner")


def test_a_test_gives_no_hints_and_no_picture_of_the_solution(learner: Learner) -> None:
    """Hints are refused, and the page is told that there are none."""
    items = learner.test()["pre"]["left"]
    views = learner.send("pre", items, type="learner")["sent"][0]["message"]["items"]
    refused = learner.send("pre", items, type="hint", item_id=items[0], number=1)["sent"][0]["message"]

    assert {view["hints"] for view in views} == {0}
    assert refused["type"] == "refused"


def test_a_test_asks_its_own_questions_only(learner: Learner) -> None:
    """A question of the other test is refused."""
    test = learner.test()
    other = next(name for name in test["post"]["left"] if name not in test["pre"]["left"])
    with pytest.raises(ParameterError, match="does not ask"):
        learner.send("pre", [other], type="learner")


def test_an_erased_learner_starts_anew(learner: Learner, choice: str) -> None:
    """Nothing of the old answers is left; a page still open gets told that nothing is kept."""
    learner.did(9, choice, correct=False)
    learner.log.erase(learner.id)

    assert learner.overview()["answered"] == 0
    reply = learner.answer("review", [choice], choice, "a")["sent"][-1]["message"]
    learner.id = learner.log.learner(SECRET)
    assert reply["type"] == "outcome"
    assert len(learner.log.attempts(learner.id)) == int(reply["saved"])


def test_a_wrong_clock_is_told(learner: Learner, choice: str) -> None:
    """Answers from the future count as of now, and the page says so."""
    learner.did(-400, choice, correct=True)
    view = learner.overview()

    assert "clock" in view["clock"]
    assert view["due"]["next_at"] < (NOW + timedelta(days=30)).isoformat()


def test_a_log_that_is_not_saved_says_why(bank: BankFacts, choice: str) -> None:
    """The page works for this session and shows the words."""
    lost = AttemptLog(None, "Progress is not saved: the disk is full.")
    desk = ReviewDesk(lost, load_course(), Here())  # type: ignore[arg-type]
    desk._bank = bank
    one = Learner(desk, lost, bank)
    one.did(30, choice, correct=False)

    assert one.overview()["problem"] == "Progress is not saved: the disk is full."
    assert one.overview()["due"]["count"] == 1


def test_every_question_has_its_place(bank: BankFacts) -> None:
    """Most questions lead to the section that explains them, and every goal has a lesson."""
    placed = [item for item in bank.items.values() if item.section]

    assert len(placed) >= 0.9 * len(bank.items)
    assert all(item.section.startswith("section-") for item in placed)
    assert all(bank.goals.values())


def test_another_try_is_a_new_question_of_the_same_group(learner: Learner) -> None:
    """The others of the group come along as spares, in an order of the learner's own, each once, and count as themselves."""
    cards = (items for items in learner.bank.cards.values() if len(items) > 1)
    first, *others = next(items for items in cards if "scene_task" not in {item.type for item in items})
    views = learner.send("review", [first.id], type="learner")["sent"][0]["message"]["items"]
    spare = next(view for view in views if view["spare"])
    learner.answer("review", [first.id], first.id, any_answer(views[0]))
    reply = learner.answer("review", [first.id], spare["id"], any_answer(spare))
    attempts = learner.log.attempts(learner.id)

    assert [view["id"] for view in views if not view["spare"]] == [first.id]
    assert {view["id"] for view in views if view["spare"]} == {other.id for other in others}
    assert {view["group"] for view in views} == {first.group}
    assert [attempt.item_id for attempt in attempts] == [first.id, spare["id"]]
    assert reply["card"]["item_id"] == spare["id"]
    assert learner.overview()["answered"] == 1


def test_a_review_asks_no_spare_in_place_of_a_question(learner: Learner) -> None:
    """Where all of a group are due each is asked itself; tests have no spares."""
    items = next(items for items in learner.bank.cards.values() if len(items) > 1)
    names = [item.id for item in items]
    views = learner.send("review", names, type="learner")["sent"][0]["message"]["items"]
    test = learner.send("pre", learner.test()["pre"]["left"], type="learner")["sent"][0]["message"]["items"]

    assert [view["id"] for view in views if not view["spare"]] == names
    assert not any(view["spare"] for view in (*views, *test))


def test_answers_of_reviews_and_tests_keep_a_copy_of_the_question(learner: Learner, choice: str) -> None:
    """As answers in a lesson do, with their session and the wrong ideas that they showed."""
    option, idea = next(iter(learner.bank.items[choice].traps["choice"].items()))
    learner.answer("review", [choice], choice, option)
    take(learner, "pre", any_answer)
    take(learner, "post", any_answer)
    review, *post = learner.log.attempts(learner.id)
    kept = {session.session_id: session for session in learner.log.sessions(learner.id)}

    assert review.misconceptions == (idea,)
    assert all(len(attempt.item_sha256 or "") == 64 for attempt in (review, *post))
    assert sorted(session.kind for session in kept.values()) == ["posttest", "pretest", "spaced"]
    assert (kept[review.session_id].lesson_id, kept[review.session_id].plan) == (
        "review",
        {"items": [choice]},
    )
    assert [attempt.seq_no for attempt in post] == list(range(1, len(post) + 1))
    for session in kept.values():
        if session.kind != "spaced":
            assert session.ended_at is not None
            assert session.result == {"answered": session.plan["items"], "not_reached": []}
    assert {kept[attempt.session_id].kind for attempt in post} == {"posttest"}


def test_a_test_ended_early_tells_what_was_not_reached(learner: Learner) -> None:
    """Its session is begun by the first answer, goes on in another process, and ends with the learner's word."""
    items = learner.test()["pre"]["left"]
    learner.send("pre", items, type="learner")
    assert learner.log.sessions(learner.id) == []
    views = learner.send("pre", items, type="learner")["sent"][0]["message"]["items"]
    learner.answer("pre", items, items[1], any_answer(views[1]))
    learner.desk._client = Here()  # type: ignore[assignment]
    learner.answer("pre", items[2:], items[3], any_answer(views[3]))
    [begun] = learner.log.sessions(learner.id)
    learner.end("pre")
    [ended] = learner.log.sessions(learner.id)
    places = [
        event.outcome["seq_no"]
        for event in learner.log.events(learner.id)
        if event.prediction and event.outcome
    ]

    assert (begun.ended_at, begun.session_id) == (None, ended.session_id)
    assert ended.result == {
        "answered": [items[1], items[3]],
        "not_reached": [name for name in items if name not in {items[1], items[3]}],
    }
    assert places == [2, 4]


def test_every_wrong_idea_of_the_bank_can_be_named(bank: BankFacts) -> None:
    """Whatever the type of a question, its ideas are known to the report."""

    def named(part: Any) -> set[str]:
        if isinstance(part, dict):
            own = {part["misconception"]} if part.get("misconception") else set()
            return own.union(*(named(each) for each in part.values()))
        return set().union(*(named(each) for each in part)) if isinstance(part, list) else set()

    items = reviewed_items()
    for name, facts in bank.items.items():
        assert facts.ideas == named(items[name].model_dump(mode="json")), name
    assert {facts.type for facts in bank.items.values() if facts.ideas} >= {
        "short_text",
        "hotspot",
        "numeric",
    }
