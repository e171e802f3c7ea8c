"""The scene of the vicious cycle."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from bonemets_teach.scenes.parameter import Choice, Parameter, Toggle
from bonemets_teach.scenes.render import FigureRenderer
from bonemets_teach.scenes.scene import Look
from bonemets_teach.scenes.vicious_cycle import ViciousCycle

SCENE = ViciousCycle()

REACHES = {
    "busy-but-even": {"phenotype": 0.45},
    "hold-down": {"block": True, "block_month": 3},
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
@pytest.mark.parametrize("block", [False, True])
def test_every_control_gives_finite_numbers(name: str, value: object, block: bool):
    """Low, middle, high and default of every control compute, with and without a block, all finite."""
    assert all(np.isfinite(number) for number in measure(**{"block": block, name: value}).values())


def test_curves_stay_inside_the_axes():
    """No corner of the controls draws cells, tumor or bone outside the fixed axes."""
    figure = Figure()
    artists = SCENE.build(figure, Look())
    for phenotype in (0.0, 0.5, 0.9, 1.0):
        for growth in (50, 200):
            SCENE.update(
                artists, SCENE.compute(SCENE.complete({"phenotype": phenotype, "growth": growth})[0])
            )
            for curve in artists.curves.values():
                low, high = curve.line.axes.get_ylim()
                assert low <= curve.line.get_ydata().min()
                assert curve.line.get_ydata().max() <= high


@pytest.mark.parametrize("narrow", [False, True])
def test_every_axis_names_its_unit(narrow: bool):
    """Panels and time axis carry a unit in brackets, on a wide and on a narrow page."""
    figure = Figure()
    artists = SCENE.build(figure, Look(narrow=narrow))
    panels = [curve.line.axes for curve in artists.curves.values()]
    assert all(re.search(r"\[.+\]", axes.get_title(loc="left")) for axes in panels)
    assert "[months]" in artists.curves["bone"].line.axes.get_xlabel()


def test_axis_limits_stay_when_the_state_changes():
    """Pictures of two states have the same axes."""
    figure = Figure()
    artists = SCENE.build(figure, Look())
    before = [(axes.get_xlim(), axes.get_ylim()) for axes in figure.axes]
    SCENE.update(artists, SCENE.compute(SCENE.complete({"phenotype": 1.0, "month": 18})[0]))
    assert before == [(axes.get_xlim(), axes.get_ylim()) for axes in figure.axes]


@pytest.mark.parametrize("preset", SCENE.presets, ids=lambda preset: preset.id)
def test_description_tells_the_numbers(preset):
    """The words hold the rounded quantities of every preset."""
    result = SCENE.compute(SCENE.complete(preset.state)[0])
    numbers, words = SCENE.quantities(result), SCENE.describe(result)
    for shown in (
        f"tumor fills {numbers['tumor_percent']:.0f} % of the marrow space",
        f"bone volume is {numbers['bone_percent']:.0f} % of the start",
        f"bone supports {numbers['growth_from_bone_percent']:.0f} % of tumor growth",
        f"bone volume at {numbers['bone_end_percent']:.0f} %",
    ):
        assert shown in words


def test_numbers_of_the_loop_agree_with_the_words():
    """The loop shows the same multiples that the description says."""
    artists = SCENE.build(Figure(), Look())
    result = SCENE.compute(SCENE.defaults())
    SCENE.update(artists, result)
    rankl = artists.loop.labels["rankl"].get_text().split("× ")[1]
    assert f"RANKL signal {rankl}," in SCENE.describe(result)


def test_stronger_message_has_a_wider_arrow():
    """The PTHrP arrow is wider in a lytic, the recruitment arrow in a blastic lesion."""
    artists = SCENE.build(Figure(), Look())
    widths = {}
    for phenotype in (0.0, 1.0):
        SCENE.update(artists, SCENE.compute(SCENE.complete({"phenotype": phenotype})[0]))
        widths[phenotype] = {name: arrow.get_linewidth() for name, arrow in artists.loop.arrows.items()}
    assert widths[0.0]["pthrp"] > widths[1.0]["pthrp"]
    assert widths[0.0]["recruitment"] < widths[1.0]["recruitment"]


def test_phenotype_presets_lose_keep_and_add_bone():
    """Lytic loses, mixed keeps, blastic adds bone by month 18."""
    lytic, mixed, blastic = (measure(phenotype=q)["bone_end_percent"] for q in (0.1, 0.45, 0.9))
    assert lytic < 50.0
    assert mixed == pytest.approx(95.0, abs=5.0)
    assert blastic > 200.0


def test_no_feedback_delays_the_tumor():
    """Without feedback the tumor fills half of the marrow space more than a month later."""
    numbers = measure(feedback=0)
    assert numbers["tumor_half_month"] > numbers["untouched_half_month"] + 1.0
    assert numbers["growth_from_bone_percent"] == pytest.approx(0.0, abs=1e-9)


def test_block_month_matters_only_while_the_block_is_on():
    """Without a block its start month changes nothing."""
    assert measure(block_month=0) == measure(block_month=15)


def test_usual_course_is_drawn_only_where_it_differs():
    """Dashed curves are hidden for the untouched lesion and shown with a block."""
    artists = SCENE.build(Figure(), Look())
    for block in (False, True):
        SCENE.update(artists, SCENE.compute(SCENE.complete({"block": block})[0]))
        assert artists.curves["bone"].ghost.get_visible() is block


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
    """Cutting the loop delays the tumor by months, and a late block leaves bone where it was."""
    answers = {
        task.id: task.prediction.answer(SCENE.compute(SCENE.complete(task.state)[0]))
        for task in SCENE.tasks
        if task.prediction
    }
    assert answers == {"cut-the-loop": 1, "late-block": 1}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_two_states_draw_two_pictures(theme: str):
    """The renderer gives PNG bytes that differ between states."""
    renderer = FigureRenderer(SCENE, Look(width_px=350, narrow=True, theme=theme))
    first, second = (renderer.png(SCENE.compute(SCENE.complete({"month": month})[0])) for month in (3, 12))
    assert first.startswith(b"\x89PNG")
    assert first != second
