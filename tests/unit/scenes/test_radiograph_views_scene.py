"""The two views of a vertebra: each shows what the anatomy lets it show, at the price of dose."""

import math

import numpy as np
import pytest
from matplotlib.figure import Figure
from unit.scenes.scene_in_use import SceneInUse, values

from bonemets_teach.scenes import Look
from bonemets_teach.scenes.render import FigureRenderer

USED = SceneInUse("radiograph-views")
SCENE, TASKS = USED.scene, USED.tasks
result, quantity, reached, guess = USED.result, USED.quantity, USED.reached, USED.guess
PEDICLE = {"place": "right pedicle", "kind": "lytic", "months": 18}


@pytest.mark.parametrize("projection", ["AP", "lateral"])
@pytest.mark.parametrize("control", SCENE.controls[1:], ids=lambda control: control.name)
def test_every_control_gives_finite_numbers_in_both_views(control, projection):
    """Low, middle and high of each control, also where the tube must work hardest."""
    for value in values(control):
        found = result(**{"projection": projection, control.name: value})

        assert np.all(np.isfinite(SCENE.picture(found).values))
        assert all(math.isfinite(number) for number in SCENE.quantities(found).values())
        assert "nan" not in SCENE.describe(found)


@pytest.mark.parametrize("voltage", [60, 120])
@pytest.mark.parametrize("dose", [0.2, 10])
def test_the_tube_can_deliver_every_dose(voltage, dose):
    """No corner of the controls asks for more or less than a tube gives."""
    for grid in (True, False):
        for projection in ("AP", "lateral"):
            state = {"tube_voltage_kv": voltage, "detector_ugy": dose, "grid": grid, "projection": projection}
            assert 0.01 <= quantity("tube_current_time_mas", **state) <= 500


def test_the_front_view_shows_the_pedicle_and_the_side_view_hides_it():
    """From the side the healthy pedicle lies over the sick one: the winking owl is a frontal sign."""
    assert quantity("visible", projection="AP", **PEDICLE) == 1
    assert quantity("visible", projection="lateral", **PEDICLE) == 0
    assert "the winking owl" in SCENE.describe(result(projection="AP", **PEDICLE))
    assert "owl" not in SCENE.describe(result(projection="lateral", **PEDICLE))


def test_the_side_view_shows_the_front_of_the_body_better():
    """There the front film lays back wall, pedicles and arch over it."""
    state = {"projection": "lateral", "place": "front of the body", "kind": "lytic", "months": 20}

    assert quantity("visibility", **state) > quantity("other_view_visibility", **state)


def test_each_view_tells_what_the_other_would_show():
    """The numbers of the other view are those of a film taken that way."""
    front, side = result(projection="AP", **PEDICLE), result(projection="lateral", **PEDICLE)

    assert front.other == side.here
    assert side.other == front.here


def test_contrast_falls_with_scatter_as_one_over_one_plus_ratio():
    """The grid changes contrast by the published factor, within 15 % for the variation over the lesion."""
    bare, gridded = result(grid=False, **PEDICLE).here, result(grid=True, **PEDICLE).here
    expected = (1 + gridded.scatter_to_primary) / (1 + bare.scatter_to_primary)

    assert bare.contrast_percent / gridded.contrast_percent == pytest.approx(expected, rel=0.15)


def test_noise_follows_the_dose_at_the_detector():
    """Four times the dose, half the noise; contrast stays."""
    low, high = result(detector_ugy=2.0, **PEDICLE), result(detector_ugy=8.0, **PEDICLE)

    assert low.here.noise_percent / high.here.noise_percent == pytest.approx(2.0, rel=0.01)
    assert low.here.contrast_percent == pytest.approx(high.here.contrast_percent)


def test_the_bucky_factor_is_the_ratio_of_the_doses_at_the_skin():
    """And it lies in the published range of an abdomen, 3 to 8."""
    for projection in ("AP", "lateral"):
        bare, gridded = (
            quantity("skin_kerma_ugy", projection=projection, grid=grid) for grid in (False, True)
        )
        factor = quantity("bucky_factor", projection=projection)

        assert gridded / bare == pytest.approx(factor, rel=0.03)
        assert 3 <= factor <= 8


def test_scatter_is_that_of_a_trunk_and_the_grid_cuts_it_to_a_fifth():
    """Two to seven scattered photons for each primary one behind a trunk without a grid."""
    bare, gridded = (quantity("scatter_to_primary", grid=grid) for grid in (False, True))

    assert 2 < bare < 7
    assert gridded == pytest.approx(bare / 5, rel=1e-3)


def test_no_lesion_and_a_new_lesion_change_nothing():
    """The films are those of the healthy vertebra."""
    healthy = SCENE.picture(result(place="none")).values

    np.testing.assert_array_equal(healthy, SCENE.picture(result(months=0)).values)
    assert quantity("lesion_contrast_percent", place="none") == 0
    assert quantity("lesion_area_mm2", place="none") == 0


def test_blastic_is_lighter_and_gains_mineral():
    """The sign of contrast and mineral follows the kind of lesion."""
    assert quantity("lesion_contrast_percent", place="back of the body", kind="blastic") < 0
    assert quantity("mineral_lost_percent", place="back of the body", kind="blastic") < 0


def test_marks_lie_on_the_film():
    """The right pedicle lies left of the left one on the frontal film, above the spinous process."""
    rows, columns = SCENE.picture(result()).values.shape
    marks = {name: (row, column) for row, column, name in SCENE.picture(result()).marks}

    assert all(0 <= row < rows and 0 <= column < columns for row, column in marks.values())
    assert marks["right pedicle"][1] < marks["spinous process"][1] < marks["left pedicle"][1]
    assert marks["right pedicle"][0] < marks["spinous process"][0]


def test_goals_are_reached_by_work_only():
    """Not at the start, and by a state that the controls allow."""
    assert not any(reached(task.id) for task in SCENE.tasks if task.goal)
    assert reached("one-view-only", projection="lateral", months=19)
    assert reached("low-dose", grid=False, detector_ugy=1.0)
    assert not reached("low-dose", grid=False, detector_ugy=1.0, months=24)


def test_predictions_have_the_known_answers():
    """The model gives the answers that the explanations argue for."""
    assert guess("predict-owl") == "From the front (AP)"
    assert guess("predict-fog") == "about 35 %"
    assert guess("predict-cost") == "about 4 times as much"


def test_explanations_name_numbers():
    """What is said after a guess holds a number from the model."""
    for task in SCENE.tasks:
        if task.prediction:
            assert any(sign.isdigit() for sign in task.prediction.explain(result(**task.state)))


def test_rehearsal_grows_every_lesion():
    """No learner waits for a lesion to grow."""
    states = list(SCENE.rehearsal())

    assert {(state["place"], state["kind"]) for state in states} >= {
        (place, kind) for place in ("right pedicle", "spinous process") for kind in ("lytic", "blastic")
    }
    assert states[-1] == SCENE.defaults()


def test_update_keeps_artists_and_axes():
    """Pictures can be compared: the same artists and limits for both views."""
    figure = Figure()
    artists = SCENE.build(figure, Look())
    SCENE.update(artists, result())
    before = [(len(axes.get_children()), axes.axis()) for axes in figure.axes]
    SCENE.update(artists, result(projection="lateral"))

    assert [(len(axes.get_children()), axes.axis()) for axes in figure.axes] == before


@pytest.mark.parametrize("narrow", [True, False])
def test_it_can_be_drawn(narrow):
    """On the light and the narrow page."""
    look = Look(width_px=350 if narrow else 760, narrow=narrow)

    assert FigureRenderer(SCENE, look).png(result()).startswith(b"\x89PNG")
