"""Reviews, cards, sessions and copies of items are kept once, given back, and can be made anew."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bonemets_teach.errors import ParameterError
from bonemets_teach.progress import AskedItem, Attempt, AttemptLog, Card, ReviewEvent, SceneEvent, Session
from bonemets_teach.progress.card_of import card_of
from bonemets_teach.progress.office import open_office
from bonemets_teach.progress.store import DatabaseStore

MakeReview = Callable[..., ReviewEvent]
START = datetime(2026, 1, 1, 9, tzinfo=UTC)


def test_a_review_comes_back_as_it_was(log: AttemptLog, learner_id: str, make_review: MakeReview) -> None:
    """Every field survives, the same id counts once, and items can be chosen."""
    review = make_review(learner_id, duration_ms=900, reviewed_at=START, rating=1)
    other = make_review(learner_id, item_id="other", reviewed_at=START - timedelta(days=1))
    for one in (review, replace(review, rating=4), other):
        assert log.add_review(one)
    assert [other, review] == log.reviews(learner_id)
    assert [review] == log.reviews(learner_id, [review.item_id])
    assert [] == log.reviews(learner_id, [])


def test_a_card_follows_from_all_reviews(log: AttemptLog, learner_id: str, make_review: MakeReview) -> None:
    """Whatever order reviews arrive in, the card is that of their order in time."""
    reviews = [
        make_review(learner_id, rating=rating, reviewed_at=START + timedelta(days=5 * day))
        for day, rating in enumerate((3, 1, 3, 4))
    ]
    shuffled = [reviews[number] for number in (2, 0, 3, 1)]
    for review in [*shuffled, *shuffled]:
        assert log.add_review(review, card_of)
    (card,) = log.cards(learner_id)
    assert card_of(reviews) == card
    assert [] == log.cards(learner_id, due_before=card.due_at)
    assert [card] == log.cards(learner_id, due_before=card.due_at + timedelta(seconds=1))


def test_cards_can_be_put(log: AttemptLog, learner_id: str) -> None:
    """A card replaces the one of the same item; the one due first comes first."""
    late = Card(
        learner_id=learner_id, item_id="a", state={"stability": 2.5}, due_at=START + timedelta(days=9)
    )
    early = replace(late, item_id="b", due_at=START)
    assert log.put_cards([late, early])
    assert [early, late] == log.cards(learner_id)
    moved = replace(late, due_at=START - timedelta(days=1), state={})
    assert log.put_cards([moved])
    assert [moved, early] == log.cards(learner_id)


def test_reviews_from_two_devices_at_once_make_one_card(
    place: Any, log: AttemptLog, learner_id: str, make_review: MakeReview
) -> None:
    """Four devices that review the same item leave the card of all their reviews."""

    def review(device: int) -> None:
        own = place.open()
        for number in range(5):
            moment = START + timedelta(days=number, minutes=device)
            assert own.add_review(make_review(learner_id, rating=2 + number % 3, reviewed_at=moment), card_of)

    devices = [threading.Thread(target=review, args=(device,)) for device in range(4)]
    for device in devices:
        device.start()
    for device in devices:
        device.join()
    reviews = log.reviews(learner_id)
    assert 20 == len(reviews)
    assert [card_of(reviews)] == log.cards(learner_id)


def test_a_session_follows_from_its_events_in_any_order(log: AttemptLog, learner_id: str) -> None:
    """The end may arrive before the start; only the first end counts."""
    session = Session(
        learner_id=learner_id, lesson_id="x", kind="exam", plan={"items": ["b", "a"]}, started_at=START
    )
    ended = replace(session, ended_at=START + timedelta(minutes=9), result={"score": 3})
    assert log.end_session(ended)
    assert [] == log.sessions(learner_id)
    assert log.start_session(session)
    assert log.end_session(replace(ended, result={"score": 99}))
    assert log.start_session(replace(session, kind="practice"))
    assert [ended] == log.sessions(learner_id)


def test_an_open_session_can_be_found_again(place: Any, log: AttemptLog, learner_id: str) -> None:
    """After a restart an exam goes on from its plan."""
    session = Session(learner_id=learner_id, lesson_id="x", kind="exam", plan={"seconds": 600})
    log.start_session(session)
    assert [session] == place.open().sessions(learner_id)


@pytest.mark.parametrize("changes", [{"kind": "party"}, {"session_id": "x"}, {"plan": {"x": float("nan")}}])
def test_a_bad_session_is_refused(learner_id: str, changes: dict[str, Any]) -> None:
    """The message names the field."""
    with pytest.raises(ParameterError, match=next(iter(changes))):
        Session(**{"learner_id": learner_id, "lesson_id": "x", "kind": "exam", **changes})


def test_a_strange_event_makes_no_session(
    log: AttemptLog, learner_id: str, make_event: Callable[..., SceneEvent]
) -> None:
    """An event that only bears the name of a start is kept as an event."""
    assert log.record_event(make_event(learner_id, kind="session_started", outcome=[1]))
    assert [] == log.sessions(learner_id)
    assert 1 == len(log.events(learner_id))


def test_another_learners_session_can_not_be_taken(log: AttemptLog, learner_id: str) -> None:
    """A start with a known id under another learner changes nothing of the first."""
    session = Session(learner_id=learner_id, lesson_id="x", kind="exam", started_at=START)
    thief = log.learner("f" * 32)
    log.start_session(session)
    log.start_session(replace(session, learner_id=thief))
    log.end_session(replace(session, learner_id=thief, ended_at=START))
    assert [session] == log.sessions(learner_id)
    assert [] == log.sessions(thief)


def test_what_was_asked_is_kept_once(
    place: Any, log: AttemptLog, learner_id: str, make_attempt: Callable[..., Attempt]
) -> None:
    """The attempt names the hash; content that changed without a new version is a second copy."""
    asked = AskedItem(item_id="a", version=1, type="single_best", content={"stem": {"en": "ä?"}, "key": "b"})
    same = AskedItem(item_id="a", version=1, type="single_best", content={"key": "b", "stem": {"en": "ä?"}})
    changed = replace(asked, content={"stem": {"en": "new"}, "key": "c"})
    for one in (asked, same, changed):
        assert log.record(make_attempt(learner_id), one)
    assert asked.sha256 == same.sha256 != changed.sha256
    assert {(asked.sha256, asked.text), (changed.sha256, changed.text)} == set(
        place.run("SELECT sha256, content FROM item_version")
    )
    assert [asked.sha256] * 2 + [changed.sha256] == [one.item_sha256 for one in log.attempts(learner_id)]


def test_everything_that_follows_from_the_log_can_be_made_anew(
    place: Any, log: AttemptLog, make_review: MakeReview
) -> None:
    """Cards and sessions thrown away, or spoiled, and rebuilt are the ones that were there."""
    for number in range(3):
        learner_id = log.learner(f"{number}" * 32)
        for day in range(4):
            item = f"item-{day % 2}"
            moment = START + timedelta(days=3 * day)
            log.add_review(make_review(learner_id, item_id=item, rating=1 + day, reviewed_at=moment), card_of)
        session = Session(learner_id=learner_id, lesson_id="x", kind="spaced", plan={"n": number})
        log.start_session(session)
        log.end_session(
            replace(session, ended_at=session.started_at + timedelta(minutes=1), result={"right": 1})
        )
        log.start_session(Session(learner_id=learner_id, lesson_id="y", kind="pretest"))
    queries = ["SELECT * FROM card ORDER BY 1, 2", "SELECT * FROM session ORDER BY 1"]
    before = [place.run(query) for query in queries]
    assert [6, 6] == [len(rows) for rows in before]
    place.run("DELETE FROM card WHERE item_id = 'item-0'")
    place.run("UPDATE card SET due_at = '2000-01-01 00:00:00'")
    place.run("UPDATE session SET kind = 'exam'")
    with open_office() as office:
        assert {"session": 6, "card": 6} == office.rebuild()
    assert before == [place.run(query) for query in queries]


def test_reviews_wait_for_a_database_that_is_away(
    log: AttemptLog, learner_id: str, make_review: MakeReview, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Meanwhile the card, the session and the copy are those of memory; then all of it is saved."""

    def refuse(*_: object, **__: object) -> bool:
        raise OperationalError("", {}, Exception("database is locked"))

    first = make_review(learner_id, reviewed_at=START)
    later = [make_review(learner_id, reviewed_at=START + timedelta(days=day), rating=1) for day in (3, 6)]
    session = Session(learner_id=learner_id, lesson_id="x", kind="exam")
    log.add_review(first, card_of)
    with monkeypatch.context() as patched:
        patched.setattr(DatabaseStore, "add", refuse)
        for review in later:
            assert not log.add_review(review, card_of)
        assert not log.start_session(session)
        expected = card_of([first, *later])
        assert [expected] == log.cards(learner_id)
        assert [session] == log.sessions(learner_id)
        assert [first, *later] == log.reviews(learner_id)
    log._next_try = 0.0
    other = Card(learner_id=learner_id, item_id="z", state={}, due_at=START)
    assert log.put_cards([other])
    assert not log._unsaved.records
    assert [other, expected] == log.cards(learner_id)
    assert [session] == log.sessions(learner_id)


def test_a_batch_is_kept_in_one_go(
    log: AttemptLog, learner_id: str, make_attempt: Callable[..., Attempt]
) -> None:
    """Attempts collected offline, sent twice and in any order, count once each; the erased one is refused."""
    gone = log.learner("e" * 32)
    log.erase(gone)
    batch = [make_attempt(learner_id, answered_at=START + timedelta(minutes=n)) for n in range(100)]
    mixed = [*reversed(batch), *batch[:7], make_attempt(gone)]
    assert [True] * 107 + [False] == log.record_many(mixed)
    assert batch == log.attempts(learner_id)
    assert [] == log.record_many([])
    assert [True] == log.record_many([make_attempt("00000000-0000-4000-8000-000000000000")])


def test_batches_sent_twice_at_once_in_any_order_count_once(
    place: Any, log: AttemptLog, learner_id: str, make_attempt: Callable[..., Attempt]
) -> None:
    """Four connections send the same attempts forward and backward; each attempt is kept once."""
    batch = [make_attempt(learner_id, answered_at=START + timedelta(minutes=n)) for n in range(60)]
    told: list[bool] = []

    def send(number: int) -> None:
        own = place.open()
        for _ in range(3):
            told.extend(own.record_many(batch if number % 2 else batch[::-1]))

    senders = [threading.Thread(target=send, args=(number,)) for number in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert [True] * 720 == told
    assert batch == log.attempts(learner_id)


def test_one_record_that_no_database_takes_does_not_stop_the_others(
    log: AttemptLog, learner_id: str, make_attempt: Callable[..., Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays in memory, the next ones are saved."""
    from sqlalchemy.exc import DataError  # noqa: PLC0415 - only this test needs it

    add, bad = DatabaseStore.add, make_attempt(learner_id)

    def picky(self: DatabaseStore, record: Any, project: Any = None) -> bool:
        if record.attempt_id == bad.attempt_id:
            raise DataError("", {}, Exception("out of range"))
        return add(self, record, project)

    monkeypatch.setattr(DatabaseStore, "add", picky)
    assert not log.record(bad)
    assert log.problem is not None
    assert log.record(make_attempt(learner_id))
    assert log.problem is None
    assert log.record(make_attempt(learner_id))
    assert 3 == len(log.attempts(learner_id))


@pytest.mark.parametrize(("kind", "ends"), [("practice", True), ("spaced", True), ("exam", False)])
def test_practice_ends_with_its_last_answer(
    log: AttemptLog, learner_id: str, make_attempt: Callable[..., Attempt], kind: str, ends: bool
) -> None:
    """Nobody ends it by a word; half an hour after the last answer it has ended there, on both databases."""
    session = Session(learner_id=learner_id, lesson_id="x", kind=kind, started_at=START)
    log.start_session(session)
    for minute in (9, 31, 4):
        moment = START + timedelta(minutes=minute)
        log.record(make_attempt(learner_id, session_id=session.session_id, answered_at=moment))
    [kept] = log.sessions(learner_id)

    assert (START + timedelta(minutes=31) if ends else None) == kept.ended_at


def test_practice_that_goes_on_has_no_end(
    log: AttemptLog, learner_id: str, make_attempt: Callable[..., Attempt]
) -> None:
    """An answer less than half an hour ago keeps it open; one without any answer ends where it began."""
    now = datetime.now(UTC)
    running = Session(
        learner_id=learner_id, lesson_id="x", kind="practice", started_at=now - timedelta(hours=2)
    )
    empty = Session(learner_id=learner_id, lesson_id="y", kind="practice", started_at=START)
    for session in (running, empty):
        log.start_session(session)
    log.record(
        make_attempt(learner_id, session_id=running.session_id, answered_at=now - timedelta(minutes=9))
    )

    assert [START, None] == [session.ended_at for session in log.sessions(learner_id)]
