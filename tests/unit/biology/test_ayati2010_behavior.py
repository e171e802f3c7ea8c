"""What Ayati 2010 does, and what it refuses."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemets_teach.biology import komarova2003
from bonemets_teach.biology.ayati2010 import AyatiParameters, AyatiTreatment, StartingCells, simulate
from bonemets_teach.errors import ParameterError

HEALTHY = StartingCells(tumor=0.0)


def test_without_a_tumor_it_is_the_model_of_komarova():
    """Constants of one event and no tumor give the trajectory of Komarova 2003."""
    parameters = AyatiParameters(osteoclast_autocrine=0.5, resorption=0.24, formation=0.0017)
    other = komarova2003.simulate(300, sample_d=1.0)
    start = StartingCells(osteoclast=other.osteoclast[0], osteoblast=other.osteoblast[0], tumor=0.0)
    ours = simulate(300, parameters=parameters, start=start)
    np.testing.assert_allclose(ours.bone_mass, other.bone_mass, rtol=1e-4)


def test_without_a_tumor_none_appears():
    """A healthy bone stays healthy, treated or not."""
    assert not simulate(2000, start=HEALTHY, treatment=AyatiTreatment()).tumor.any()


def test_bone_count_of_a_full_tumor_falls_below_zero():
    """Nothing in the paper's model keeps the count of bone above zero."""
    assert simulate(2000).bone_mass[-1] < -50


def test_treatment_that_ends_lets_the_tumor_return():
    """After the last day the tumor grows again."""
    short = simulate(1500, treatment=AyatiTreatment(end_d=900.0)).tumor
    assert short[900] < short[600]
    assert short[1500] > short[900]


@settings(max_examples=25, deadline=None)
@given(kill=st.floats(0.0, 0.1), more=st.floats(0.0, 0.1), start=st.floats(0.0, 400.0))
def test_more_kill_never_leaves_more_tumor(kill: float, more: float, start: float):
    """The tumor after 500 days does not grow with the strength of the treatment."""
    less, stronger = (
        simulate(500, treatment=AyatiTreatment(tumor_kill=strength, start_d=start)).tumor[-1]
        for strength in (kill, kill + more)
    )
    assert stronger <= less * (1 + 1e-9)


@settings(max_examples=25, deadline=None)
@given(
    osteoclast=st.floats(1e-3, 1e4),
    osteoblast=st.floats(1e-3, 1e4),
    tumor=st.floats(0.0, 99.9999),
    g11=st.floats(0.0, 1.2),
)
def test_populations_are_never_negative(osteoclast: float, osteoblast: float, tumor: float, g11: float):
    """Whatever the start, cells and tumor stay positive numbers, or the run says where it stopped."""
    start = StartingCells(osteoclast=osteoclast, osteoblast=osteoblast, tumor=tumor)
    run = simulate(300, parameters=AyatiParameters(osteoclast_autocrine=g11), start=start)
    for values in (run.osteoclast, run.osteoblast, run.tumor):
        assert np.isfinite(values).all()
        assert (values >= 0).all()
    assert (run.stopped_d is None) == (run.time_d[-1] == 300)


def test_an_unstable_orbit_says_where_it_stopped():
    """Bursts that grow without end are given up, with the day."""
    wild = AyatiParameters(osteoclast_autocrine=1.3)
    run = simulate(5000, parameters=wild, start=StartingCells(osteoclast=1000.0, tumor=0.0))
    assert run.stopped_d is not None
    assert run.time_d[-1] <= run.stopped_d


@pytest.mark.parametrize("days", [-1, 0, math.nan, math.inf, 5001, True, "a"])
def test_days_out_of_range_are_refused(days: Any):
    """The message names value, unit and range."""
    with pytest.raises(ParameterError, match=r"days = .* outside \[1, 5000\] d"):
        simulate(days)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: StartingCells(tumor=100.0), "tumor = 100"),
        (lambda: StartingCells(tumor=-1.0), "tumor = -1"),
        (lambda: StartingCells(osteoclast=math.nan), "osteoclast = nan cells"),
        (lambda: AyatiTreatment(start_d=700.0, end_d=600.0), "lies before start_d = 700"),
        (lambda: AyatiTreatment(tumor_kill=-0.1), "tumor_kill = -0.1 1/d"),
        (lambda: AyatiParameters(tumor_growth=math.inf), "tumor_growth = inf 1/d"),
        (lambda: AyatiParameters(osteoblast_to_osteoclast=0.0, osteoclast_autocrine=1.1), "no rest state"),
        (lambda: simulate(10, treatment=AyatiTreatment(osteoblast_support=0.3)), "osteoblast_support = 0.3"),
        (lambda: simulate(10, parameters=AyatiParameters(tumor_capacity=1.0)), "not below tumor_capacity"),
    ],
)
def test_what_makes_no_sense_is_refused(make: Any, words: str):
    """The message says what was wrong and the way out."""
    with pytest.raises(ParameterError, match=words):
        make()
