"""The MR scene."""

import math

import numpy as np
import pytest
from matplotlib.figure import Figure
from unit.scenes.scene_in_use import SceneInUse

from bonemets_teach.scenes import Choice, Look, Parameter
from bonemets_teach.scenes._mr_regions import finding_mask, tissue_masks
from bonemets_teach.scenes._mr_settings import weighting
from bonemets_teach.scenes.render import FigureRenderer

USED = SceneInUse("mr-sequences")
SCENE, TASKS = USED.scene, USED.tasks
result, quantity, reached, guess = USED.result, USED.quantity, USED.reached, USED.guess
T1 = {"sequence": "spin-echo", "tr_ms": 600, "te_ms": 12}
T2 = {"sequence": "spin-echo", "tr_ms": 4000, "te_ms": 90}
STIR = {"sequence": "stir", "ti_ms": 170}


def values(control):
    """Return low, middle and high of a control."""
    if isinstance(control, Parameter):
        return [control.low, (control.low + control.high) // 2, control.high]
    return [option.value for option in control.options] if isinstance(control, Choice) else [True, False]


@pytest.mark.parametrize("control", SCENE.controls, ids=lambda control: control.name)
def test_every_control_gives_finite_numbers(control):
    """Low, middle and high of each control give a finite image, quantities and words."""
    for value in values(control):
        found = result(**{control.name: value})

        assert np.all(np.isfinite(SCENE.picture(found).values))
        assert all(math.isfinite(number) for number in SCENE.quantities(found).values())
        assert "nan" not in SCENE.describe(found)


@pytest.mark.parametrize("sequence", [option.value for option in SCENE.controls[2].options])
@pytest.mark.parametrize("state", [{"tr_ms": 200, "te_ms": 160}, {"tr_ms": 6000, "te_ms": 10, "ti_ms": 400}])
def test_extreme_times_are_possible(sequence, state):
    """No setting of the controls is refused by the scanner, at either field."""
    for scanner in ("1.5-2", "3-2"):
        assert np.all(np.isfinite(result(sequence=sequence, scanner=scanner, **state).shown))


@pytest.mark.parametrize("preset", SCENE.presets, ids=lambda preset: preset.id)
def test_presets_are_allowed_states(preset):
    """A preset needs no correction."""
    assert SCENE.complete(preset.state)[1] == []


def test_measured_places_are_apart():
    """Masks of tissues hold pixels and do not overlap one another or the finding."""
    masks = [*tissue_masks().values()]

    assert all(mask.sum() > 20 for mask in masks)
    assert np.max(np.sum(masks, axis=0)) == 1


def test_metastasis_is_dark_on_t1_and_bright_on_stir():
    """A lytic metastasis is darker than marrow on T1, like muscle, and much brighter on STIR."""
    assert 0.4 < quantity("finding_to_marrow", **T1) < 0.8
    assert quantity("finding_to_marrow", **STIR) > 2
    assert quantity("finding_signal", **T1) == pytest.approx(quantity("muscle_signal", **T1), rel=0.2)


def test_blastic_metastasis_is_dark_on_t1_and_t2():
    """Bone gives no signal."""
    for sequence in (T1, T2):
        assert quantity("finding_to_marrow", finding="blastic", months=18, **sequence) < 0.5


def test_fat_marks_benign_findings():
    """Hemangioma, Modic 2 and Paget disease keep or gain fat; metastases lose it."""
    for finding in ("hemangioma", "Modic 2", "Paget disease"):
        assert quantity("fat_fraction_percent", finding=finding) > 50
    for finding in ("lytic", "mixed", "blastic"):
        assert quantity("fat_fraction_percent", finding=finding) < 20


def test_diffusion_tells_tumor_from_edema():
    """The ADC is low in a metastasis, high after treatment and in a benign fracture."""
    assert quantity("adc_um2_ms") < 1.2
    assert quantity("adc_um2_ms", finding="treated") > 1.4
    assert quantity("adc_um2_ms", finding="osteoporotic collapse") > 1.4


def test_nothing_is_there_at_the_start():
    """With no months the place is normal marrow."""
    assert quantity("finding_to_marrow", months=0) == pytest.approx(1, abs=0.1)
    assert "no finding" in SCENE.describe(result(months=0))


def test_benign_findings_do_not_age():
    """The age of the metastasis means nothing to a hemangioma."""
    young, old = (result(finding="hemangioma", months=months).shown for months in (2, 20))

    assert np.array_equal(young, old)


def test_noise_follows_averages_and_field():
    """Four times the averages halve the noise; so does twice the field."""
    assert quantity("noise", scanner="1.5-2") == pytest.approx(2 * quantity("noise", scanner="1.5-8"))
    assert quantity("noise", scanner="3-2", **STIR) < quantity("noise", **STIR)


def test_times_of_the_spin_echo_do_not_touch_other_sequences():
    """TR and TE belong to the spin echo, TI to STIR."""
    assert np.array_equal(result(tr_ms=300, **STIR).shown, result(**STIR).shown)
    assert np.array_equal(result(ti_ms=300, **T1).shown, result(**T1).shown)


@pytest.mark.parametrize(
    ("tr_ms", "te_ms", "name"),
    [
        (600, 12, "T1-weighted"),
        (4000, 90, "T2-weighted"),
        (4000, 12, "proton-density-weighted"),
        (600, 90, "mixed weighting"),
    ],
)
def test_weightings_have_their_names(tr_ms, te_ms, name):
    """Short and short is T1, long and long is T2."""
    assert weighting(tr_ms, te_ms) == name


def test_description_tells_what_is_measured():
    """The words hold sequence, times, signals, ratio, fat, ADC, noise and time."""
    words = SCENE.describe(result(**T1))

    assert "spin echo, TR 600 ms, TE 12 ms (T1-weighted), with a lytic metastasis of 15 months in L3" in words
    assert f"L3 reads {quantity('finding_signal'):.0f} where the finding is" in words
    assert f"the ADC is {quantity('adc_um2_ms'):.2f}" in words


def test_marks_lie_in_the_image():
    """Names lie inside the image; the finding only where there is one."""
    for finding, expected in (("lytic", True), ("none", False)):
        marks = SCENE.picture(result(finding=finding)).marks

        assert ("finding" in {name for _, _, name in marks}) == expected
        assert all(0 <= row < 256 and 0 <= column < 256 for row, column, _ in marks)


def test_finding_is_measured_in_l3():
    """The measured place is in the middle of the image."""
    row, column = result().center

    assert 100 < row < 156
    assert column < 128
    assert finding_mask.cache_info().currsize > 0


def test_goals_are_not_reached_at_the_start():
    """A task isn't done before anything was done."""
    assert not any(reached(task.id) for task in SCENE.tasks if task.goal)


def test_goals_can_be_reached():
    """Each goal is reached by a state that the controls allow."""
    assert reached("make-t2", tr_ms=5000, te_ms=120)
    assert reached("null-fat", ti_ms=256)


def test_shortcuts_do_not_reach_the_goals():
    """Suppressing fat, or going back to 1.5 T, doesn't count."""
    assert not reached("make-t2", sequence="spin-echo-fat-suppressed", tr_ms=4000, te_ms=60)
    assert not reached("null-fat", scanner="1.5-2", ti_ms=200)


@pytest.mark.parametrize(
    ("older", "today"),
    [
        ({**T2, "fat_suppressed": True}, {"sequence": "spin-echo-fat-suppressed", "scanner": "1.5-2"}),
        ({"fat_suppressed": True}, {"sequence": "spin-echo-fat-suppressed"}),
        ({"sequence": "gadolinium", "fat_suppressed": False}, {"sequence": "gadolinium"}),
        (
            {**STIR, "fat_suppressed": True, "field_t": "3", "averages": 8},
            {"sequence": "stir", "scanner": "3-8"},
        ),
        ({"averages": 2}, {"scanner": "1.5-2"}),
        (
            {"fat_suppressed": "true", "averages": "8"},
            {"sequence": "spin-echo-fat-suppressed", "scanner": "1.5-8"},
        ),
    ],
)
def test_links_from_before_still_open(older, today):
    """Fat suppression, field and averages had controls of their own."""
    state, notes = SCENE.complete(older)

    assert notes == []
    assert today.items() <= state.items()
    assert {control.name for control in SCENE.controls} == state.keys()


@pytest.mark.parametrize("averages", [4, "many", [2], float("nan"), None])
def test_averages_that_are_gone_are_told(averages):
    """Whatever a link holds, the state is complete; a number that is no longer there is named."""
    state, notes = SCENE.complete({"averages": averages, "field_t": {}})

    assert state["scanner"] == "1.5-2"
    assert notes == ([] if averages is None else ["Averages are 2 or 8 now; set to 2."])


def test_predictions_have_the_known_answers():
    """The model gives the answers that the explanations argue for."""
    assert guess("t1-dark") == "darker"
    assert guess("opposed-phase") == "above 0.82"
    assert guess("shine-through").startswith("above 1.2")
    assert guess("contrast-trap") == "about as bright (within 15 %)"
    assert guess("price-of-quiet") == "4 times"


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
    SCENE.update(artists, result(finding="blastic", sequence="adc"))

    assert [len(axes.get_children()) for axes in figure.axes] == before
    assert [axes.axis() for axes in figure.axes] == limits


def test_pictures_of_a_state_are_the_same_and_of_two_states_differ():
    """A scene is a function of its state."""
    renderer = FigureRenderer(SCENE, Look(width_px=400))
    first, again, other = (renderer.png(result(**state)) for state in (T1, T1, STIR))

    assert first == again
    assert first != other
