"""The scene that says which test shows a lesion when."""

import math

import pytest
from matplotlib.figure import Figure
from unit.scenes.scene_in_use import SceneInUse, values

from bonemets_teach.imaging.first_visible import MODALITIES
from bonemets_teach.scenes import Look, measure
from bonemets_teach.scenes.render import FigureRenderer

USED = SceneInUse("which-test-when")
SCENE, TASKS = USED.scene, USED.tasks
result, reached, guess = USED.result, USED.reached, USED.guess


@pytest.mark.parametrize("control", SCENE.controls, ids=lambda control: control.name)
def test_every_control_gives_finite_numbers(control):
    """Low, middle and high of each control give finite quantities and words."""
    for value in values(control):
        found = result(**{control.name: value})

        assert all(math.isfinite(number) for number in SCENE.quantities(found).values())
        assert "nan" not in SCENE.describe(found)
        assert "inf" not in SCENE.describe(found)


def test_words_name_every_test_once():
    """Seen or not, each test is in the description, with month, size and look."""
    found = result(site="rib")
    words = SCENE.describe(found)

    assert all(words.count(label) == 1 for label, _ in MODALITIES.values())
    assert "Not in 48 months: " in words
    assert f"FDG PET in month {found.tests['fdg-pet'].month:.0f} (" in words


def test_never_counts_as_the_end_of_the_chart():
    """48 stands for never, and a quantity says so."""
    assert measure("which-test-when", {"site": "rib"}, "radiograph_month") == 48
    assert measure("which-test-when", {"site": "rib"}, "radiograph_seen") == 0
    assert measure("which-test-when", {}, "radiograph_seen") == 1


def test_predictions_have_the_known_answers():
    """The model gives the answers that the explanations argue for."""
    assert guess("lytic-first") == "FDG PET"
    assert guess("blastic-first") == "NaF PET"
    assert guess("ct-lead") == "1 to 6 months"


@pytest.mark.parametrize("task", [task for task in SCENE.tasks if task.prediction], ids=lambda task: task.id)
def test_explanations_name_a_number(task):
    """What is said after a guess holds a number from the model."""
    assert any(sign.isdigit() for sign in task.prediction.explain(result(**task.state)))


def test_goals_are_not_reached_at_the_start():
    """A task isn't done before anything was done."""
    assert not any(reached(task.id) for task in SCENE.tasks if task.goal)


def test_goals_can_be_reached():
    """Each goal is reached by a state that the controls allow."""
    assert reached("scan-wins", phenotype=1.0)
    assert reached("never-on-film", site="rib")
    assert reached("film-in-a-year", growth_speed=2.0)


@pytest.mark.parametrize(
    "look", [Look(), Look(width_px=350, narrow=True, theme="dark")], ids=["wide", "narrow"]
)
def test_axes_carry_units(look):
    """Months, millimeters and percent."""
    figure = Figure()
    SCENE.build(figure, look)
    labels = {axes.get_xlabel() for axes in figure.axes} | {axes.get_ylabel() for axes in figure.axes}

    assert {"Months since the tumor settled", "Tumor [mm]", "Bone [%]"} <= labels


def test_update_makes_no_artists_and_keeps_the_axes():
    """Pictures can be compared: the same artists and limits for every state."""
    figure = Figure()
    artists = SCENE.build(figure, Look())
    SCENE.update(artists, result())
    before = [len(axes.get_children()) for axes in figure.axes]
    limits = [axes.axis() for axes in figure.axes]
    SCENE.update(artists, result(phenotype=1.0, site="rib"))

    assert [len(axes.get_children()) for axes in figure.axes] == before
    assert [axes.axis() for axes in figure.axes] == limits


def test_pictures_of_a_state_are_the_same_and_of_two_states_differ():
    """A scene is a function of its state."""
    renderer = FigureRenderer(SCENE, Look(width_px=400))
    first, again, other = (renderer.png(result(phenotype=kind)) for kind in (0.0, 0.0, 1.0))

    assert first == again
    assert first != other
