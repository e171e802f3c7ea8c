"""The scene that moves a cut-off of the SUV."""

import math

import pytest
from matplotlib.figure import Figure
from unit.scenes.scene_in_use import SceneInUse

from bonemets_teach.scenes import Look
from bonemets_teach.scenes.render import FigureRenderer

USED = SceneInUse("uptake-cutoff")
SCENE, TASKS = USED.scene, USED.tasks
result, quantity, reached, guess = USED.result, USED.quantity, USED.reached, USED.guess


@pytest.mark.parametrize("control", SCENE.controls, ids=lambda control: control.name)
def test_every_control_gives_finite_numbers(control):
    """Low, middle and high of each control give finite quantities and words."""
    for value in (control.low, (control.low + control.high) / 2, control.high):
        found = result(**{control.name: value})

        assert all(math.isfinite(number) for number in SCENE.quantities(found).values())
        assert "nan" not in SCENE.describe(found)


@pytest.mark.parametrize("preset", SCENE.presets, ids=lambda preset: preset.id)
def test_presets_are_allowed_states(preset):
    """A preset needs no correction."""
    assert SCENE.complete(preset.state)[1] == []


def test_a_higher_cutoff_trades_sensitivity_for_specificity():
    """One falls, the other rises."""
    assert quantity("sensitivity_percent", cutoff=30) < quantity("sensitivity_percent", cutoff=10)
    assert quantity("specificity_percent", cutoff=30) > quantity("specificity_percent", cutoff=10)


def test_counts_add_up_to_all_lesions():
    """Four kinds make 1000, and the share is that of the metastases."""
    numbers = SCENE.quantities(result(share_percent=30, cutoff=17))
    kinds = [
        numbers[f"{kind}_of_1000"]
        for kind in ("true_positive", "false_negative", "false_positive", "true_negative")
    ]

    assert sum(kinds) == pytest.approx(1000)
    assert sum(kinds[:2]) == pytest.approx(300)


def test_rarity_changes_only_the_meaning_of_a_result():
    """Accuracy stays, the predictive value falls."""
    common, rare = (SCENE.quantities(result(share_percent=share)) for share in (50, 5))

    assert rare["sensitivity_percent"] == common["sensitivity_percent"]
    assert rare["specificity_percent"] == common["specificity_percent"]
    assert rare["positive_predictive_percent"] < 0.5 * common["positive_predictive_percent"]


def test_another_scanner_needs_another_cutoff_but_has_the_same_area():
    """A scaled cut-off on scaled values does the same."""
    home, away = result(cutoff=20), result(cutoff=12, reads_percent=60)

    assert away.at.sensitivity == pytest.approx(home.at.sensitivity)
    assert away.area == pytest.approx(home.area)
    assert quantity("sensitivity_percent", reads_percent=60) < quantity("sensitivity_percent") - 20


def test_a_sample_scatters_around_the_truth():
    """Two samples differ; the mean of all is close to the group."""
    found = [quantity("sample_sensitivity_percent", lesions=200, sample=number) for number in range(1, 21)]

    assert len(set(found)) > 5
    assert sum(found) / 20 == pytest.approx(quantity("sensitivity_percent"), abs=2)


def test_without_a_sample_nothing_is_said_of_one():
    """No lesions drawn, no words and no ring."""
    assert result().sampled is None
    assert "sample" not in SCENE.describe(result())
    assert "In a sample of 30 and 30 lesions" in SCENE.describe(result(lesions=30))


def test_description_holds_what_one_reads_off():
    """Groups, cut-off, accuracy, area and counts."""
    words = SCENE.describe(result())

    assert "metastases 36.6 (24.8)" in words
    assert "Above the cut-off of 20 lie 75 % of metastases (sensitivity), below it 85 %" in words
    assert "449 are called metastasis, 375 rightly" in words


def test_predictions_have_the_known_answers():
    """The model gives the answers that the explanations argue for."""
    assert guess("price") == "about 70 %"
    assert guess("rare") == "about 35 %"
    assert guess("luck") == "by about 12 %"


@pytest.mark.parametrize("task", [task for task in SCENE.tasks if task.prediction], ids=lambda task: task.id)
def test_explanations_name_a_number(task):
    """What is said after a guess holds a number from the model."""
    assert any(sign.isdigit() for sign in task.prediction.explain(result(**task.state)))


def test_goals_are_not_reached_at_the_start():
    """A task isn't done before anything was done."""
    assert not any(reached(task.id) for task in SCENE.tasks if task.goal)


def test_goals_can_be_reached():
    """Each goal is reached by a state that the controls allow."""
    assert reached("reproduce", cutoff=20)
    assert reached("miss-few", cutoff=14)
    assert reached("travel", cutoff=12)


def test_goals_refuse_another_scanner():
    """Changing the scanner is no way to the goal."""
    assert not reached("reproduce", cutoff=20, reads_percent=120)
    assert not reached("travel", cutoff=20, reads_percent=100)


@pytest.mark.parametrize(
    "look", [Look(), Look(width_px=350, narrow=True, theme="dark")], ids=["wide", "narrow"]
)
def test_axes_carry_units(look):
    """SUVmax, percent and lesions."""
    figure = Figure()
    SCENE.build(figure, look)

    assert {axes.get_xlabel() for axes in figure.axes} == {
        "SUVmax",
        "worn joints called metastasis [%]",
        "lesions",
    }


def test_update_makes_no_artists_and_keeps_the_axes():
    """Pictures can be compared: the same artists and limits for every state."""
    figure = Figure()
    artists = SCENE.build(figure, Look())
    SCENE.update(artists, result())
    before = [len(axes.get_children()) for axes in figure.axes]
    limits = [axes.axis() for axes in figure.axes]
    SCENE.update(artists, result(cutoff=70, lesions=200, reads_percent=160))

    assert [len(axes.get_children()) for axes in figure.axes] == before
    assert [axes.axis() for axes in figure.axes] == limits


def test_pictures_of_a_state_are_the_same_and_of_two_states_differ():
    """A scene is a function of its state."""
    renderer = FigureRenderer(SCENE, Look(width_px=400))
    first, again, other = (renderer.png(result(cutoff=cutoff)) for cutoff in (10, 10, 20))

    assert first == again
    assert first != other
