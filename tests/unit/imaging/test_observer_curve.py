"""The free-response curve and its figure of merit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.observer_performance import Reading, figure_of_merit, free_response_roc

READINGS = st.lists(
    st.builds(
        Reading,
        lesions=st.lists(st.integers(0, 5), max_size=5).map(tuple),
        false_marks=st.lists(st.integers(1, 5), max_size=5).map(tuple),
    ),
    min_size=1,
    max_size=12,
)
WORKED = (
    Reading(lesions=(5, 3), false_marks=(2,)),
    Reading(lesions=(0,), false_marks=(4, 1)),
    Reading(),
)


def test_a_worked_curve() -> None:
    """Three patients with three metastases and three false marks, counted by hand."""
    curve = free_response_roc(WORKED)

    assert (6, 5, 4, 3, 2, 1) == curve.confidences
    np.testing.assert_allclose(curve.sensitivity, [0, 1 / 3, 1 / 3, 2 / 3, 2 / 3, 2 / 3])
    np.testing.assert_allclose(curve.false_per_case, [0, 0, 1 / 3, 1 / 3, 2 / 3, 1])
    assert (3, 3) == (curve.cases, curve.lesions)


def test_a_worked_figure_of_merit() -> None:
    """Worst false marks 2, 4, 0 against metastases 5, 3, 0: 2 + 1 + 2.5 of 9 pairs."""
    merit = figure_of_merit(WORKED)

    assert merit is not None
    assert pytest.approx(5.5 / 9) == merit.value


@settings(max_examples=60, deadline=None)
@given(readings=READINGS)
def test_the_curve_never_falls_and_ends_where_the_counts_say(readings: list[Reading]) -> None:
    """Less confidence means more marks of both kinds."""
    curve = free_response_roc(readings)

    assert np.all(np.diff(curve.false_per_case) >= 0)
    assert (
        pytest.approx(sum(len(one.false_marks) for one in readings) / len(readings))
        == curve.false_per_case[-1]
    )
    if curve.lesions:
        assert np.all(np.diff(curve.sensitivity) >= 0)
        assert np.all((curve.sensitivity >= 0) & (curve.sensitivity <= 1))
    else:
        assert curve.as_json()["sensitivity"] is None


@settings(max_examples=25, deadline=None)
@given(readings=READINGS)
def test_the_figure_of_merit_lies_between_0_and_1_inside_its_interval(readings: list[Reading]) -> None:
    """The interval holds the value up to what the draws of few cases can miss."""
    merit = figure_of_merit(readings)

    if merit is None:
        assert not any(one.lesions for one in readings)
        return
    assert 0 <= merit.value <= 1
    if merit.low is not None and merit.high is not None:
        assert 0 <= merit.low <= merit.high <= 1


@settings(max_examples=25, deadline=None)
@given(readings=READINGS)
def test_more_false_marks_never_raise_the_figure_of_merit(readings: list[Reading]) -> None:
    """A certain false mark in every case can only harm."""
    worse = [Reading(lesions=one.lesions, false_marks=(*one.false_marks, 5)) for one in readings]
    before, after = figure_of_merit(readings), figure_of_merit(worse)

    if before is not None and after is not None:
        assert after.value <= before.value


def test_a_perfect_reader_has_1_and_one_who_marks_nothing_a_half() -> None:
    """The ends of the scale."""
    perfect = figure_of_merit([Reading(lesions=(5, 5)), Reading()])
    silent = figure_of_merit([Reading(lesions=(0, 0)), Reading()])

    assert perfect is not None
    assert silent is not None
    assert (1.0, 0.5) == (perfect.value, silent.value)


def test_the_interval_follows_from_the_seed_and_shrinks_with_more_cases() -> None:
    """It is drawn with a fixed seed."""
    few, many = figure_of_merit(WORKED), figure_of_merit(WORKED * 10)

    assert few == figure_of_merit(WORKED)
    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low  # type: ignore[operator]


def test_one_case_has_no_interval() -> None:
    """Nothing can be drawn from one."""
    merit = figure_of_merit([Reading(lesions=(3,))])

    assert merit is not None
    assert (merit.low, merit.high) == (None, None)


def test_readings_without_metastases_have_no_figure_of_merit() -> None:
    """There is no pair to compare."""
    assert figure_of_merit([Reading(false_marks=(3,)), Reading()]) is None


def test_no_readings_are_refused() -> None:
    """The message says what to do."""
    for function in (free_response_roc, figure_of_merit):
        with pytest.raises(ParameterError, match="at least one patient"):
            function([])


@pytest.mark.parametrize("wrong", [{"lesions": (6,)}, {"lesions": (-1,)}, {"false_marks": (0,)}])
def test_a_rating_off_the_scale_is_refused(wrong: dict[str, tuple[int, ...]]) -> None:
    """A false mark has a confidence, a lesion may have none."""
    with pytest.raises(ParameterError, match="confidence"):
        Reading(**wrong)
