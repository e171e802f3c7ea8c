"""The scene of hormones and age: controls, words, tasks and pictures."""

from __future__ import annotations

import math
from typing import Any

import pytest
from matplotlib.figure import Figure

from bonemets_teach.scenes import Choice, Look, Parameter, load_scene
from bonemets_teach.scenes.render import FigureRenderer

_SCENE = load_scene("hormones-and-age")
_REACHES = {"protect": {"opg": 3.0}, "idle-osteoclasts": {"calcitonin": 60}, "age": {"age": 75}}


def _result(**state: Any) -> Any:
    full, notes = _SCENE.complete(state)
    assert notes == []
    return _SCENE.compute(full)


def _numbers(**state: Any) -> dict[str, float]:
    return _SCENE.quantities(_result(**state))


@pytest.mark.parametrize("way", ["steady", "pulses"])
@pytest.mark.parametrize(
    "control", [c for c in _SCENE.controls if isinstance(c, Parameter)], ids=lambda c: c.name
)
def test_every_control_is_finite_low_middle_and_high(control: Parameter, way: str) -> None:
    """No value of a control breaks the model."""
    for value in (control.low, 0.5 * (control.low + control.high), control.high):
        assert all(math.isfinite(number) for number in _numbers(**{control.name: value}, way=way).values())


@pytest.mark.parametrize("preset", _SCENE.presets, ids=lambda preset: preset.id)
def test_words_agree_with_numbers(preset: Any) -> None:
    """The description says cells, turnover and bone of every preset."""
    result = _result(**preset.state)
    text, n = _SCENE.describe(result), _SCENE.quantities(result)
    assert f"osteoclasts are at {n['osteoclast_ratio']:.2f}" in text
    assert f"osteoblasts at {n['osteoblast_ratio']:.2f}" in text
    assert f"{n['resorption_percent_per_year']:.0f} % of the cancellous bone is resorbed" in text
    assert f"{n['bone_end_percent']:.0f} % of the start" in text


def test_presets_turn_bone_as_physiology_has_it() -> None:
    """Menopause, steady PTH, lack of vitamin D and age cost bone; pulses and OPG add it; health keeps it."""
    change = {p.id: _numbers(**p.state)["bone_change_percent_per_year"] for p in _SCENE.presets}
    assert abs(change["healthy"]) < 0.05
    assert all(change[name] < -0.8 for name in ("menopause", "infusion", "old-age", "vitamin-d"))
    assert change["pulses"] > 5.0
    assert change["opg"] > 0.0


def test_menopause_raises_turnover_and_age_does_not() -> None:
    """Two ways to lose bone: fast at high turnover, slowly at normal turnover."""
    menopause, age = (_numbers(**state) for state in ({"estrogen": 10}, {"age": 80}))
    assert menopause["resorption_percent_per_year"] > 40.0
    assert age["resorption_percent_per_year"] == pytest.approx(25.0, abs=1.0)
    assert age["formation_percent_per_year"] < 24.5


@pytest.mark.parametrize("task", _SCENE.tasks, ids=lambda task: task.id)
def test_every_task_can_be_done(task: Any) -> None:
    """A goal is missed at the start and reached by a known state; predictions name their numbers."""
    start = _SCENE.complete(task.state)[0]
    result = _SCENE.compute(start)
    if task.prediction:
        assert task.prediction.answer(result) == 2
        assert "%" in task.prediction.explain(result)
    if task.goal:
        assert not task.goal(start, result)
        end = _SCENE.complete({**task.state, **_REACHES[task.id]})[0]
        assert task.goal(end, _SCENE.compute(end))


def test_predictions_turn_with_the_state() -> None:
    """Steady PTH costs bone, a trace of it does nothing; OPG lowers formation."""
    predictions = {task.id: task.prediction for task in _SCENE.tasks if task.prediction}
    assert predictions["pulses"].answer(_result(pth=1.5)) == 0
    assert predictions["pulses"].answer(_result()) == 1
    assert predictions["menopause"].answer(_result(opg=6)) == 0
    assert predictions["menopause"].answer(_result()) == 1


@pytest.mark.parametrize("narrow", [False, True])
def test_axes_carry_units_and_keep_their_limits(*, narrow: bool) -> None:
    """Panels name units; extreme states leave the axes as they are."""
    figure = Figure()
    artists = _SCENE.build(figure, Look(narrow=narrow))
    words = " ".join(axes.get_title() + axes.get_title(loc="left") for axes in figure.axes)
    assert all(unit in words for unit in ("[× normal]", "[% of bone a year]", "[% of start]"))
    assert "Months" in figure.axes[-1].get_xlabel()
    before = [(axes.get_xlim(), axes.get_ylim()) for axes in figure.axes]
    _SCENE.update(artists, _result(pth=4.0, estrogen=0))
    assert before == [(axes.get_xlim(), axes.get_ylim()) for axes in figure.axes]


def test_a_choice_of_the_way_of_pth_exists() -> None:
    """Steady or one pulse a day."""
    way = next(control for control in _SCENE.controls if isinstance(control, Choice))
    assert [option.value for option in way.options] == ["steady", "pulses"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_states_draw_their_own_pictures(theme: Any) -> None:
    """Same state, same picture; another hormone, another picture."""
    renderer = FigureRenderer(_SCENE, Look(width_px=350, narrow=True, theme=theme))
    frames = [renderer.png(_result(**state)) for state in ({}, {}, {"estrogen": 0}, {"pth": 2.0})]
    assert frames[0] == frames[1]
    assert len(set(frames)) == 3
