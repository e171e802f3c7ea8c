"""The scene of SPECT/CT: findings, images on one grid, numbers, tasks."""

import math

import numpy as np
import pytest
from matplotlib.figure import Figure
from unit.scenes.scene_in_use import SceneInUse, values

from bonemets_teach.scenes import Look
from bonemets_teach.scenes._spect_ct_body import places
from bonemets_teach.scenes._spect_ct_figure import colored
from bonemets_teach.scenes._spect_ct_images import CT_PIXEL_MM, ORIGIN_MM
from bonemets_teach.scenes.render import FigureRenderer

USED = SceneInUse("spect-ct")
SCENE, TASKS = USED.scene, USED.tasks
result, quantity, reached, guess = USED.result, USED.quantity, USED.reached, USED.guess
COLD = {"finding": "cold", "diameter_mm": 24}


@pytest.mark.parametrize("control", SCENE.controls, ids=lambda control: control.name)
def test_every_control_gives_finite_images_and_numbers(control):
    """Low, middle and high of each control."""
    for value in values(control):
        found = result(**{control.name: value})

        assert np.isfinite(found.suv).all()
        assert np.isfinite(found.hu).all()
        assert all(math.isfinite(number) for number in SCENE.quantities(found).values())
        assert "nan" not in SCENE.describe(found)


@pytest.mark.parametrize("preset", SCENE.presets, ids=lambda preset: preset.id)
def test_presets_are_allowed_states(preset):
    """A preset needs no correction."""
    assert SCENE.complete(preset.state)[1] == []


def test_only_what_is_kept_answers_at_once():
    """Filter and color scale need no new reconstruction, all others wait until they are let go."""
    assert {control.name for control in SCENE.controls if not control.on_release} == {"filter_mm", "top_suv"}


def test_filter_and_colors_take_no_new_images(monkeypatch):
    """They work on what was reconstructed before."""
    result()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    for name in ("spect_slice", "reconstruct", "planar_scan"):
        monkeypatch.setattr(f"bonemets_teach.scenes._spect_ct_images.{name}", refuse)

    SCENE.describe(result(filter_mm=3.5, top_suv=12))


def test_all_images_lie_on_the_grid_of_the_ct():
    """SPECT, opacity and CT share rows and columns."""
    found = result()

    assert found.suv.shape == found.hu.shape == found.opacity.shape


def pixel_of(place: str) -> tuple[int, int]:
    """Return row and column of a place of the vertebra."""
    _, y, x = places()[place]
    return round((y - ORIGIN_MM[0]) / CT_PIXEL_MM), round((x - ORIGIN_MM[1]) / CT_PIXEL_MM)


def test_right_is_left_and_front_is_up():
    """The hot pedicle lies left of the middle, the hot front of the body above it, and bone of the CT with them."""
    pedicle, front = result(finding="pedicle"), result(finding="body", diameter_mm=20)
    hot = [np.unravel_index(int(found.suv.argmax()), found.suv.shape) for found in (pedicle, front)]

    np.testing.assert_allclose(hot[0], pixel_of("right pedicle"), atol=6)
    np.testing.assert_allclose(hot[1], pixel_of("front of the body"), atol=6)
    assert hot[0][1] < pedicle.suv.shape[1] / 2
    assert hot[1][0] < hot[0][0]
    assert pedicle.hu[pixel_of("right pedicle")] > 200


def test_the_right_is_at_the_right_from_behind():
    """The hottest counts of the planar scan lie right of the middle and at the place that is named."""
    planar = result(finding="pedicle", diameter_mm=16).planar
    added = planar.expected - planar.healthy
    row, column = np.unravel_index(int(added.argmax()), added.shape)

    assert column > added.shape[1] / 2
    np.testing.assert_allclose((row, column), planar.place, atol=1.5)


def test_a_worn_joint_is_denser_and_hot_without_tumor():
    """Bone fills the space of the joint."""
    worn, healthy = (result(finding="facet", diameter_mm=mm) for mm in (16, 0))
    row, column = pixel_of("right facet joint")
    near = (slice(row - 8, row + 9), slice(column - 8, column + 9))

    assert worn.hu[near].mean() > healthy.hu[near].mean() + 150
    assert quantity("suv_max", finding="facet", diameter_mm=16) > 12


def test_a_rim_is_a_ring():
    """The middle of a lytic metastasis with new bone around holds less than its edge, and the CT shows the hole."""
    found = result(finding="rim", diameter_mm=28, seconds=60)
    row, column = pixel_of("vertebral body")

    assert found.suv[row, column] < 0.6 * found.suv.max()
    assert (
        found.hu[row, column] < result(finding="none").hu[row - 6 : row + 7, column - 6 : column + 7].mean()
    )


def test_a_cold_hole_reads_less_than_healthy_and_more_than_it_holds():
    """Neighbors spill into it."""
    assert quantity("suv_mean", **COLD) < 0.5 * quantity("healthy_suv_mean", **COLD)
    assert quantity("suv_mean", **COLD) > quantity("true_suv_mean", **COLD)
    assert "colder than healthy bone" in SCENE.describe(result(**COLD))


def test_without_a_diameter_there_is_nothing():
    """Each finding of 0 mm is a healthy vertebra in words and counts."""
    for finding in ("facet", "rim", "cold"):
        found = result(finding=finding, diameter_mm=0)

        assert quantity("planar_percent", finding=finding, diameter_mm=0) == pytest.approx(100)
        assert "without a finding" in SCENE.describe(found)


def test_corrections_change_the_number():
    """Without attenuation less than a quarter is read; without the blur the spot is lower than with it."""
    both, blur, attenuation = (quantity("suv_max", known=known) for known in ("both", "blur", "attenuation"))

    assert blur < 0.25 * both
    assert attenuation < both


def test_a_filter_lowers_peak_and_noise():
    """Smooth is quiet and blunt."""
    sharp, smooth = (SCENE.quantities(result(filter_mm=mm)) for mm in (2, 15))

    assert smooth["suv_max"] < 0.7 * sharp["suv_max"]
    assert smooth["noise_percent"] < 0.7 * sharp["noise_percent"]


def test_time_and_counts_go_together():
    """64 views of two heads; counts follow the time."""
    assert quantity("scan_minutes", seconds=30) == pytest.approx(16.0)
    assert quantity("counts", seconds=60) == pytest.approx(3 * quantity("counts", seconds=20), rel=0.05)


def test_the_color_scale_ends_where_it_says():
    """At its top the color is the brightest; the picture of the same SUV changes with the top, the SUV doesn't."""
    ends = colored(np.array([[0.0, 12.0, 99.0]]), 12.0)[0].astype(int)

    assert ends[0].sum() < 10
    np.testing.assert_array_equal(ends[1], ends[2])
    np.testing.assert_array_equal(result(top_suv=10).suv, result(top_suv=40).suv)
    assert result(top_suv=10).opacity.sum() > result(top_suv=40).opacity.sum()


def test_words_agree_with_the_numbers():
    """The reading and the truth are in the description."""
    words, found = SCENE.describe(result()), result().measures

    assert f"SUVmax {found.suv_max:.1f}" in words
    assert f"{found.true_suv_mean:.1f}" in words
    assert "1 iteration of 8 subsets" in SCENE.describe(result(iterations=1))


def test_places_are_said_by_side_and_depth():
    """In front of or behind the middle, never a negative number."""
    assert "in front of the middle of the body" in SCENE.describe(result(finding="body", diameter_mm=20))
    assert "behind the middle of the body and 13 mm to the patient's right" in SCENE.describe(result())


def test_the_smallest_finding_is_none():
    """Below 2 mm nothing is said to be there."""
    assert "without a finding" in SCENE.describe(result(finding="rim", diameter_mm=1))


def test_goals_are_reached_by_work_only():
    """Not at the start, and by a state that the controls allow; detours don't count."""
    assert not any(reached(task.id) for task in SCENE.tasks if task.goal)
    assert reached("cold", diameter_mm=24)
    assert not reached("cold", finding="body", diameter_mm=24)
    assert reached("better", seconds=60, iterations=4, filter_mm=3)
    assert not reached("better", seconds=60, iterations=4, filter_mm=3, diameter_mm=30)
    assert reached("glow", top_suv=6)
    assert not reached("glow", top_suv=6, finding="body", diameter_mm=20)


def test_predictions_have_the_known_answers():
    """The model gives the answers that the explanations argue for."""
    assert guess("same-spot") == "at the same place, within the blur of the camera"
    assert guess("uncorrected") == "less than a quarter"
    assert guess("small") == "lower"


@pytest.mark.parametrize("task", [task for task in SCENE.tasks if task.prediction], ids=lambda task: task.id)
def test_explanations_name_a_number(task):
    """What is said after a guess holds a number from the model."""
    assert any(sign.isdigit() for sign in task.prediction.explain(result(**task.state)))


def test_rehearsal_yields_allowed_states():
    """What the server computes at its start is what a learner may ask for."""
    for state in SCENE.rehearsal():
        assert SCENE.complete(state) == (state, [])


@pytest.mark.parametrize("narrow", [True, False])
def test_update_makes_no_artists_and_keeps_the_axes(narrow):
    """Pictures can be compared: the same artists and limits for every state."""
    figure = Figure()
    artists = SCENE.build(figure, Look(narrow=narrow))
    SCENE.update(artists, result())
    before = [(len(axes.get_children()), axes.axis()) for axes in figure.axes]
    SCENE.update(artists, result(finding="rim", diameter_mm=28, top_suv=10))

    assert [(len(axes.get_children()), axes.axis()) for axes in figure.axes] == before


def test_pictures_follow_each_control_that_answers_at_once():
    """A picture that is kept is no picture of another state."""
    renderer = FigureRenderer(SCENE, Look(width_px=400))
    first, again, scaled, smooth, other = (
        renderer.png(result(**state))
        for state in ({}, {}, {"top_suv": 10}, {"filter_mm": 15}, {"finding": "facet", "diameter_mm": 16})
    )

    assert first == again
    assert len({first, scaled, smooth, other}) == 4
