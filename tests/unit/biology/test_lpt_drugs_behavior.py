"""Behavior of drugs and tumor kill in the tumor-bone model."""

import itertools
import math
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemets_teach.biology.denosumab_kinetics import denosumab_levels
from bonemets_teach.biology.lpt import Treatment, Tumor, simulate
from bonemets_teach.biology.lpt_dosing import (
    Denosumab,
    TumorKill,
    Zoledronate,
    radiotherapy,
    systemic_therapy,
)
from bonemets_teach.biology.lpt_drug_constants import DRUG_CONSTANTS, DRUGS
from bonemets_teach.biology.lpt_markers import markers
from bonemets_teach.biology.lpt_signals import signals
from bonemets_teach.errors import ParameterError

few = settings(max_examples=20, deadline=None)
phenotypes = st.floats(0.0, 1.0)
courses = st.builds(
    lambda dose, interval, start, length: Denosumab(
        dose_mg=dose, interval_d=interval, start_d=start, stop_d=start + length
    ),
    st.floats(0, 240), st.floats(7, 200), st.floats(0, 300), st.floats(0, 300),
)  # fmt: skip
STATES = ("osteoblast", "osteoclast", "bone_volume", "tumor", "precursor_ratio")


@few
@given(given_courses=st.lists(courses, max_size=3))
def test_denosumab_is_conserved(given_courses: list[Denosumab]):
    """Depot, blood, tissue and what is gone add up to what was given, and none is negative."""
    found = denosumab_levels(tuple(given_courses), 500)
    parts = (found.depot_mg, found.central_mg, found.peripheral_mg, found.eliminated_mg)
    np.testing.assert_allclose(np.sum(parts, axis=0), found.given_mg, atol=1e-9 + 1e-9 * found.given_mg[-1])
    assert min(part.min() for part in parts) >= 0.0


def test_whole_dose_is_gone_in_the_end():
    """Two years after a dose nothing but the eliminated amount is left: 61 % of the dose went through blood."""
    found = denosumab_levels((Denosumab(dose_mg=60, interval_d=7300),), 730)
    assert found.eliminated_mg[-1] == pytest.approx(0.61 * 60, rel=1e-6)


@pytest.mark.parametrize("phenotype", [0.0, 0.45, 1.0])
@pytest.mark.parametrize(
    "nothing",
    [
        Treatment(denosumab=(Denosumab(dose_mg=0.0),)),
        Treatment(zoledronate=(Zoledronate(dose_mg=0.0),)),
        Treatment(denosumab=(Denosumab(start_d=100, stop_d=100),)),
        Treatment(kills=(TumorKill(per_day=0.0, start_d=20), TumorKill(per_day=1.0, start_d=50, stop_d=50))),
    ],
)
def test_no_dose_is_no_drug(phenotype: float, nothing: Treatment):
    """A course without a dose leaves every number exactly as without treatment."""
    treated, untreated = simulate(phenotype, 400, treatment=nothing), simulate(phenotype, 400)
    for name in STATES:
        np.testing.assert_array_equal(getattr(treated, name), getattr(untreated, name))


@few
@given(q=phenotypes, kill=st.floats(0, 0.3), start=st.floats(0, 400))
def test_precursors_stay_where_they_are_without_denosumab(q: float, kill: float, start: float):
    """The pool is exactly 1 under any tumor, kill and zoledronate."""
    treatment = Treatment(
        zoledronate=(Zoledronate(start_d=50),), kills=(systemic_therapy(start, per_day=kill),)
    )
    np.testing.assert_array_equal(simulate(q, 400, treatment=treatment).precursor_ratio, 1.0)


@few
@given(q=phenotypes, low=st.floats(0, 8), more=st.floats(0, 8), start=st.floats(30, 350))
def test_stronger_radiotherapy_never_leaves_more_tumor(q: float, low: float, more: float, start: float):
    """With a larger kill the tumor is at no time larger."""
    paths = [
        simulate(q, 500, treatment=Treatment(kills=(radiotherapy(start, log_kill=kill),))).tumor
        for kill in (low, low + more)
    ]
    assert (paths[1] <= paths[0] + 1e-9).all()


@few
@given(q=phenotypes, drug=courses, kill=st.floats(0, 5), dose=st.floats(0, 100), interval=st.floats(1, 90))
def test_states_stay_in_their_ranges_on_drugs(
    q: float, drug: Denosumab, kill: float, dose: float, interval: float
):
    """Cells, bone, pool and markers are finite and not negative, tumor is between 0 and 1."""
    treatment = Treatment(
        denosumab=(drug,), zoledronate=(Zoledronate(dose_mg=dose, interval_d=interval),),
        kills=(TumorKill(per_day=kill, start_d=200, stop_d=230),),
    )  # fmt: skip
    path = simulate(q, 500, treatment=treatment)
    found = markers(path)
    for states in (*(getattr(path, name) for name in STATES), found.ctx, found.p1np, found.bone_alp):
        assert np.isfinite(states).all()
        assert states.min() >= 0.0
    assert path.tumor.max() <= 1.0
    assert path.precursor_ratio.max() <= 1.0 + DRUGS.pool_gain + 1e-9


def test_schedules_may_stand_in_any_order():
    """Three courses and three kills give the same course in each order."""
    drugs = (Denosumab(start_d=100, stop_d=200), Denosumab(dose_mg=60, start_d=50), Denosumab(start_d=300))
    kills = (radiotherapy(150), systemic_therapy(200, 300), radiotherapy(155, log_kill=1))
    first = simulate(0.2, 400, treatment=Treatment(denosumab=drugs, kills=kills))
    for order in itertools.permutations(range(3)):
        shuffled = Treatment(
            denosumab=tuple(drugs[i] for i in order), kills=tuple(kills[i] for i in reversed(order))
        )
        np.testing.assert_allclose(simulate(0.2, 400, treatment=shuffled).tumor, first.tumor, rtol=1e-9)


def test_stop_then_start_blocks_again():
    """After a pause with a rebound a second course brings CTX down again."""
    treatment = Treatment(denosumab=(Denosumab(stop_d=365), Denosumab(start_d=730)))
    ctx = markers(simulate(0.0, 800, tumor=Tumor(seed_fraction=0.0), treatment=treatment)).ctx
    assert ctx[300] < 0.2
    assert ctx[729] > 1.2
    assert ctx[745] < 0.2


def test_longer_treatment_rebounds_higher():
    """CTX peaks higher after two years of 120 mg than after half a year."""
    peaks = []
    for stop in (180.0, 730.0):
        treatment = Treatment(denosumab=(Denosumab(stop_d=stop),))
        peaks.append(
            markers(simulate(0.0, 1300, tumor=Tumor(seed_fraction=0.0), treatment=treatment)).ctx.max()
        )
    assert 1.0 < peaks[0] < peaks[1]


def test_zoledronate_does_not_rebound():
    """After the last dose of zoledronate osteoclasts return and do not overshoot by more than 1 %."""
    treatment = Treatment(zoledronate=(Zoledronate(stop_d=365),))
    path = simulate(0.0, 1500, tumor=Tumor(seed_fraction=0.0), treatment=treatment)
    assert 0.9 < path.osteoclast_ratio.max() <= 1.01


def test_zoledronate_after_denosumab_tames_the_rebound():
    """Zoledronate half a year after the last 60 mg dose lowers the peak of CTX."""
    drug = (Denosumab(dose_mg=60, interval_d=182.6, stop_d=729),)
    bridge = (Zoledronate(start_d=730, stop_d=731),)
    bare, bridged = (
        markers(simulate(0.0, 1400, tumor=Tumor(seed_fraction=0.0), treatment=treatment)).ctx.max()
        for treatment in (Treatment(denosumab=drug), Treatment(denosumab=drug, zoledronate=bridge))
    )
    assert bridged < bare - 0.3


def test_pulse_kills_the_same_share_wherever_it_starts():
    """The tumor left by a pulse does not depend on where in a step it starts."""
    standing = Tumor(seed_fraction=0.5, growth_per_day=0.0)
    for start in (10.0, 10.03, 10.077):
        path = simulate(
            0.3, 40.7, tumor=standing, treatment=Treatment(kills=(radiotherapy(start, log_kill=2.0),))
        )
        assert path.tumor[-1] == pytest.approx(0.5 * math.exp(-2.0), rel=1e-4)


def test_bone_alp_lags_behind_p1np():
    """In the flare after a kill bone ALP peaks later than P1NP and not above its osteoblasts."""
    path = simulate(0.0, 600, treatment=Treatment(kills=(systemic_therapy(270),)))
    found = markers(path)
    assert found.bone_alp[270:].argmax() > found.p1np[270:].argmax() + 5
    assert found.bone_alp.max() <= path.osteoblast_ratio.max()
    np.testing.assert_array_equal(found.ctx, found.ntx)


def test_signals_tell_of_the_block():
    """Under denosumab the RANKL message is nearly gone, and back after its end."""
    treatment = Treatment(denosumab=(Denosumab(start_d=100, stop_d=130),))
    path = simulate(0.0, 700, treatment=treatment)
    rankl = signals(path, 0.0, treatment=treatment).rankl
    assert rankl[140] < 0.01
    assert rankl[-1] > 0.5


@pytest.mark.parametrize("kind", [Denosumab, Zoledronate])
@pytest.mark.parametrize(
    ("name", "value"),
    [("dose_mg", -1), ("dose_mg", math.nan), ("interval_d", 0), ("start_d", -0.1), ("start_d", math.inf),
     ("stop_d", -3), ("stop_d", math.nan), ("dose_mg", "much"), ("start_d", None)],
)  # fmt: skip
def test_bad_course_is_refused(kind: type, name: str, value: object):
    """A dose, interval or day outside its range is refused by name."""
    with pytest.raises(ParameterError, match=f"{name} = .* is outside"):
        kind(**{name: value})


@pytest.mark.parametrize(
    "make",
    [
        lambda: Denosumab(start_d=90, stop_d=30),
        lambda: Zoledronate(start_d=90, stop_d=30),
        lambda: TumorKill(per_day=0.1, start_d=90, stop_d=30),
        lambda: systemic_therapy(90, 30),
    ],
)
def test_drug_stopped_before_it_starts_is_refused(make):
    """The message names both days and what is allowed."""
    with pytest.raises(
        ParameterError, match=r"stop_d = 30 d is before start_d = 90 d; choose a stop in \[90, 7300\] d"
    ):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: TumorKill(per_day=-0.1, start_d=3),
        lambda: TumorKill(per_day=math.nan, start_d=3),
        lambda: radiotherapy(-1),
        lambda: radiotherapy(math.nan),
        lambda: radiotherapy(5, log_kill=-2),
        lambda: radiotherapy(5, days=0),
        lambda: systemic_therapy(5, per_day=6),
        lambda: denosumab_levels((), -5),
    ],
)
def test_bad_kill_is_refused(make):
    """Rates, days and kills outside their ranges are refused."""
    with pytest.raises(ParameterError, match="is outside"):
        make()


@pytest.mark.parametrize(
    ("name", "value"), [("denosumab", (Zoledronate(),)), ("kills", [radiotherapy(3)]), ("zoledronate", 4)]
)
def test_courses_of_the_wrong_kind_are_refused(name: str, value: object):
    """A list, a number or another drug where courses belong is refused by name."""
    with pytest.raises(ParameterError, match=f"{name} = .* is not a tuple of"):
        Treatment(**{name: value})


def test_every_drug_constant_tells_where_it_comes_from():
    """Each constant has unit and source; kinetics are published, strengths are calibrated."""
    assert {constant.symbol for constant in DRUG_CONSTANTS} == set(DRUGS._fields)
    assert all(constant.unit and constant.source for constant in DRUG_CONSTANTS)
    kinds = {constant.symbol: constant.kind for constant in DRUG_CONSTANTS}
    assert kinds["clearance"] == "published"
    assert kinds["K_d"] == kinds["pool_gain"] == kinds["max_death"] == "calibrated"


def test_drugs_cost_little_time():
    """1,000 days with all drugs take at most four times the work of as many days without."""
    treatment = Treatment(denosumab=(Denosumab(),), zoledronate=(Zoledronate(),), kills=(radiotherapy(270),))
    assert _least_work(treatment=treatment) <= 4 * _least_work()


def _least_work(**options):
    """Return the processor's time of the fastest of ten runs."""
    times = []
    for _ in range(11):
        start = process_time()
        simulate(0.3, 1000, **options)
        times.append(process_time() - start)
    return min(times)
