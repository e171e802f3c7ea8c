"""Scoring of one reading: which mark belongs to which finding."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.observer_performance import ACCEPTED_MM, Mark, TrueFinding, score_reading

COORDINATE = st.floats(0, 300)


def finding(
    name: str, at: tuple[float, float, float], *, malignant: bool = True, kind: str = "lytic"
) -> TrueFinding:
    """Return a finding of 10 mm radius."""
    return TrueFinding(
        id=name,
        position_mm=at,
        radius_mm=(10.0, 10.0, 10.0),
        kind=kind,
        malignant=malignant,
        bone=f"bone {name}",
    )


def mark(
    at: tuple[float, float, float] | None = None,
    *,
    malignant: bool = True,
    confidence: int = 3,
    kind: str = "lytic",
    **more: object,
) -> Mark:
    """Return a mark of middling confidence."""
    return Mark(kind=kind, malignant=malignant, confidence=confidence, position_mm=at, **more)  # type: ignore[arg-type]


TRUTH = (
    finding("A", (0.0, 0.0, 0.0)),
    finding("B", (100.0, 0.0, 0.0), kind="blastic"),
    finding("C", (200.0, 0.0, 0.0), malignant=False, kind="blastic"),
)


def test_a_worked_reading() -> None:
    """A is found with the wrong type, B missed, C rightly called benign, one mark is false, one repeats A."""
    marks = [
        mark((0.0, 5.0, 0.0), kind="mixed", confidence=2),
        mark((200.0, 0.0, 4.0), malignant=False, kind="blastic"),
        mark((50.0, 0.0, 0.0), confidence=4),
        mark((0.0, 0.0, 12.0), confidence=5),
    ]

    score = score_reading(TRUTH, marks)

    assert [("A", 0), ("C", 1)] == [(hit.finding_id, hit.mark) for hit in score.hits]
    assert ("B",) == score.misses
    assert () == score.benign_unmarked
    assert (2,) == score.false_marks
    assert (3,) == score.repeats
    assert (1, 2) == (score.type_right, score.malignancy_right)
    assert (5, 0) == score.reading.lesions
    assert (4,) == score.reading.false_marks


def test_calling_a_benign_finding_malignant_is_a_false_mark_of_the_curve() -> None:
    """It is a hit of the place, yet no metastasis is there."""
    score = score_reading(TRUTH, [mark((200.0, 0.0, 0.0), confidence=4)])

    assert () == score.false_marks
    assert 0 == score.malignancy_right
    assert (4,) == score.reading.false_marks


def test_calling_a_metastasis_benign_does_not_find_it() -> None:
    """The place is right, the meaning is not."""
    score = score_reading(TRUTH, [mark((0.0, 0.0, 0.0), malignant=False)])

    assert ("B",) == score.misses
    assert (0, 0) == score.reading.lesions


def test_no_marks_miss_every_metastasis_and_no_benign_finding() -> None:
    """A benign finding may be left out."""
    score = score_reading(TRUTH, [])

    assert (("A", "B"), ("C",)) == (score.misses, score.benign_unmarked)


def test_on_a_projection_depth_does_not_count() -> None:
    """A mark on an anterior view hits what lies behind it."""
    seen = mark((0.0, 500.0, 3.0), sight=(0.0, 1.0, 0.0))

    assert pytest.approx(3.0 - 10.0) == seen.outside_mm(TRUTH[0])
    assert pytest.approx(500.009 - 10.0, abs=1e-3) == mark((0.0, 500.0, 3.0)).outside_mm(TRUTH[0])


def test_a_mark_from_the_list_hits_by_the_name_of_the_bone() -> None:
    """It needs no point."""
    score = score_reading(TRUTH, [mark(bone="bone B", kind="blastic")])

    assert ["B"] == [hit.finding_id for hit in score.hits]


def test_two_marks_where_two_findings_overlap_on_a_projection_hit_both() -> None:
    """As many findings as possible are given a mark."""
    behind = finding("D", (4.0, 80.0, 0.0))
    seen = [mark((1.0, 0.0, 0.0), sight=(0.0, 1.0, 0.0)), mark((2.0, 0.0, 0.0), sight=(0.0, 1.0, 0.0))]

    assert 2 == len(score_reading((TRUTH[0], behind), seen).hits)


def test_the_reach_of_a_finding_is_that_along_each_axis() -> None:
    """A flat finding is missed above it at a distance that hits beside it."""
    flat = TrueFinding(
        id="E", position_mm=(0.0, 0.0, 0.0), radius_mm=(5.0, 30.0, 30.0), kind="blastic", malignant=False
    )

    assert mark((25.0, 0.0, 0.0)).outside_mm(flat) > ACCEPTED_MM
    assert mark((0.0, 25.0, 0.0)).outside_mm(flat) < 0


@settings(max_examples=40, deadline=None)
@given(
    places=st.lists(st.tuples(COORDINATE, COORDINATE, COORDINATE), max_size=6),
    malignant=st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_every_mark_and_every_finding_is_counted_once(
    places: list[tuple[float, float, float]], malignant: list[bool]
) -> None:
    """Hits, repeats and false marks are all marks; hits, misses and unmarked benign ones are all findings."""
    marks = [mark(at, malignant=call) for at, call in zip(places, malignant, strict=False)]

    score = score_reading(TRUTH, marks)

    numbers = sorted([*(hit.mark for hit in score.hits), *score.repeats, *score.false_marks])
    assert list(range(len(marks))) == numbers
    assert 3 == len(score.hits) + len(score.misses) + len(score.benign_unmarked)
    assert 0 <= score.type_right <= len(score.hits)
    assert 0 <= score.malignancy_right <= len(score.hits)
    assert 2 == len(score.reading.lesions)


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(4)))
def test_the_order_of_the_marks_does_not_matter(order: list[int]) -> None:
    """The same marks give the same numbers."""
    marks = [mark((0.0, 2.0, 0.0)), mark((0.0, 6.0, 0.0)), mark((100.0, 0.0, 0.0)), mark((150.0, 0.0, 0.0))]

    score = score_reading(TRUTH, [marks[number] for number in order])

    assert (2, 1, 1) == (len(score.hits), len(score.repeats), len(score.false_marks))


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({"confidence": 0}, "confidence = 0"),
        ({"confidence": 6}, "confidence = 6"),
        ({"at": None}, "neither a point nor a bone"),
        ({"at": (float("nan"), 0.0, 0.0)}, "finite"),
        ({"at": (0.0, 0.0, 0.0), "sight": (0.0, 0.0, 0.0)}, "not all 0"),
    ],
)
def test_a_mark_that_says_nothing_is_refused(given_: dict[str, object], words: str) -> None:
    """The message names what is wrong."""
    with pytest.raises(ParameterError, match=words):
        mark(**({"at": (0.0, 0.0, 0.0)} | given_))  # type: ignore[arg-type]
