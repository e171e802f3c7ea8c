"""CT in three planes: what each plane, slice, beam and metal does to the truth."""

import math

import numpy as np
import pytest
from matplotlib.figure import Figure
from unit.scenes.scene_in_use import SceneInUse, values

from bonemets_teach.scenes import Choice, Look
from bonemets_teach.scenes.render import FigureRenderer

USED = SceneInUse("ct-planes")
SCENE, TASKS = USED.scene, USED.tasks
result, quantity, reached, guess = USED.result, USED.quantity, USED.reached, USED.guess


@pytest.mark.parametrize("plane", ["axial", "coronal", "sagittal"])
@pytest.mark.parametrize(
    "control", [control for control in SCENE.controls if control.name != "plane"], ids=lambda control: control.name
)  # fmt: skip
def test_every_control_gives_finite_numbers_in_every_plane(control, plane):
    """Low, middle and high of each control."""
    for value in values(control):
        found = result(**{"plane": plane, "slice_thickness_mm": 8, control.name: value})

        assert np.all(np.isfinite(SCENE.picture(found).values))
        assert all(math.isfinite(number) for number in SCENE.quantities(found).values())
        assert "nan" not in SCENE.describe(found)


def test_without_metal_every_finding_reads_nearly_true():
    """Thin slices and a corrected beam read within 15 HU of a perfect scanner, small dense spots within 6 %."""
    for control in SCENE.controls:
        if isinstance(control, Choice) and control.name == "finding":
            for option in control.options:
                true = quantity("true_hu", finding=option.value)
                error = quantity("error_hu", finding=option.value, slice_thickness_mm=2)
                assert abs(error) < max(15, 0.06 * true)


def test_planes_show_the_same_body():
    """Where axial and sagittal plane cross they read the same within the noise."""
    axial = result(finding="blastic-body", plane="axial", slice_thickness_mm=2)
    sagittal = result(finding="blastic-body", plane="sagittal", slice_thickness_mm=2)
    middle = axial.hu.shape[1] // 2
    line, row = axial.hu[:, middle - 3 : middle].mean(axis=1), round(41.875 / 0.4)
    across = sagittal.hu[row - 2 : row + 2].mean(axis=0)

    assert np.corrcoef(line, across)[0, 1] > 0.95


def test_a_reformat_has_a_step_for_each_slice():
    """Rows within a slice are the same, those of the next one are not."""
    hu = result(plane="sagittal", slice_thickness_mm=8).hu
    changes = np.flatnonzero(np.abs(np.diff(hu, axis=0)).max(axis=1) > 0)

    assert quantity("slices", plane="sagittal", slice_thickness_mm=8) == 10
    assert len(changes) == 9
    np.testing.assert_allclose(np.diff(changes) * 0.4, 8.0, atol=0.41)


def test_an_axial_plane_is_one_slice():
    """And moving it changes the picture."""
    assert quantity("slices") == 1
    assert not np.array_equal(result(position_mm=0).hu, result(position_mm=10).hu)


def test_thick_slices_hide_a_hole_in_a_pedicle_and_are_quieter():
    """Partial volume raises the reading; noise falls with one over the square root of the thickness."""
    thin, thick = ({"finding": "lytic-pedicle", "slice_thickness_mm": mm} for mm in (2, 8))

    assert quantity("place_hu", **thick) > quantity("place_hu", **thin) + 40
    assert quantity("noise_hu", **thin) / quantity("noise_hu", **thick) == pytest.approx(2.0, rel=0.1)


def test_only_a_real_uncorrected_beam_cups():
    """One energy reads deep and outer muscle alike within 3 HU."""
    one, raw = (quantity("cupping_hu", finding="none", hardening=beam) for beam in ("none", "uncorrected"))

    assert abs(one) < 3
    assert raw > 8


def test_heavier_metal_and_lower_voltage_disturb_more():
    """The canal between the screws is read too high by hundreds of HU."""
    clean = quantity("canal_hu")
    soft, hard = (quantity("canal_hu", metal="titanium", tube_voltage_kv=kv) for kv in (80, 140))
    steel = quantity("canal_hu", metal="steel", tube_voltage_kv=140)

    assert clean == pytest.approx(15, abs=10)
    assert clean + 100 < hard < soft
    assert hard < steel


def test_calcium_reads_higher_at_low_voltage():
    """A dense lesion depends on the voltage, as in the slice of the femur."""
    low, high = (quantity("place_hu", finding="blastic-body", tube_voltage_kv=kv) for kv in (80, 140))

    assert low > high + 100


def test_a_collapse_shows_in_the_sagittal_plane_only():
    """Words say what each plane lets one judge."""
    said = {
        plane: SCENE.describe(result(finding="collapse", plane=plane))
        for plane in ("axial", "coronal", "sagittal")
    }

    assert "has lost 40 % of its height" in said["sagittal"]
    assert "height can't be judged" in said["axial"]
    assert "40 %" not in said["coronal"]


def test_a_plane_that_misses_the_finding_says_so():
    """With the distance."""
    state = {"finding": "blastic-body", "plane": "coronal", "position_mm": 20}

    assert quantity("miss_mm", **state) == pytest.approx(28.75, abs=1)
    assert "misses its middle by 29 mm" in SCENE.describe(result(**state))


def test_marks_lie_in_the_picture_and_near_the_plane():
    """The finding is named in a plane through it and not in one far away."""
    near = SCENE.picture(result(finding="lytic-pedicle", position_mm=-5))
    far = SCENE.picture(result(finding="lytic-pedicle", position_mm=30))

    assert "finding" in {name for _, _, name in near.marks}
    assert "finding" not in {name for _, _, name in far.marks}
    rows, columns = near.values.shape
    assert all(0 <= row < rows and 0 <= column < columns for row, column, _ in near.marks)


def test_goals_are_reached_by_work_only():
    """Not at the start, and by a state that the controls allow."""
    assert not any(reached(task.id) for task in SCENE.tasks if task.goal)
    assert reached("find-collapse", plane="sagittal", slice_thickness_mm=3)
    assert not reached("find-collapse", plane="sagittal")
    assert reached("less-artifact", metal="titanium", tube_voltage_kv=140)
    assert not reached("less-artifact", metal="none")
    assert reached("through-lesion", position_mm=-8)


def test_predictions_have_the_known_answers():
    """The model gives the answers that the explanations argue for."""
    assert guess("predict-thick") == "higher"
    assert guess("predict-cupping") == "lower"
    assert guess("predict-canal") == "at least 100 HU higher"
    assert guess("predict-island") == "above 885 HU"
    assert guess("predict-healed") == "at least 100 HU higher"


def test_explanations_name_numbers():
    """What is said after a guess holds a number from the model."""
    for task in SCENE.tasks:
        if task.prediction:
            assert any(sign.isdigit() for sign in task.prediction.explain(result(**task.state)))


def test_rehearsal_traces_every_finding():
    """No learner waits for rays."""
    findings = {state["finding"] for state in SCENE.rehearsal()}

    assert findings == {option.value for option in SCENE.controls[0].options}


def test_update_keeps_artists_and_axes():
    """Pictures can be compared: the same artists and limits for every plane."""
    figure = Figure()
    artists = SCENE.build(figure, Look())
    SCENE.update(artists, result())
    before = [(len(axes.get_children()), axes.axis()) for axes in figure.axes]
    SCENE.update(artists, result(plane="coronal"))

    assert [(len(axes.get_children()), axes.axis()) for axes in figure.axes] == before


@pytest.mark.parametrize("narrow", [True, False])
def test_it_can_be_drawn(narrow):
    """On the light and the narrow page."""
    look = Look(width_px=350 if narrow else 760, narrow=narrow)

    assert FigureRenderer(SCENE, look).png(result()).startswith(b"\x89PNG")
