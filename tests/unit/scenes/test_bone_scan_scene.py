"""The bone scan scene."""

import math

import numpy as np
import pytest
from matplotlib.figure import Figure
from unit.scenes.scene_in_use import SceneInUse, values

from bonemets_teach.scenes import Look, _bone_scan_disease
from bonemets_teach.scenes._bone_scan_result import prepare
from bonemets_teach.scenes.render import FigureRenderer

USED = SceneInUse("bone-scan")
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


def test_picture_holds_both_views_and_the_first_scan_after_it():
    """Front and back beside one another; with the scan of week 0 four views."""
    alone, both = SCENE.picture(result()), SCENE.picture(result(week=8))

    assert alone.invert
    assert alone.pixel_mm == 4.0
    assert both.values.shape[0] == alone.values.shape[0]
    assert both.values.shape[1] > 2 * alone.values.shape[1]


def test_a_healthy_scan_has_no_spots():
    """Nothing is hot, nothing is cold, and the kidneys hold what they hold."""
    assert quantity("hot_lesions", patient="healthy") == 0
    assert quantity("kidney_percent_of_healthy", patient="healthy") == pytest.approx(100)
    assert "No single spot stands out." in SCENE.describe(result(patient="healthy"))


def test_no_disease_is_the_healthy_scan():
    """Amount 0 of any disease gives the same picture as health."""
    healthy = result(patient="healthy").percent

    for patient in ("lytic", "diffuse", "benign"):
        assert np.array_equal(result(patient=patient, amount=0).percent, healthy)


def test_blastic_is_hot_and_lytic_is_not():
    """Osteoblasts make the difference."""
    assert quantity("hot_lesions", patient="blastic") == 6
    assert quantity("hot_lesions", patient="lytic") == 0
    assert quantity("L2_front_percent", patient="lytic") < 0


def test_the_spine_shows_behind_and_the_sternum_in_front():
    """Depth and what lies before it decide which view is better."""
    state = {"patient": "blastic"}

    assert quantity("T8_back_percent", **state) > 2 * quantity("T8_front_percent", **state)
    assert quantity("sternum_front_percent", **state) > 2 * quantity("sternum_back_percent", **state)


def test_a_large_lytic_lesion_is_cold():
    """Size makes a cold lesion visible."""
    assert quantity("cold_lesions", patient="lytic", amount=25) == 0
    assert quantity("cold_lesions", patient="lytic", amount=100) > 0


def test_a_treatment_that_works_makes_lytic_lesions_flare():
    """New hot lesions in week 8 and no further ones in week 16: flare."""
    state = {"patient": "lytic", "treatment": "works"}

    assert quantity("new_lesions", week=8, **state) >= 2
    assert quantity("is_unconfirmed", week=8, **state) == 1
    assert quantity("is_flare", week=16, **state) == 1


def test_lesions_that_grow_are_progression():
    """Two new lesions and two more."""
    state = {"patient": "mixed", "treatment": "none"}

    assert quantity("new_lesions", week=8, **state) == 2
    assert quantity("is_progression", week=16, **state) == 1


def test_treated_blastic_lesions_fade():
    """Uptake falls, and the words say that patients may differ."""
    state = {"patient": "blastic", "treatment": "works"}

    assert quantity("T8_back_percent", week=8, **state) < 0.7 * quantity("T8_back_percent", week=0, **state)
    assert "in patients blastic prostate lesions flare too" in SCENE.describe(result(week=8, **state))


def test_time_before_treatment_shows_less_disease():
    """Lesions grow from half a year before week 0."""
    assert quantity("T8_back_percent", week=-24) < quantity("T8_back_percent", week=0)


def test_superscan_takes_the_tracer_from_the_kidneys():
    """The more bone asks for, the less is left; a treatment gives it back."""
    some, much = (
        quantity("kidney_percent_of_healthy", patient="diffuse", amount=amount) for amount in (25, 100)
    )

    assert 100 > some > much
    assert much < 60
    treated = {"patient": "diffuse", "amount": 100, "treatment": "works", "week": 16}
    assert quantity("kidney_percent_of_healthy", **treated) > 1.2 * much


def test_metabolic_disease_reaches_the_limbs():
    """The tibia is darker than in a superscan of metastases."""
    rows, columns = slice(330, 420), slice(0, 136)
    limb = {
        patient: result(patient=patient).percent[rows, columns].mean() for patient in ("diffuse", "metabolic")
    }

    assert limb["metabolic"] > 2 * limb["diffuse"]


def test_benign_findings_are_hot():
    """Hot is not tumor."""
    words = SCENE.describe(result(patient="benign"))

    assert quantity("hot_lesions", patient="benign") >= 5
    assert "Paget tibia (front +" in words


def test_waiting_clears_soft_tissue_and_costs_counts():
    """Bone gains on soft tissue while technetium decays."""
    assert quantity("bone_to_soft", time_h=4) > 2 * quantity("bone_to_soft", time_h=1)
    assert quantity("million_counts", time_h=6) < quantity("million_counts", time_h=3)


def test_short_scans_are_noisy():
    """A sixteenth of the time gives four times the noise in air and bone alike."""
    expected = result(seconds=600).percent
    quick, slow = (np.std(result(seconds=s).percent - expected) for s in (10, 160))

    assert quick / slow == pytest.approx(4.0, rel=0.3)


def test_fewer_counts_hide_a_faint_lesion():
    """Signal over noise is needed as well as contrast."""
    state = {"patient": "lytic", "treatment": "works", "week": 8}

    assert quantity("hot_lesions", seconds=5, **state) < quantity("hot_lesions", seconds=200, **state)


def test_collimators_trade_sharpness_for_counts():
    """The general purpose collimator counts more, and blurs more."""
    assert quantity("million_counts", collimator="LEGP") > quantity("million_counts", collimator="LEHR")
    assert quantity("T8_back_percent", collimator="LEUHR") > quantity("T8_back_percent", collimator="LEGP")


def test_description_names_every_hot_lesion_with_both_views():
    """What is marked in the picture is in the words."""
    found = result(patient="blastic")
    words = SCENE.describe(found)

    assert all(f"{spot.label} (front " in words for spot in found.now.hot)
    assert "3 h after 740 MBq, 200 s over each point with the high-resolution collimator" in words


def test_marks_lie_in_the_image_once_each_in_the_better_view():
    """A finding of the spine is marked behind, the sternum in front, the later scan of two."""
    alone, both = SCENE.picture(result(patient="blastic")), SCENE.picture(result(week=8))
    rows, columns = alone.values.shape
    place = {name: column for _, column, name in alone.marks}

    assert all(0 <= row < rows and 0 <= column < columns for row, column, _ in alone.marks)
    assert len(place) == len(alone.marks)
    assert place["T8"] > columns / 2 > place["sternum"]
    assert {"left kidney", "bladder"} <= place.keys()
    assert min(column for _, column, _ in both.marks) > columns


def test_goals_are_not_reached_at_the_start():
    """A task isn't done before anything was done."""
    assert not any(reached(task.id) for task in SCENE.tasks if task.goal)


def test_goals_can_be_reached():
    """Each goal is reached by a state that the controls allow."""
    assert reached("cold", amount=100)
    assert reached("second-scan", week=16)
    assert reached("wait", time_h=3)


def test_waiting_too_long_does_not_count():
    """Later than four hours is refused."""
    assert not reached("wait", time_h=6)


def test_predictions_have_the_known_answers():
    """The model gives the answers that the explanations argue for."""
    assert guess("front-and-back") == "From the back"
    assert guess("flare").startswith("Nothing yet")
    assert guess("growth").startswith("Progression")
    assert guess("superscan") == "fainter"


@pytest.mark.parametrize("task", [task for task in SCENE.tasks if task.prediction], ids=lambda task: task.id)
def test_explanations_name_a_number(task):
    """What is said after a guess holds a number from the model."""
    assert any(sign.isdigit() for sign in task.prediction.explain(result(**task.state)))


def test_rehearsal_yields_allowed_states():
    """What the server computes at its start is what a learner may ask for."""
    for state in SCENE.rehearsal():
        assert SCENE.complete(state) == (state, [])


def test_what_was_rehearsed_needs_no_new_projection(monkeypatch):
    """After the preparation of a state its scan projects nothing: that is what takes long."""
    state = SCENE.defaults() | {"patient": "lytic", "week": 3, "amount": 35}
    prepare(state)
    monkeypatch.setattr(_bone_scan_disease, "planar_patch", None)
    monkeypatch.setattr(_bone_scan_disease, "lesion_uptake", None)

    assert SCENE.compute(state).now.spots


def test_update_makes_no_artists_and_keeps_the_axes():
    """Pictures can be compared: the same artists and limits for every state."""
    figure = Figure()
    artists = SCENE.build(figure, Look())
    SCENE.update(artists, result())
    before = [len(axes.get_children()) for axes in figure.axes]
    limits = [axes.axis() for axes in figure.axes]
    SCENE.update(artists, result(patient="healthy", week=8))

    assert [len(axes.get_children()) for axes in figure.axes] == before
    assert [axes.axis() for axes in figure.axes] == limits


def test_pictures_of_a_state_are_the_same_and_of_two_states_differ():
    """A scene is a function of its state."""
    renderer = FigureRenderer(SCENE, Look(width_px=350, narrow=True))
    first, again, other = (renderer.png(result(patient=kind)) for kind in ("lytic", "lytic", "blastic"))

    assert first == again
    assert first != other
