"""The scene of one remodeling event."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from bonemets_teach.scenes.parameter import Choice, Parameter, Toggle
from bonemets_teach.scenes.remodeling_cycle import RemodelingCycle
from bonemets_teach.scenes.render import FigureRenderer
from bonemets_teach.scenes.scene import Look

SCENE = RemodelingCycle()

REACHES = {
    "lose-bone": {"formation": 60},
    "periodic": {"autocrine": 1.1},
    "closed-loop": {"autocrine": 1.1},
    "growing": {"event": 0.5, "autocrine": 1.13},
}


def values(control: Parameter | Choice | Toggle) -> list[object]:
    """List low, middle, high and default, or all options."""
    if isinstance(control, Parameter):
        return [control.low, (control.low + control.high) / 2, control.high, control.default]
    return [option.value for option in control.options] if isinstance(control, Choice) else [False, True]


def measure(**state: object) -> dict[str, float]:
    """Return the scene's quantities in a partial state."""
    full, notes = SCENE.complete(state)
    assert not notes
    return SCENE.quantities(SCENE.compute(full))


@pytest.mark.parametrize(
    ("name", "value"), [(control.name, value) for control in SCENE.controls for value in values(control)]
)
def test_every_control_gives_finite_numbers(name: str, value: object):
    """Low, middle, high and default of every control compute, all numbers finite."""
    assert all(np.isfinite(number) for number in measure(**{name: value}).values())


def test_all_corners_compute_without_blowing_up():
    """Every corner of the controls stays finite and below the cap."""
    numbers = [control for control in SCENE.controls if isinstance(control, Parameter)]
    for corner in np.ndindex(*(2,) * len(numbers)):
        state = {c.name: (c.low, c.high)[side] for c, side in zip(numbers, corner, strict=True)}
        result = SCENE.compute(SCENE.complete(state)[0])
        assert result.trajectory.stopped_d is None
        assert np.isfinite(result.trajectory.bone_mass).all()


@pytest.mark.parametrize("narrow", [False, True])
def test_every_axis_names_its_unit(narrow: bool):
    """Panels and time axis carry a unit in brackets, on a wide and on a narrow page."""
    figure = Figure()
    SCENE.build(figure, Look(narrow=narrow))
    assert all(re.search(r"\[.+\]", axes.get_title(loc="left")) for axes in figure.axes)
    assert "[days]" in figure.axes[-1].get_xlabel()


def test_axis_limits_stay_when_the_state_changes():
    """Pictures of two states have the same axes."""
    figure = Figure()
    artists = SCENE.build(figure, Look())
    before = [(axes.get_xlim(), axes.get_ylim()) for axes in figure.axes]
    SCENE.update(artists, SCENE.compute(SCENE.complete({"autocrine": 1.2, "event": 15})[0]))
    assert before == [(axes.get_xlim(), axes.get_ylim()) for axes in figure.axes]


@pytest.mark.parametrize("window", ["150", "1000"])
def test_tick_labels_follow_the_time_shown(window: str):
    """The last tick names the last day shown."""
    artists = SCENE.build(Figure(), Look())
    SCENE.update(artists, SCENE.compute(SCENE.complete({"window": window})[0]))
    assert artists.ticks[-1].get_text() == f"{int(window):,}"


@pytest.mark.parametrize("preset", SCENE.presets, ids=lambda preset: preset.id)
def test_description_tells_the_numbers(preset):
    """The words hold the rounded quantities of every preset."""
    result = SCENE.compute(SCENE.complete(preset.state)[0])
    numbers, words = SCENE.quantities(result), SCENE.describe(result)
    for shown in (
        f"{numbers['osteoclast_peak_cells']:.1f} cells",
        f"{numbers['osteoblast_peak_cells']:.0f} cells on day {numbers['osteoblast_peak_day']:.0f}",
        f"falls to {numbers['first_minimum_percent']:.1f} % on day {numbers['reversal_day']:.0f}",
        f"ends at {numbers['bone_end_percent']:.1f} %",
    ):
        assert shown in words


def test_normal_event_loses_a_tenth_and_refills():
    """The normal preset is the published event: 89.8 % at the least, 100 % at the end."""
    numbers = measure()
    assert numbers["bone_minimum_percent"] == pytest.approx(89.79, abs=0.05)
    assert numbers["bone_end_percent"] == pytest.approx(100.0, abs=0.1)


def test_number_of_bursts_separates_fading_lasting_growing():
    """Bursts fade below, keep their size at, and grow above g11 = 1.1."""
    assert measure(autocrine=1.0)["burst_growth"] < 0.5
    assert measure(autocrine=1.1)["burst_growth"] == pytest.approx(1.0, abs=0.01)
    assert measure(autocrine=1.13, event=0.5)["burst_growth"] > 3.0


def test_brake_leaves_the_resting_cells_as_they_are():
    """The osteoblasts' brake changes the response and not the cells at rest."""
    weak, strong = (SCENE.compute(SCENE.complete({"brake": brake})[0]) for brake in (0.35, 1.0))
    assert weak.trajectory.rest.osteoblast == pytest.approx(strong.trajectory.rest.osteoblast, rel=1e-4)


@pytest.mark.parametrize("task", SCENE.tasks, ids=lambda task: task.id)
def test_every_task_can_be_done(task):
    """A goal is missed at the task's start and reached by a known state; a prediction has a valid answer."""
    start = SCENE.complete(task.state)[0]
    result = SCENE.compute(start)
    if task.prediction:
        assert 0 <= task.prediction.answer(result) < len(task.prediction.options)
        assert re.search(r"\d", task.prediction.explain(result))
    if task.goal:
        assert not task.goal(start, result)
        end = SCENE.complete({**task.state, **REACHES[task.id]})[0]
        assert task.goal(end, SCENE.compute(end))
    assert task.prediction or task.goal


def test_answers_of_the_predictions_at_their_start():
    """Bone is lowest in weeks, and the refill takes more than three times as long."""
    answers = {
        task.id: task.prediction.answer(SCENE.compute(SCENE.complete(task.state)[0]))
        for task in SCENE.tasks
        if task.prediction
    }
    assert answers == {"lowest-bone": 1, "slow-refill": 2}


@pytest.mark.parametrize("narrow", [False, True])
def test_the_phase_plane_names_its_units(narrow: bool):
    """Cells, bone and time carry a unit in the second picture too."""
    figure = Figure()
    SCENE.build(figure, Look(narrow=narrow, view="plane"))
    plane, bone = figure.axes
    named = (plane.get_xlabel(), plane.get_title(loc="left"), bone.get_xlabel(), bone.get_title(loc="left"))
    assert all(re.search(r"\[.+\]", words) for words in named)


@pytest.mark.parametrize("brake", [0.35, 0.5, 1.0])
@pytest.mark.parametrize("autocrine", [0.3, 1.0, 1.2])
def test_the_lines_of_standstill_cross_at_rest(autocrine: float, brake: float):
    """On both lines the model's own rates vanish, so both pass through the cells at rest."""
    artists = SCENE.build(Figure(), Look(view="plane"))
    result = SCENE.compute(SCENE.complete({"autocrine": autocrine, "brake": brake, "view": "plane"})[0])
    SCENE.update(artists, result)
    rest, p = result.trajectory.rest, result.parameters
    for line in artists.still:
        x, y = (np.log(np.asarray(values, dtype=float)) for values in line.get_data())
        assert np.interp(np.log(rest.osteoclast), x, y) == pytest.approx(np.log(rest.osteoblast), abs=1e-6)
    x, y = (float(values[1]) for values in artists.still[0].get_data())
    made = p.osteoclast_production * x**p.osteoclast_autocrine * y**p.osteoblast_to_osteoclast
    assert made == pytest.approx(p.osteoclast_removal * x, rel=1e-6)


def test_each_view_has_its_own_picture():
    """One renderer draws both views, and comes back to the first unchanged."""
    renderer = FigureRenderer(SCENE, Look(width_px=350, narrow=True))
    states = ({}, {"view": "plane"}, {})
    first, plane, again = (renderer.png(SCENE.compute(SCENE.complete(state)[0])) for state in states)
    assert first != plane
    assert first == again


def test_words_tell_the_orbit_of_the_phase_plane():
    """Fading, lasting and growing bursts are told as the shape of the orbit."""
    shapes = {1.0: "spirals in to rest", 1.1: "closes on itself", 1.13: "widens from loop to loop"}
    for autocrine, words in shapes.items():
        state = SCENE.complete({"autocrine": autocrine, "view": "plane"})[0]
        assert words in SCENE.describe(SCENE.compute(state))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_two_states_draw_two_pictures(theme: str):
    """The renderer gives PNG bytes that differ between states."""
    renderer = FigureRenderer(SCENE, Look(width_px=350, narrow=True, theme=theme))
    first, second = (
        renderer.png(SCENE.compute(SCENE.complete(state)[0]))
        for state in ({}, {"autocrine": 1.1, "window": "1000"})
    )
    assert first.startswith(b"\x89PNG")
    assert first != second


def test_peak_beyond_the_axis_is_named():
    """A peak above the axis is marked at its edge and said to be off the scale."""
    artists = SCENE.build(Figure(), Look())
    SCENE.update(artists, SCENE.compute(SCENE.complete({"autocrine": 1.2, "brake": 0.35, "event": 15})[0]))
    assert "off the scale" in artists.panels[0].label.get_text()
