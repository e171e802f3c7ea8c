"""The CT scene."""

import math

import numpy as np
import pytest
from matplotlib.figure import Figure
from unit.scenes.scene_in_use import SceneInUse, values

from bonemets_teach.scenes import Look
from bonemets_teach.scenes.render import FigureRenderer

USED = SceneInUse("ct")
SCENE, TASKS = USED.scene, USED.tasks
result, quantity, reached, guess = USED.result, USED.quantity, USED.reached, USED.guess


@pytest.mark.parametrize("control", SCENE.controls, ids=lambda control: control.name)
def test_every_control_gives_finite_numbers(control):
    """Low, middle and high of each control give a finite image, quantities and words."""
    for value in values(control):
        found = result(**{control.name: value})

        assert np.all(np.isfinite(SCENE.picture(found).values))
        assert all(math.isfinite(number) for number in SCENE.quantities(found).values())
        assert "nan" not in SCENE.describe(found)


@pytest.mark.parametrize("preset", SCENE.presets, ids=lambda preset: preset.id)
def test_presets_are_allowed_states(preset):
    """A preset needs no correction."""
    assert SCENE.complete(preset.state)[1] == []


def test_picture_is_in_hu_with_two_windows():
    """The image carries its unit and pixel size, the scene its windows."""
    picture = SCENE.picture(result())

    assert (picture.unit, picture.values.shape) == ("HU", (256, 256))
    assert picture.pixel_mm == pytest.approx(180 / 256)
    assert [(window.width, window.center) for window in SCENE.windows] == [(2000, 500), (400, 40)]


def test_lytic_is_a_hole_and_blastic_is_dense():
    """A grown lytic lesion reads lower than normal bone, a blastic one far higher."""
    assert quantity("difference_hu", lesion="lytic", months=18) < -50
    assert quantity("difference_hu", lesion="blastic", months=18) > 300


def test_no_lesion_and_no_months_are_normal_bone():
    """Without a lesion, or before it grows, nothing differs."""
    for state in ({"lesion": "none"}, {"months": 0}):
        assert quantity("difference_hu", **state) == 0
        assert quantity("tumor_percent", **state) == 0


def test_early_lytic_lesion_hides():
    """When a quarter of the mineral is gone the CT number has hardly changed."""
    state = {"lesion": "lytic", "months": 11, "kernel": "soft"}

    assert quantity("mineral_lost_percent", **state) > 20
    assert abs(quantity("difference_hu", **state)) < 30


def test_far_slices_hold_no_lesion():
    """In the shaft the slice is that of the normal femur."""
    assert np.array_equal(result(level_mm=130).image.hu, result(level_mm=130, lesion="none").image.hu)


def test_noise_follows_the_current():
    """A quarter of the current gives twice the noise."""
    ratio = quantity("noise_hu", tube_current_time_mas=50) / quantity("noise_hu", tube_current_time_mas=200)

    assert ratio == pytest.approx(2.0, rel=0.08)


def test_noise_follows_thickness_and_kernel():
    """Thick slices and the smooth kernel are quieter."""
    assert quantity("noise_hu", slice_thickness_mm=10) < quantity("noise_hu", slice_thickness_mm=2)
    assert quantity("noise_hu", kernel="soft") < quantity("noise_hu", kernel="bone") / 2


def test_dose_follows_current_and_voltage():
    """Dose is proportional to the current and rises with the voltage."""
    assert quantity("dose_percent", tube_current_time_mas=200) == pytest.approx(200)
    assert quantity("dose_percent", tube_voltage_kv=140) > quantity("dose_percent", tube_voltage_kv=80)


def test_description_tells_what_is_measured():
    """The words hold level, lesion, CT numbers and settings."""
    words = SCENE.describe(result(lesion="lytic", months=18))

    assert "43 mm below the center of the head, showing femur and pelvis" in words
    assert f"reads {quantity('lesion_hu'):.0f} HU" in words
    assert "120 kV, 150 mAs, 3 mm and the bone kernel" in words


def test_marks_lie_in_the_image():
    """Names of the anatomy lie inside the image, the lesion only where it is."""
    for level, named in ((0, {"femur", "pelvis"}), (43, {"femur", "pelvis", "lesion"}), (130, {"femur"})):
        marks = SCENE.picture(result(level_mm=level)).marks

        assert {name for _, _, name in marks} == named
        assert all(0 <= row < 256 and 0 <= column < 256 for row, column, _ in marks)


def test_goals_are_not_reached_at_the_start():
    """A task isn't done before anything was done."""
    assert not any(reached(task.id) for task in SCENE.tasks if task.goal)


def test_goals_can_be_reached():
    """Each goal is reached by a state that the controls allow."""
    assert reached("find-it", level_mm=43)
    assert reached("quiet", kernel="soft", slice_thickness_mm=4)


def test_quiet_goal_refuses_more_dose_and_thick_slices():
    """More photons or a very thick slice don't count."""
    assert not reached("quiet", kernel="soft", slice_thickness_mm=4, tube_current_time_mas=100)
    assert not reached("quiet", kernel="soft", slice_thickness_mm=10)


def test_predictions_have_the_known_answers():
    """The model gives the answers that the explanations argue for."""
    assert guess("quarter-dose") == "2 times"
    assert guess("early") == "about the same (within 50 HU)"
    assert guess("voltage") == "higher"


@pytest.mark.parametrize("task", [task for task in SCENE.tasks if task.prediction], ids=lambda task: task.id)
def test_explanations_name_a_number(task):
    """What is said after a guess holds a number from the model."""
    assert any(sign.isdigit() for sign in task.prediction.explain(result(**task.state)))


def test_update_makes_no_artists_and_keeps_the_axes():
    """Pictures can be compared: the same artists and limits for every state."""
    figure = Figure()
    artists = SCENE.build(figure, Look())
    SCENE.update(artists, result())
    before = [len(axes.get_children()) for axes in figure.axes]
    limits = [axes.axis() for axes in figure.axes]
    SCENE.update(artists, result(lesion="blastic"))

    assert [len(axes.get_children()) for axes in figure.axes] == before
    assert [axes.axis() for axes in figure.axes] == limits


def test_panels_name_their_windows():
    """Each panel says which window it shows."""
    figure = Figure()
    SCENE.build(figure, Look(narrow=True, width_px=350))
    titles = [axes.get_title(loc="left") or axes.get_title() for axes in figure.axes]

    assert titles == ["Bone window (W 2000, L 500 HU)", "Soft tissue window (W 400, L 40 HU)"]


def test_pictures_of_a_state_are_the_same_and_of_two_states_differ():
    """A scene is a function of its state."""
    renderer = FigureRenderer(SCENE, Look(width_px=400))
    first, again, other = (renderer.png(result(kernel=kernel)) for kernel in ("soft", "soft", "bone"))

    assert first == again
    assert first != other
