"""Behavior of the tumor-bone model over its whole range."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemets_teach.biology import lemaire2004
from bonemets_teach.biology.lpt import Site, Treatment, Tumor, quasi_steady, simulate
from bonemets_teach.biology.lpt_constants import LPT, LPT_CONSTANTS, phenotype_parameters
from bonemets_teach.biology.lpt_signals import signals
from bonemets_teach.errors import ParameterError

phenotypes = st.floats(0.0, 1.0)
few = settings(max_examples=25, deadline=None)


@few
@given(
    q=phenotypes,
    growth=st.floats(0, 0.1),
    share=st.floats(0, 1),
    block=st.floats(0, 1e8),
    kill=st.floats(0, 1),
)
def test_states_stay_in_their_ranges(q: float, growth: float, share: float, block: float, kill: float):
    """Populations and bone are finite and not negative, tumor is between 0 and 1."""
    path = simulate(
        q,
        400,
        tumor=Tumor(growth_per_day=growth, bone_independent_share=share),
        treatment=Treatment(rankl_block=block, rankl_block_start_d=50, kill_per_day=kill, kill_start_d=200),
    )
    for states in (path.responding_osteoblast, path.osteoblast, path.osteoclast, path.bone_volume):
        assert np.isfinite(states).all()
        assert states.min() >= 0.0
    assert path.tumor.min() >= 0.0
    assert path.tumor.max() <= 1.0
    assert path.bone_volume.max() <= 1.0 / LPT.bone_fraction + 1e-9


@few
@given(q=phenotypes)
def test_no_tumor_is_healthy_bone(q: float):
    """Without tumor the phenotype does not matter: nothing changes."""
    path = simulate(q, 300, tumor=Tumor(seed_fraction=0.0))
    np.testing.assert_allclose(path.bone_volume, 1.0, atol=1e-9)
    assert not path.tumor.any()


def test_no_tumor_with_weak_block_follows_lemaire():
    """Without tumor and without loss of RANKL the cells obey Lemaire 2004: both rest at the same numbers."""
    path = simulate(0.5, 100, tumor=Tumor(seed_fraction=0.0))
    rest = lemaire2004.steady_state()
    np.testing.assert_allclose(path.osteoclast, rest.osteoclast, rtol=1e-9)
    np.testing.assert_allclose(path.responding_osteoblast, rest.responding_osteoblast, rtol=1e-9)


def test_held_tumor_without_bone_change_follows_lemaire_with_pth():
    """A standing tumor of pure PTHrP acts like added PTH in Lemaire 2004 (recruitment compared at equal rate)."""
    tumor = Tumor(seed_fraction=0.2, growth_per_day=0.0)
    path = simulate(0.0, 100, tumor=tumor, site=Site(turnover_per_year=0.0))
    secreted = phenotype_parameters(0.0)
    forcing = lemaire2004.Forcing(
        pth=secreted.pthrp * 0.2,
        precursor_factor=1.0 / (1.0 + secreted.recruitment_block * 0.2),
        start_d=0.0,
        end_d=100.0,
    )
    np.testing.assert_allclose(
        path.osteoclast_ratio, lemaire2004.simulate(100, forcing=forcing).osteoclast_ratio, rtol=1e-5
    )


@few
@given(q=phenotypes, low=st.floats(0, 0.3), more=st.floats(0, 0.3))
def test_more_kill_never_leaves_more_tumor(q: float, low: float, more: float):
    """Tumor at the end does not grow with the kill rate."""
    ends = [
        simulate(q, 400, treatment=Treatment(kill_per_day=kill, kill_start_d=200)).tumor[-1]
        for kill in (low, low + more)
    ]
    assert ends[1] <= ends[0] + 1e-9


@few
@given(q=phenotypes, block=st.floats(1e3, 1e7))
def test_block_lowers_osteoclasts(q: float, block: float):
    """A RANKL block leaves fewer osteoclasts a month later than no block."""
    blocked = simulate(q, 200, treatment=Treatment(rankl_block=block, rankl_block_start_d=170))
    assert blocked.osteoclast_ratio[-1] < simulate(q, 200).osteoclast_ratio[-1]


def test_treatment_changes_nothing_before_its_day():
    """Until treatment starts both courses are the same."""
    treated = simulate(0.2, 300, treatment=Treatment(rankl_block=1e6, rankl_block_start_d=200))
    np.testing.assert_array_equal(treated.bone_volume[:201], simulate(0.2, 300).bone_volume[:201])


def test_bone_rises_with_the_phenotype():
    """From lytic to nearly pure blastic, bone volume after a year rises in every step."""
    ends = [simulate(q, 365).bone_volume[-1] for q in np.linspace(0, 0.9, 10)]
    assert ends == sorted(ends)


@pytest.mark.parametrize("q", [0.0, 0.25, 0.5, 1.0])
def test_quasi_steady_cells_are_where_a_standing_tumor_leads(q: float):
    """The table agrees with long runs at a fixed tumor fraction."""
    table = quasi_steady(q)
    for point in (0, 10, 25, 40):
        tumor = Tumor(seed_fraction=table.tumor[point], growth_per_day=0.0)
        path = simulate(q, 1500, tumor=tumor, site=Site(turnover_per_year=0.0))
        assert path.osteoclast_ratio[-1] == pytest.approx(table.osteoclast_ratio[point], rel=1e-5)
        assert path.osteoblast_ratio[-1] == pytest.approx(table.osteoblast_ratio[point], rel=1e-5)


def test_quasi_steady_table_cannot_be_changed():
    """The shared table is read-only."""
    with pytest.raises(ValueError, match="read-only"):
        quasi_steady(0.3).osteoclast_ratio[0] = 2.0


def test_signals_explain_the_growth_of_tumor_and_bone():
    """Growth support and the difference of formation and resorption are the rates of tumor and bone."""
    path = simulate(0.3, 300)
    sent = signals(path, 0.3)
    bone_rate = LPT.tau / 365.0 * (sent.formation - sent.resorption)
    np.testing.assert_allclose(np.gradient(path.bone_volume, path.time_d)[5:-5], bone_rate[5:-5], atol=1e-6)
    tumor_rate = LPT.gamma * sent.growth_support * path.tumor * np.log(1.0 / path.tumor)
    np.testing.assert_allclose(np.gradient(path.tumor, path.time_d)[5:-5], tumor_rate[5:-5], atol=2e-6)


@pytest.mark.parametrize("phenotype", [-0.01, 1.01, math.nan, math.inf, "lytic", None, True])
def test_bad_phenotype_is_refused(phenotype: object):
    """A phenotype outside 0 to 1 is refused with value and range."""
    for ask in (lambda q: simulate(q, 10), quasi_steady, phenotype_parameters):
        with pytest.raises(ParameterError, match=r"phenotype = .* is outside \[0, 1\]"):
            ask(phenotype)


@pytest.mark.parametrize("days", [0.0, -5.0, 7301.0, math.nan])
def test_bad_days_are_refused(days: float):
    """Days outside 1 to 7,300 are refused with value, unit and range."""
    with pytest.raises(ParameterError, match=r"days = .* d is outside \[1, 7300\] d"):
        simulate(0.5, days)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Tumor, "seed_fraction"),
        (Tumor, "growth_per_day"),
        (Tumor, "bone_independent_share"),
        (Treatment, "rankl_block"),
        (Treatment, "rankl_block_start_d"),
        (Treatment, "kill_per_day"),
        (Treatment, "kill_start_d"),
        (Site, "turnover_per_year"),
        (Site, "bone_fraction"),
    ],
)
@pytest.mark.parametrize("value", [-1.0, 1e12, math.nan])
def test_bad_setting_is_refused(kind: type, name: str, value: float):
    """A setting outside its range is refused by name."""
    with pytest.raises(ParameterError, match=f"{name} = .* is outside"):
        kind(**{name: value})


def test_every_constant_tells_whether_it_is_published():
    """Each constant has a unit and a source, and none of the couplings pretends to be published."""
    assert {constant.symbol for constant in LPT_CONSTANTS} == set(LPT._fields)
    for constant in LPT_CONSTANTS:
        assert constant.unit
        assert constant.source
        assert constant.kind in {"calibrated", "chosen"}
