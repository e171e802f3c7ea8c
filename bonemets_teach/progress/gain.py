"""Before and after a lesson: two short tests of the same goals, and what lies between them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bonemets_teach.progress.attempt import SceneEvent
from bonemets_teach.progress.review_item import ReviewItem

__all__ = [
    "END", "PLAN", "TEST_EVENT", "TEST_NAMES", "Gain", "TestState", "gain_of", "kept_plan", "plan_tests", "test_states",
]  # fmt: skip

TEST_EVENT: Final = "test"
"""Kind of the events that hold the answers of a test."""

PLAN: Final = "plan"
"""Task of the event that holds which questions both tests of a lesson ask, written when the first one begins."""

END: Final = "end"
"""Task of the event that ends a test early."""

TEST_NAMES: Final = {"pre": "pre-test", "post": "post-test"}
"""Kind of test to the scene that its events carry."""

_FEWEST: Final = 5
_MOST: Final = 8
# An explorer stands in the lesson only; the steps of a case tell on the way what was right; the others have no key.
_UNFIT: Final = frozenset({"scene_task", "key_feature", "poll", "script_concordance"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TestState:
    """How far one test is.

    Parameters
    ----------
    kind : str
        "pre" or "post".
    items : tuple of str
        What is asked, in order.
    right : mapping
        Item to whether the first answer was right, for those answered.
    is_ended : bool
        Whether the learner has ended it early.
    last_at : datetime or None
        Moment of the last answer.
    """

    __test__ = False  # the name begins as those that pytest collects

    kind: str
    items: tuple[str, ...]
    right: Mapping[str, bool]
    is_ended: bool = False
    last_at: datetime | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every question has been answered."""
        return bool(self.items) and all(name in self.right for name in self.items)

    @property
    def is_done(self) -> bool:
        """Whether nothing more is asked."""
        return self.is_ended or self.is_complete

    @property
    def score(self) -> int:
        """Number of right answers."""
        return sum(self.right.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """The difference between two tests.

    Parameters
    ----------
    sentence : str
        In words.
    normalized : float or None
        Share of what was missing that was gained; None where that has no meaning.
    """

    sentence: str
    normalized: float | None = None


def plan_tests(
    objectives: Sequence[str], items: Sequence[ReviewItem]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Choose the questions of both tests of a lesson: one pair for each goal.

    Parameters
    ----------
    objectives : sequence of str
        Goals of the lesson.
    items : sequence of ReviewItem
        Questions of the lesson, easy ones first.

    Returns
    -------
    pre, post : tuple of str
        Ids, the same number of five to eight in each, pair by pair: two questions of one group where there are
        such, else two questions on the same goal, else the same question twice. Both empty if the lesson has too
        few questions.
    """
    fit = [item for item in items if item.type not in _UNFIT]
    used: set[str] = set()
    pairs = _one_pair_each(objectives, fit, used)
    while len(pairs) < _FEWEST and (more := _one_pair_each(objectives, fit, used)):
        pairs += more
    if len(pairs) < _FEWEST:
        return (), ()
    return tuple(pre for pre, _ in pairs[:_MOST]), tuple(post for _, post in pairs[:_MOST])


def _one_pair_each(
    objectives: Sequence[str], items: Sequence[ReviewItem], used: set[str]
) -> list[tuple[str, str]]:
    pairs = []
    for number, goal in enumerate(objectives):
        if pair := _pair(goal, items, used):
            # The easier one of a pair comes before the lesson at one goal, after it at the next.
            pairs.append(pair if number % 2 == 0 else pair[::-1])
            used |= set(pair)
    return pairs


def _pair(goal: str, items: Sequence[ReviewItem], used: set[str]) -> tuple[str, str] | None:
    free = [item for item in items if goal in item.objectives and item.id not in used]
    for first in free:
        for second in free:
            if first.group and first.group == second.group and first.id != second.id:
                return first.id, second.id
    if not free:
        return None
    return (free[0].id, free[1].id) if len(free) > 1 else (free[0].id, free[0].id)


def kept_plan(
    events: Iterable[SceneEvent], lesson_id: str, known: Container[str]
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the plan that a learner has begun with: a bank that grows must not change a test under way.

    Parameters
    ----------
    events : iterable of SceneEvent
        All events of one learner.
    lesson_id : str
        The lesson.
    known : container of str
        Ids of questions that still exist; others are left out.

    Returns
    -------
    plan : tuple or None
        As from `plan_tests`; None if no test of this lesson was begun.
    """
    found = [
        event
        for event in events
        if event.kind == TEST_EVENT and event.task_id == PLAN and event.lesson_id == lesson_id
    ]
    if not found:
        return None
    first = min(found, key=lambda event: (event.happened_at, event.event_id)).prediction or {}
    pre, post = (tuple(name for name in first.get(kind, ()) if name in known) for kind in TEST_NAMES)
    return pre, post


def test_states(
    events: Iterable[SceneEvent], lesson_id: str, plan: tuple[tuple[str, ...], tuple[str, ...]]
) -> dict[str, TestState]:
    """Read both tests of a lesson from the events of a learner.

    Parameters
    ----------
    events : iterable of SceneEvent
        All events of one learner, in any order.
    lesson_id : str
        The lesson.
    plan : tuple
        From `plan_tests`.

    Returns
    -------
    states : dict of str to TestState
        "pre" and "post"; the first answer to each question holds.
    """
    own = [event for event in events if event.kind == TEST_EVENT and event.lesson_id == lesson_id]
    own.sort(key=lambda event: (event.happened_at, event.event_id))
    states = {}
    for kind, items in zip(("pre", "post"), plan, strict=True):
        mine = [event for event in own if event.scene_id == TEST_NAMES[kind]]
        right: dict[str, bool] = {}
        for event in mine:
            if event.task_id in items:
                right.setdefault(event.task_id, event.correct is True)
        states[kind] = TestState(
            kind=kind,
            items=items,
            right=right,
            is_ended=any(event.task_id == END for event in mine),
            last_at=mine[-1].happened_at if mine else None,
        )
    return states


test_states.__test__ = False  # type: ignore[attr-defined] # the name begins as those that pytest collects


def gain_of(pre: TestState, post: TestState) -> Gain | None:
    """Compare the two tests of a lesson.

    Parameters
    ----------
    pre, post : TestState
        The tests.

    Returns
    -------
    gain : Gain or None
        None until both have an answer and are done. The normalized gain (Hake 1998) is given only where both
        tests are complete, something was missing before, and nothing was lost.
    """
    if not (pre.is_done and post.is_done and pre.right and post.right):
        return None
    before, after = pre.score / len(pre.right), post.score / len(post.right)
    words = f"{pre.score} of {len(pre.right)} right before the lesson, {post.score} of {len(post.right)} after it."
    few = "So few questions are a hint, not a measurement."
    if not (pre.is_complete and post.is_complete):
        return Gain(
            sentence=f"{words} One of the tests was ended early, so the two can't be compared closely."
        )
    if before == 1.0:
        return Gain(sentence=f"{words} You knew it before; there was nothing left to gain.")
    if after < before:
        return Gain(sentence=f"{words} That is fewer than before. Read the feedback of both tests. {few}")
    share = (after - before) / (1.0 - before)
    return Gain(
        sentence=f"{words} You gained {round(100 * share)} % of what you had not known. {few}",
        normalized=share,
    )
