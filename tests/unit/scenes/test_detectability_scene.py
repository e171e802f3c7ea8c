"""The detectability scene."""

import math

import numpy as np
import pytest
from matplotlib.figure import Figure
from unit.scenes.scene_in_use import SceneInUse, values

from bonemets_teach.scenes import Look, measure
from bonemets_teach.scenes.render import FigureRenderer

USED = SceneInUse("detectability")
SCENE, TASKS = USED.scene, USED.tasks
result, reached, guess = USED.result, USED.reached, USED.guess


@pytest.mark.parametrize("control", SCENE.controls, ids=lambda control: control.name)
def test_every_control_gives_finite_numbers(control):
    """Low, middle and high of each control give finite quantities and words."""
    for value in values(control):
        found = result(**{control.name: value})

        assert all(math.isfinite(number) for number in SCENE.quantities(found).values())
        assert "nan" not in SCENE.describe(found)


@pytest.mark.parametrize("preset", SCENE.presets, ids=lambda preset: preset.id)
def test_presets_are_allowed_states(preset):
    """A preset needs no correction."""
    assert SCENE.complete(preset.state)[1] == []


def test_three_reasons_add_up():
    """Photons alone need least, tumor in the marrow more, anatomy in the way most."""
    numbers = SCENE.quantities(result())

    assert numbers["photons_only_loss_percent"] < 2
    assert numbers["photons_only_loss_percent"] < numbers["tumor_in_marrow_loss_percent"]
    assert numbers["tumor_in_marrow_loss_percent"] < numbers["overlying_anatomy_loss_percent"]
    assert 30 <= numbers["overlying_anatomy_loss_percent"] <= 65


def test_switches_lead_to_the_same_numbers_as_the_stages():
    """With both switches off the visible loss is that of photons alone."""
    off = result(tumor_fills_marrow=False, overlying_anatomy=False)
    numbers = SCENE.quantities(off)

    assert numbers["visible_loss_percent"] == pytest.approx(numbers["photons_only_loss_percent"])


def test_chosen_site_is_among_all_sites():
    """The bar of the chosen site is its visible loss."""
    numbers = SCENE.quantities(result(site="femoral-cortex"))

    assert numbers["needed_femoral_cortex_percent"] == pytest.approx(numbers["visible_loss_percent"])


def test_red_marrow_hides_less():
    """In marrow without fat the tumor stands out earlier."""
    assert measure("detectability", {"marrow": "red"}, "iso_attenuating_loss_percent") < measure(
        "detectability", {"marrow": "fatty"}, "iso_attenuating_loss_percent"
    )


def test_description_tells_the_numbers():
    """The words hold site, loss and the loss needed."""
    words = SCENE.describe(result(loss_percent=40))

    assert "Vertebral body, lateral, 3 cm: with 40 % of the mineral lost" in words
    assert f"from a loss of {measure('detectability', {}, 'visible_loss_percent'):.0f} % on" in words


def test_description_says_when_it_never_shows():
    """Where no loss is enough the words say so."""
    found = result(site="lumbar-frontal-1.5", marrow="fatty", tube_voltage_kv=140)

    assert "even the loss of all mineral would not show" in SCENE.describe(found)
    assert SCENE.quantities(found)["visible_loss_percent"] == 100


def test_goals_are_not_reached_at_the_start():
    """A task isn't done before anything was done."""
    assert not any(reached(task.id) for task in SCENE.tasks if task.goal)


def test_goals_can_be_reached():
    """Each goal is reached by a state that the controls allow."""
    assert any(reached("vanish", loss_percent=loss) for loss in range(101))
    assert reached("clear-the-view", overlying_anatomy=False)
    assert any(reached("just-seen", loss_percent=loss) for loss in range(101))


def test_predictions_have_the_known_answers():
    """The model gives the answers that the explanations argue for."""
    assert guess("photons-alone") == "About 1 %"
    assert guess("first-days") == "brighter (denser)"
    assert guess("which-site") == "Cortex of the femur"


@pytest.mark.parametrize("task", [task for task in SCENE.tasks if task.prediction], ids=lambda task: task.id)
def test_explanations_name_a_number(task):
    """What is said after a guess holds a number from the model."""
    assert any(sign.isdigit() for sign in task.prediction.explain(result(**task.state)))


@pytest.mark.parametrize(
    "look", [Look(), Look(width_px=350, narrow=True, theme="dark")], ids=["wide", "narrow"]
)
def test_axes_carry_units(look):
    """Both scales of mineral name their unit."""
    figure = Figure()
    SCENE.build(figure, look)
    labels = [axes.get_xlabel() for axes in figure.axes]

    assert labels == ["Mineral lost [%]", "", "Mineral that must be lost [%]"]
    assert figure.axes[0].get_ylabel() == "Contrast / noise"


def test_update_makes_no_artists_and_keeps_the_axes():
    """Pictures can be compared: the same artists and limits for every state."""
    figure = Figure()
    artists = SCENE.build(figure, Look())
    SCENE.update(artists, result())
    before = [len(axes.get_children()) for axes in figure.axes]
    limits = [axes.axis() for axes in figure.axes]
    SCENE.update(artists, result(site="humerus-excised", loss_percent=90))

    assert [len(axes.get_children()) for axes in figure.axes] == before
    assert [axes.axis() for axes in figure.axes] == limits


def test_pictures_of_a_state_are_the_same_and_of_two_states_differ():
    """A scene is a function of its state."""
    renderer = FigureRenderer(SCENE, Look(width_px=400))
    first, again, other = (renderer.png(result(loss_percent=loss)) for loss in (20, 20, 60))

    assert first == again
    assert first != other


def test_patch_gets_darker_with_the_loss():
    """The middle of the simulated film darkens: the signal rises."""
    low, high = (result(loss_percent=loss).patch for loss in (30, 90))
    middle = slice(54, 66)

    assert np.mean(high[middle, middle]) > np.mean(low[middle, middle])
