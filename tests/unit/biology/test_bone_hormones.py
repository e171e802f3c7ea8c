"""Hormones and age on the cells of Lemaire 2004."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemets_teach.biology.bone_hormones import START_DAY, Hormones, follow_hormones
from bonemets_teach.biology.hormone_constants import HORMONE_CONSTANTS
from bonemets_teach.biology.lemaire2004 import Forcing, simulate
from bonemets_teach.errors import ParameterError


def _first_year(**fields: object) -> float:
    bone = follow_hormones(Hormones(**fields)).bone
    return 100.0 * float(bone[START_DAY + 365] - bone[START_DAY])


def test_normal_hormones_leave_everything_at_rest() -> None:
    """At 30 with normal hormones cells and bone stay as they are."""
    course = follow_hormones(Hormones())
    assert np.allclose(course.osteoblast_ratio, 1.0, atol=1e-6)
    assert np.allclose(course.osteoclast_ratio, 1.0, atol=1e-6)
    assert np.allclose(course.bone, 1.0, atol=1e-6)


@pytest.mark.parametrize(
    ("fields", "forcing"),
    [({"pth": 5.0}, {"pth": 1000.0}), ({"pth": 1.5}, {"pth": 125.0}), ({"opg": 6.0}, {"opg": 39932.0})],
)
def test_inputs_of_the_paper_give_the_paper_s_cells(
    fields: dict[str, float], forcing: dict[str, float]
) -> None:
    """PTH and OPG given steadily are the forcing of Lemaire 2004, day by day."""
    course = follow_hormones(Hormones(**fields))
    paper = simulate(700.0, forcing=Forcing(start_d=0.0, end_d=700.0, **forcing))
    # Ours are means over a day.
    between = 0.5 * (paper.osteoclast_ratio[40:600] + paper.osteoclast_ratio[41:601])
    assert course.osteoclast_ratio[START_DAY + 41 : START_DAY + 601] == pytest.approx(between, rel=2e-3)
    assert course.osteoblast_ratio[-1] == pytest.approx(paper.osteoblast_ratio[-1], rel=2e-3)


def test_menopause_raises_resorption_twice_as_much_as_formation() -> None:
    """Garnero 1996: resorption about +90 %, formation about +45 % after menopause; formation was not fitted."""
    course = follow_hormones(Hormones(estrogen=0.0))
    assert course.resorption[-1] / 0.25 == pytest.approx(1.9, abs=0.1)
    assert course.formation[-1] / 0.25 == pytest.approx(1.45, abs=0.1)


def test_steady_pth_costs_bone_and_pulses_build_it() -> None:
    """The same amount a day: about -5 % steadily, about +10 % in pulses (calibrated to Neer 2001)."""
    assert -8.0 < _first_year(pth=1.5) < -2.0
    assert 6.0 < _first_year(pth=1.5, pulsed=True) < 14.0


def test_pulses_alone_would_not_build_bone_in_the_published_model() -> None:
    """Without longer life of osteoblasts, pulses cost more than a steady supply: why the model was extended."""
    from bonemets_teach.biology import bone_hormones  # noqa: PLC0415

    inputs = bone_hormones._inputs(Hormones(pth=1.5, pulsed=True), 1.0)._replace(survival=1.0)
    rest = bone_hormones._array(bone_hormones.steady_state())
    cells = bone_hormones.integrate_hormones(rest, 200, 24, inputs, bone_hormones.LEMAIRE_2004)[-1] / rest
    steady = follow_hormones(Hormones(pth=1.5))
    assert cells[2] - cells[1] > steady.osteoclast_ratio[-1] - steady.osteoblast_ratio[-1] > 0


def test_pulses_are_resolved_by_steps_of_an_hour() -> None:
    """Four times finer steps change cells by less than 1 %."""
    from bonemets_teach.biology import bone_hormones  # noqa: PLC0415

    inputs = bone_hormones._inputs(Hormones(pth=1.5, pulsed=True), 1.0)
    rest = bone_hormones._array(bone_hormones.steady_state())
    coarse, fine = (
        bone_hormones.integrate_hormones(rest, 300, steps, inputs, bone_hormones.LEMAIRE_2004)[-1]
        for steps in (24, 96)
    )
    assert coarse == pytest.approx(fine, rel=0.01)


def test_age_costs_about_a_percent_a_year() -> None:
    """At 75 about 1 % of cancellous bone goes in a year; at 30 none."""
    assert _first_year(age_years=75.0) == pytest.approx(-1.1, abs=0.3)
    assert _first_year(age_years=30.0) == pytest.approx(0.0, abs=1e-3)


def test_braked_osteoclasts_resorb_less_and_grow_in_number() -> None:
    """Less TGF-beta is freed, so they die later; formation falls with resorption."""
    course = follow_hormones(Hormones(calcitonin=0.6))
    assert course.osteoclast_ratio[-1] > 1.2
    assert course.resorption[-1] < 0.25
    assert course.formation[-1] < 0.25


@settings(max_examples=25, deadline=None)
@given(
    pth=st.floats(1, 5), pulsed=st.booleans(), estrogen=st.floats(0, 1), opg=st.floats(1, 20),
    calcitonin=st.floats(0, 1), age=st.floats(30, 90),
)  # fmt: skip
def test_cells_and_bone_stay_above_zero(
    pth: float, pulsed: bool, estrogen: float, opg: float, calcitonin: float, age: float
) -> None:
    """Whatever is allowed, everything is finite and never negative."""
    hormones = Hormones(
        pth=pth, pulsed=pulsed, estrogen=estrogen, opg=opg, calcitonin=calcitonin, age_years=age
    )
    course = follow_hormones(hormones)
    for series in (course.osteoblast_ratio, course.osteoclast_ratio, course.bone):
        assert np.isfinite(series).all()
        assert (series >= 0.0).all()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"pth": float("nan")}, "pth = nan × normal is outside"),
        ({"pth": 0.5}, "pth = 0.5 × normal is outside"),
        ({"estrogen": 1.2}, "estrogen = 1.2"),
        ({"age_years": 20}, "age_years = 20 years is outside"),
        ({"calcitonin": -0.1}, "calcitonin = -0.1"),
        ({"opg": float("inf")}, "opg = inf"),
        ({"pulsed": "daily"}, "pulsed = daily is neither True nor False"),
    ],
)
def test_bad_hormones_are_refused(fields: dict[str, object], words: str) -> None:
    """The message names value, unit and range."""
    with pytest.raises(ParameterError, match=words):
        Hormones(**fields)


def test_every_mapping_has_a_kind_and_a_source() -> None:
    """Published, calibrated and chosen numbers are told apart."""
    assert {"published", "calibrated", "chosen"} == {constant.kind for constant in HORMONE_CONSTANTS}
    assert all(constant.source and constant.unit for constant in HORMONE_CONSTANTS)
