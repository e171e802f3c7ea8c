"""The lattice scene: controls, words, tasks and picture."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from matplotlib.figure import Figure

from bonemets_teach.scenes import Look, Parameter, Task, load_scene
from bonemets_teach.scenes.render import FigureRenderer

_SCENE = load_scene("trabecular-lattice")


def _numbers(**state: Any) -> dict[str, float]:
    return _SCENE.quantities(_SCENE.compute(_SCENE.complete(state)[0]))


def _task(task_id: str) -> Task:
    return next(task for task in _SCENE.tasks if task.id == task_id)


@pytest.mark.parametrize(
    "control", [c for c in _SCENE.controls if isinstance(c, Parameter)], ids=lambda c: c.name
)
def test_every_control_is_finite_low_middle_and_high(control: Parameter) -> None:
    """No value of a control breaks the model."""
    for value in (control.low, 0.5 * (control.low + control.high), control.high, control.default):
        for load in (True, False):
            assert all(math.isfinite(n) for n in _numbers(**{control.name: value}, load=load).values())


def test_all_extremes_together_are_finite() -> None:
    """The corners of the space of controls are finite, and described."""
    for resorption in (0.0, 8.0):
        for formation in (0.0, 8.0):
            state = _SCENE.complete({"resorption": resorption, "formation": formation, "year": 12.0})[0]
            result = _SCENE.compute(state)
            assert all(math.isfinite(n) for n in _SCENE.quantities(result).values())
            assert "nan" not in _SCENE.describe(result)


@pytest.mark.parametrize("preset", _SCENE.presets, ids=lambda p: p.id)
def test_words_agree_with_numbers(preset: Any) -> None:
    """The description names year, bone volume and the places where cells work."""
    result = _SCENE.compute(_SCENE.complete(preset.state)[0])
    text, n = _SCENE.describe(result), _SCENE.quantities(result)
    assert f"Year {result.year:g}:" in text
    assert f"{n['bone_volume_percent']:.1f} % of the tissue volume" in text
    assert f"{n['osteoclast_sites']:.0f} places and osteoblasts at {n['osteoblast_sites']:.0f}" in text
    assert 2 <= len(re.findall(r"[.;] ", text + " ")) <= 6


@pytest.mark.parametrize("preset", _SCENE.presets, ids=lambda p: p.id)
def test_presets_are_allowed_states(preset: Any) -> None:
    """No preset has an unknown or clamped value."""
    assert _SCENE.complete(preset.state)[1] == []


def test_presets_show_what_they_are_called() -> None:
    """Healthy and balanced keep their bone; menopause and lytic lose, blastic gains."""
    share = {p.id: _numbers(**p.state)["bone_of_start_percent"] for p in _SCENE.presets}
    assert 95 < share["young"] < 105
    assert 90 < share["high-turnover"] < 110
    assert share["postmenopausal"] < 95
    assert share["lytic"] < 50
    assert share["blastic"] > 150


@pytest.mark.parametrize(
    ("task_id", "state"),
    [
        ("small-gap", {"resorption": 1.3, "formation": 1.0, "year": 12.0, "load": False}),
        ("rescue", {"resorption": 1.3, "formation": 1.4, "year": 12.0}),
    ],
)
def test_goals_can_be_reached_and_are_not_met_at_the_start(task_id: str, state: dict[str, Any]) -> None:
    """There is a way to do each task, and something to do."""
    task = _task(task_id)
    assert task.goal is not None
    for part, done in ((task.state, False), (state, True)):
        full = _SCENE.complete(part)[0]
        assert task.goal(full, _SCENE.compute(full)) is done


def test_predictions_follow_the_model() -> None:
    """Balanced turnover keeps bone; a lytic neighborhood halves it within a year."""
    for task_id, right in (("fast-but-balanced", 1), ("lytic-speed", 0)):
        task = _task(task_id)
        assert task.prediction is not None
        result = _SCENE.compute(_SCENE.complete(task.state)[0])
        assert task.prediction.answer(result) == right
        assert re.search(r"\d", task.prediction.explain(result))


@pytest.mark.parametrize("narrow", [False, True])
def test_axes_carry_units(*, narrow: bool) -> None:
    """Bone volume has its unit, time its name, the section its size."""
    figure = Figure(figsize=(350 / 72, 9) if narrow else (760 / 72, 440 / 72), dpi=72)
    _SCENE.build(figure, Look(width_px=350 if narrow else 760, narrow=narrow))
    titles = " ".join(axes.get_title(loc="left") + axes.get_title() for axes in figure.axes)
    assert "[% of tissue volume]" in titles
    assert "8 × 8 mm" in titles
    assert "Years" in [axes.get_xlabel() for axes in figure.axes]


def test_a_frame_follows_the_year() -> None:
    """Same state, same picture; another year, another picture."""
    renderer = FigureRenderer(_SCENE, Look(width_px=350, narrow=True, theme="dark"))
    first, again, later = (
        renderer.png(_SCENE.compute(_SCENE.complete({"year": year})[0])) for year in (1.0, 1.0, 9.0)
    )
    assert first[:8] == b"\x89PNG\r\n\x1a\n"
    assert first == again
    assert first != later
