"""The scene that starts and stops drugs."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from bonemets_teach.scenes._drug_timeline_result import MONTHS, Schedule
from bonemets_teach.scenes.parameter import Choice, Parameter, Toggle
from bonemets_teach.scenes.registry import load_scene
from bonemets_teach.scenes.render import FigureRenderer
from bonemets_teach.scenes.scene import Look

SCENE = load_scene("drug-timeline")
DRUGS = ("denosumab-120", "denosumab-60", "zoledronate-4", "zoledronate-12")

REACHES = {
    "keep-bone": {"bone_drug": "denosumab-120", "bone_start": 3, "bone_stop": 36},
    "refill": {"tumor_treatment": "systemic", "tumor_start": 9},
    "no-flare": {"phenotype": 0.9},
}


def values(control: Parameter | Choice | Toggle) -> list[object]:
    """List low, middle, high and default, or all options."""
    if isinstance(control, Parameter):
        return [control.low, (control.low + control.high) / 2, control.high, control.default]
    return [option.value for option in control.options] if isinstance(control, Choice) else [False, True]


def compute(**state: object):
    """Return the result of a partial state."""
    full, notes = SCENE.complete(state)
    assert not notes
    return SCENE.compute(full)


def measure(**state: object) -> dict[str, float]:
    """Return the scene's quantities in a partial state."""
    return SCENE.quantities(compute(**state))


def test_no_more_than_eight_controls():
    """A learner meets at most seven controls."""
    assert len(SCENE.controls) <= 7


@pytest.mark.parametrize(
    ("name", "value"), [(control.name, value) for control in SCENE.controls for value in values(control)]
)
@pytest.mark.parametrize("tumor_treatment", ["none", "radiotherapy", "systemic", "systemic-6"])
def test_every_control_gives_finite_numbers(name: str, value: object, tumor_treatment: str):
    """Low, middle, high and default of every control compute with each tumor treatment, all finite."""
    assert all(
        np.isfinite(number)
        for number in measure(**{"tumor_treatment": tumor_treatment, name: value}).values()
    )


def test_curves_stay_inside_the_axes():
    """No corner of the controls draws anything outside the fixed axes."""
    artists = SCENE.build(Figure(), Look())
    for phenotype in (0.0, 0.5, 1.0):
        for drug in DRUGS:
            SCENE.update(artists, compute(phenotype=phenotype, bone_drug=drug, bone_start=0, bone_stop=20))
            for curve in artists.curves.values():
                low, high = curve.line.axes.get_ylim()
                assert low <= curve.line.get_ydata().min()
                assert curve.line.get_ydata().max() <= high


def test_upper_ends_of_the_axes_are_high_enough():
    """Nothing is cut off at the top, even in the rebound of a lytic lesion after two years."""
    for phenotype in (0.0, 0.5, 1.0):
        result = compute(phenotype=phenotype, bone_drug="denosumab-120", bone_start=0, bone_stop=24)
        assert result.treated.path.osteoclast_ratio.max() < 60
        assert result.treated.path.osteoblast_ratio.max() < 60
        assert max(result.treated.markers.ctx.max(), result.treated.markers.bone_alp.max()) < 20


@pytest.mark.parametrize("narrow", [False, True])
def test_every_axis_names_its_unit(narrow: bool):
    """Panels and time axis carry a unit in brackets, on a wide and on a narrow page."""
    artists = SCENE.build(Figure(), Look(narrow=narrow))
    panels = [curve.line.axes for curve in artists.curves.values()]
    assert all(re.search(r"\[.+\]", axes.get_title(loc="left")) for axes in panels)
    assert "[months]" in artists.curves["bone"].line.axes.get_xlabel()


@pytest.mark.parametrize(("width", "narrow"), [(320, True), (430, True), (640, False), (900, False)])
def test_panels_fill_figures_of_any_width(width: int, narrow: bool):
    """Axes end close to the right edge and inside the figure, whatever its width."""
    aspect = SCENE.aspect_narrow if narrow else SCENE.aspect
    figure = Figure(figsize=(width / 72, width * aspect / 72), dpi=72)
    SCENE.build(figure, Look(width_px=width, narrow=narrow))
    right, low = (
        max(axes.get_position().x1 for axes in figure.axes),
        min(axes.get_position().y0 for axes in figure.axes),
    )
    assert 0.95 < right <= 1.0
    assert low >= 0.03


def test_axis_limits_stay_when_the_state_changes():
    """Pictures of two states have the same axes."""
    figure = Figure()
    artists = SCENE.build(figure, Look())
    before = [(axes.get_xlim(), axes.get_ylim()) for axes in figure.axes]
    SCENE.update(artists, compute(phenotype=1.0, month=36, tumor_treatment="systemic"))
    assert before == [(axes.get_xlim(), axes.get_ylim()) for axes in figure.axes]


@pytest.mark.parametrize("preset", SCENE.presets, ids=lambda preset: preset.id)
def test_description_tells_the_numbers(preset):
    """The words hold the rounded quantities of every preset, and its treatment."""
    result = SCENE.compute(SCENE.complete(preset.state)[0])
    numbers, words = SCENE.quantities(result), SCENE.describe(result)
    for shown in (
        f"tumor fills {numbers['tumor_percent']:.0f} % of the marrow space",
        f"bone volume is {numbers['bone_percent']:.0f} % of the start",
        f"bone volume at {numbers['bone_end_percent']:.0f} %",
        f"untreated, bone volume would be {numbers['untreated_bone_end_percent']:.0f} %",
    ):
        assert shown in words
    assert "from month" in words or "in month" in words


def test_nothing_given_is_said():
    """Without drugs the words say so, and treated and untreated are the same."""
    result = compute(bone_drug="none")
    assert "Nothing is given." in SCENE.describe(result)
    assert not result.is_treated


def test_stop_before_the_start_is_said_and_gives_no_dose():
    """A stop that is not after the start gives no dose, changes nothing and is explained."""
    result = compute(bone_drug="denosumab-120", bone_start=12, bone_stop=6)
    assert SCENE.quantities(result)["doses"] == 0
    assert not result.is_treated
    assert "stop before it starts" in SCENE.describe(result)


def test_doses_follow_the_regimen():
    """A year of each regimen has 14, 2, 14 and 5 doses."""
    found = [measure(bone_drug=drug, bone_start=6, bone_stop=18)["doses"] for drug in DRUGS]
    assert found == [14, 2, 14, 5]


def test_bars_show_what_is_given():
    """Both bars span the months of their treatment, and each dose has a mark."""
    artists = SCENE.build(Figure(), Look())
    result = compute(bone_drug="zoledronate-12", bone_start=6, bone_stop=18, tumor_treatment="systemic-6",
                     tumor_start=9)  # fmt: skip
    SCENE.update(artists, result)
    bars = artists.bars.bars
    assert (bars["bone"].get_x(), bars["bone"].get_width()) == (6, 12)
    assert (bars["tumor"].get_x(), bars["tumor"].get_width()) == (9, 6)
    assert len(artists.bars.doses.get_xdata()) == SCENE.quantities(result)["doses"]
    assert artists.bars.names["bone"].get_text() == "zoledronate every 12 weeks"


def test_untreated_curves_are_drawn_only_beside_treated_ones():
    """Dashed curves are hidden without a treatment."""
    artists = SCENE.build(Figure(), Look())
    for drug in ("none", "denosumab-120"):
        SCENE.update(artists, compute(bone_drug=drug))
        assert artists.curves["bone"].ghost.get_visible() is (drug != "none")


def test_film_darkens_where_bone_is_lost():
    """The middle of the untreated lytic tile lets more light through than that of the protected one."""
    artists = SCENE.build(Figure(), Look())
    SCENE.update(artists, compute(bone_start=3, month=24))
    middle = {
        name: float(panel.artist.colors[90:130, 90:130, :3].mean()) for name, panel in artists.tiles.items()
    }
    assert middle["untreated"] < middle["treated"] - 15
    numbers = measure(bone_start=3, month=24)
    assert numbers["untreated_film_percent"] < numbers["film_percent"] - 5


def test_film_of_healthy_bone_is_neither_white_nor_dark():
    """At month 0 the tile is as gray as healthy bone; a blastic lesion is whiter."""
    assert measure(month=0)["film_percent"] == pytest.approx(0.0, abs=0.5)
    assert measure(phenotype=1.0, bone_drug="none")["film_percent"] > 20


def test_early_drug_keeps_more_bone_than_late_one():
    """Denosumab from month 3 keeps more bone than from month 9, and this more than none."""
    ends = [measure(bone_start=start)["bone_end_percent"] for start in (3, 9)]
    assert ends[0] > ends[1] + 15
    assert ends[1] > measure(bone_drug="none")["bone_end_percent"] + 50


def test_stopped_denosumab_rebounds_and_stopped_zoledronate_does_not():
    """With the tumor gone, CTX overshoots after denosumab alone."""
    common = {
        "bone_start": 6, "bone_stop": 18, "tumor_treatment": "systemic", "tumor_start": 6,
    }  # fmt: skip
    peaks = {drug: measure(bone_drug=drug, **common)["ctx_peak_after_stop_fold"] for drug in DRUGS}
    assert min(peaks["denosumab-120"], peaks["denosumab-60"]) > 1.3
    assert max(peaks["zoledronate-4"], peaks["zoledronate-12"]) < 1.1


@pytest.mark.parametrize("task", SCENE.tasks, ids=lambda task: task.id)
def test_every_task_can_be_done(task):
    """A goal is missed at the task's start and reached by a known state; a prediction has a valid answer."""
    start, notes = SCENE.complete(task.state)
    assert not notes
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
    """CTX rebounds, bone ALP flares, and fewer zoledronate doses do about the same."""
    answers = {
        task.id: task.prediction.answer(SCENE.compute(SCENE.complete(task.state)[0]))
        for task in SCENE.tasks
        if task.prediction
    }
    assert answers == {"stop-denosumab": 2, "flare": 0, "interval": 1}


def test_schedule_spans_end_with_the_picture():
    """Neither bar reaches beyond month 36, and radiotherapy is a short one."""
    schedule = Schedule(
        bone_drug="denosumab-120", bone_start=3, tumor_treatment="systemic", tumor_start=30, tumor_months=20
    )
    assert schedule.bone_span == (3, MONTHS)
    assert schedule.tumor_span == (30, MONTHS)
    once = Schedule(tumor_treatment="radiotherapy", tumor_start=4)
    assert once.tumor_span == (4, 4.5)
    assert not schedule.stops


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True])
def test_two_states_draw_two_pictures(theme: str, narrow: bool):
    """The renderer gives PNG bytes that differ between states."""
    renderer = FigureRenderer(SCENE, Look(width_px=350 if narrow else 760, narrow=narrow, theme=theme))
    first, second = (renderer.png(compute(month=month)) for month in (3, 12))
    assert first.startswith(b"\x89PNG")
    assert first != second
