"""The lesion scene: controls, words, tasks and picture."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from bonemets_teach.scenes import Look, Parameter, Task, load_scene
from bonemets_teach.scenes.render import FigureRenderer

_SCENE = load_scene("lesion-phenotype")
_NEVER = {"first_seen_month"}


def _result(**state: Any) -> Any:
    return _SCENE.compute(_SCENE.complete(state)[0])


def _numbers(**state: Any) -> dict[str, float]:
    return _SCENE.quantities(_result(**state))


def _task(task_id: str) -> Task:
    return next(task for task in _SCENE.tasks if task.id == task_id)


@pytest.mark.parametrize(
    "control", [c for c in _SCENE.controls if isinstance(c, Parameter)], ids=lambda c: c.name
)
@pytest.mark.parametrize("site", ["cancellous", "cortical"])
def test_every_control_is_finite_low_middle_and_high(control: Parameter, site: str) -> None:
    """No value of a control breaks the model."""
    for value in (control.low, 0.5 * (control.low + control.high), control.high, control.default):
        result = _result(**{control.name: value}, site=site)
        assert all(math.isfinite(n) for n in _SCENE.quantities(result).values())
        assert np.isfinite(result.film).all()


@pytest.mark.parametrize("preset", _SCENE.presets, ids=lambda p: p.id)
def test_words_agree_with_numbers(preset: Any) -> None:
    """The description says what cells, mineral and film show."""
    assert _SCENE.complete(preset.state)[1] == []
    result = _result(**preset.state)
    text, n = _SCENE.describe(result), _SCENE.quantities(result)
    assert f"osteoclasts work at {n['osteoclast_ratio']:.1f} times" in text
    assert f"osteoblasts at {n['osteoblast_ratio']:.1f} times normal" in text
    assert (
        f"{abs(n['mineral_lost_percent']):.0f} % {'less' if n['mineral_lost_percent'] >= 0 else 'more'}"
        in text
    )
    assert f"{n['film_change_percent']:+.1f} %" in text
    assert "nan" not in text
    assert "inf" not in text


def test_presets_look_as_a_radiologist_expects() -> None:
    """Lytic is dark, blastic is white, mixed is mottled, early looks normal."""
    looks = {p.id: _SCENE.describe(_result(**p.state)).split("the lesion looks ")[1] for p in _SCENE.presets}
    assert looks["kidney"].startswith("darker")
    assert looks["myeloma"].startswith("darker")
    assert looks["breast"].startswith("mottled")
    assert looks["prostate"].startswith("whiter")
    assert looks["early"].startswith("like its surroundings")


def test_myeloma_holds_osteoblasts_back() -> None:
    """Purely lytic: osteoblasts below half of normal, osteoclasts at several times."""
    n = _numbers(phenotype=0.0, month=18.0)
    assert n["osteoblast_ratio"] < 0.5
    assert n["osteoclast_ratio"] > 5.0


def test_bone_in_the_core_rises_along_the_phenotype() -> None:
    """From lytic to blastic the core has more bone and lets less light through."""
    rows = [_numbers(phenotype=q, month=12.0) for q in (0.0, 0.25, 0.5, 0.75, 0.9)]
    assert np.all(np.diff([n["bone_volume"] for n in rows]) > 0)
    assert np.all(np.diff([n["film_change_percent"] for n in rows]) < 0)


def test_film_hides_a_fifth_of_the_mineral_but_not_half() -> None:
    """A lytic core has lost 15-40 % when it is first seen: the 30-50 % rule's neighborhood."""
    first = _numbers(phenotype=0.05)["first_seen_month"]
    assert 15 < _numbers(phenotype=0.05, month=first)["mineral_lost_percent"] < 40


def test_seen_agrees_with_first_seen() -> None:
    """Just before the first month it is not seen, just after it is."""
    for phenotype in (0.0, 0.45, 1.0):
        first = _numbers(phenotype=phenotype)["first_seen_month"]
        assert _numbers(phenotype=phenotype, month=first - 0.2)["seen_on_film"] == 0.0
        assert _numbers(phenotype=phenotype, month=first + 0.1)["seen_on_film"] == 1.0


def test_slow_growth_is_seen_later_and_is_smaller() -> None:
    """Half the speed: smaller at a year."""
    slow, fast = (_numbers(phenotype=0.0, month=12.0, growth_speed=speed) for speed in (0.5, 1.5))
    assert slow["lesion_radius_mm"] < 0.6 * fast["lesion_radius_mm"]


def test_cortex_is_scalloped_from_within() -> None:
    """Beside the lesion cortex is lost, most of all at its inner face; far from it none is."""
    end, start = _result(phenotype=0.0, month=18.0, site="cortical"), _result(month=0.0, site="cortical")
    before, after = start.fields.bone_fraction, end.fields.bone_fraction
    shell = np.flatnonzero(before[52, 60:] > 0.8) + 60
    kept = after[52, shell] / before[52, shell]
    assert kept[0] < 0.6
    assert kept[0] < 0.8 * kept[-1]
    assert np.allclose(after[90, :30], before[90, :30], rtol=0.01)


@pytest.mark.parametrize("task_id", ["hidden-loss", "busy-but-even"])
def test_goals_can_be_reached_and_are_not_met_at_the_start(task_id: str) -> None:
    """Some state of the controls does the task; the first state does not."""
    task = _task(task_id)
    goal = task.goal
    assert goal is not None
    start = _SCENE.complete(task.state)[0]
    assert not goal(start, _SCENE.compute(start))
    tried = (
        _SCENE.complete({"phenotype": q, "month": month})[0]
        for q, month in product((0.05, 0.45, 0.5), (7.5, 8.0, 8.5, 12.0, 14.0))
    )
    assert any(goal(state, _SCENE.compute(state)) for state in tried)


@pytest.mark.parametrize(
    ("task_id", "right"), [("which-color", 0), ("when-seen", 2), ("dense-is-not-strong", 2)]
)
def test_predictions_follow_the_model(task_id: str, right: int) -> None:
    """The answers are computed and name their numbers."""
    prediction = _task(task_id).prediction
    assert prediction is not None
    result = _result(**_task(task_id).state)
    assert prediction.answer(result) == right
    assert "%" in prediction.explain(result)


def test_predictions_turn_with_the_state() -> None:
    """A blastic, a mixed and a fresh lesion give the other answers to the first question."""
    prediction = _task("which-color").prediction
    assert prediction is not None
    states = ({"phenotype": 1.0, "month": 12.0}, {"phenotype": 0.45, "month": 15.0}, {"month": 1.0})
    assert [prediction.answer(_result(**state)) for state in states] == [1, 2, 3]


@pytest.mark.parametrize("narrow", [False, True])
def test_axes_carry_units(*, narrow: bool) -> None:
    """Each image has a color scale with its unit, each plot its unit and months."""
    figure = Figure(figsize=(350 / 72, 14) if narrow else (760 / 72, 7.4), dpi=72)
    _SCENE.build(figure, Look(width_px=350 if narrow else 760, narrow=narrow))
    labels = {axes.get_xlabel() for axes in figure.axes}
    assert {
        "Tumor [% of marrow space]",
        "Bone [% of volume]",
        "Attenuation [% log signal]",
        "Months",
    } <= labels
    titles = " ".join(axes.get_title(loc="left") + axes.get_title() for axes in figure.axes)
    assert "[× normal]" in titles
    assert "[% of start]" in titles


def test_a_frame_follows_month_and_phenotype() -> None:
    """Same state, same picture; another state, another picture, on the same gray scale."""
    renderer = FigureRenderer(_SCENE, Look(width_px=350, narrow=True))
    frames = [
        renderer.png(_result(phenotype=q, month=m))
        for q, m in ((0.0, 12.0), (0.0, 12.0), (0.0, 15.0), (1.0, 12.0))
    ]
    assert frames[0] == frames[1]
    assert len(set(frames)) == 3


def test_rehearsal_has_every_phenotype_of_the_slider() -> None:
    """A learner who moves the slider with all else at its start meets only lesions that were rehearsed."""
    rehearsed = {state["phenotype"] for state in _SCENE.rehearsal()}
    assert rehearsed == {round(0.05 * stop, 2) for stop in range(21)}
