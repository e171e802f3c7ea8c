"""The scene of three PET tracers."""

import math

import numpy as np
import pytest
from matplotlib.figure import Figure
from unit.scenes.scene_in_use import SceneInUse, values

from bonemets_teach.scenes import Look
from bonemets_teach.scenes.render import FigureRenderer

USED = SceneInUse("pet-tracers")
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


def test_picture_holds_three_tracers_in_suv():
    """One patient three times, dark where uptake is high."""
    picture = SCENE.picture(result())

    assert (picture.unit, picture.invert) == ("SUV", True)
    assert picture.values.shape[1] > 3 * 100
    assert SCENE.windows[0].label == "0 to 10"


def test_lytic_is_hot_with_fdg_and_cold_with_fluoride():
    """Each tracer follows its cell."""
    assert quantity("fdg_ratio", kind="lytic") > 3
    assert quantity("psma_ratio", kind="lytic") > 10
    assert quantity("naf_ratio", kind="lytic") < 0.5


def test_blastic_is_fainter_with_fdg_and_hot_with_fluoride():
    """Osteoblasts take up fluoride; dense bone holds less tumor."""
    assert quantity("fdg_suv", kind="blastic") < 0.7 * quantity("fdg_suv", kind="lytic")
    assert quantity("naf_ratio", kind="blastic") > 3


def test_without_lesions_all_is_healthy():
    """No diameter, no difference."""
    numbers = SCENE.quantities(result(diameter_mm=0))

    assert all(numbers[f"{name}_ratio"] == 1.0 for name in ("fdg", "naf", "psma"))
    assert "No metastases." in SCENE.describe(result(diameter_mm=0))


def test_small_lesions_read_less():
    """Partial volume: blur takes more from a smaller lesion."""
    shares = [quantity("fdg_recovered_percent", diameter_mm=size) for size in (6, 10, 24)]

    assert shares == sorted(shares)
    assert shares[0] < 60
    assert shares[2] > 95


def test_psma_suffers_more_from_blur_than_fdg():
    """The positron of gallium flies farther."""
    small = {"diameter_mm": 8}

    assert quantity("psma_recovered_percent", **small) < quantity("fdg_recovered_percent", **small)


def test_treatment_lowers_tumor_tracers_and_raises_fluoride_in_lytic_lesions():
    """The tumor goes, the repair comes."""
    assert quantity("fdg_suv", week=8) < 0.4 * quantity("fdg_suv")
    assert quantity("psma_suv", week=8) < 0.4 * quantity("psma_suv")
    assert quantity("naf_suv", week=8) > 2 * quantity("naf_suv")


def test_treated_blastic_lesions_lose_fluoride():
    """In the model only lytic lesions flare."""
    assert quantity("naf_suv", kind="blastic", week=8) < 0.5 * quantity("naf_suv", kind="blastic")


def test_receptor_matters_to_psma_only():
    """Losing the protein leaves FDG and fluoride as they are."""
    full, lost = (SCENE.quantities(result(receptor_percent=share)) for share in (100, 0))

    assert lost["psma_suv"] < 0.1 * full["psma_suv"]
    assert lost["fdg_suv"] == full["fdg_suv"]
    assert lost["naf_suv"] == full["naf_suv"]


def test_a_healing_rib_misleads_fluoride():
    """Hot with fluoride, faint with the others."""
    state = {"diameter_mm": 0, "benign": True}

    assert quantity("naf_fracture_suv", **state) > 15
    assert quantity("psma_fracture_suv", **state) < 2
    assert "the healing left rib 8 reads" in SCENE.describe(result(**state))


def test_more_time_means_less_noise():
    """The brain is uniform; its spread falls with the time."""
    brain = (slice(12, 20), slice(64, 72))
    short, long = (np.std(result(view="slice", minutes=t).suv[brain]) for t in (0.5, 10))

    assert short > 2 * long


def test_slice_and_projection_differ():
    """The kidneys lie behind the slice."""
    assert result(view="slice").suv.max() <= result(view="projection").suv.max() + 1e-6
    assert not np.array_equal(result(view="slice").suv, result(view="projection").suv)


def test_description_names_each_tracer_with_its_suv():
    """What one reads off the lesion is in the words."""
    words = SCENE.describe(result())

    for name, label in (("fdg", "FDG"), ("naf", "fluoride"), ("psma", "PSMA")):
        assert f"{label} {quantity(f'{name}_suv'):.1f} (healthy " in words
    assert "Lytic metastases of 24 mm in L3, T8, right rib 6, left ilium and right femur" in words


def test_marks_lie_in_the_image_once_each():
    """Metastases are marked with FDG, benign findings with fluoride, organs with PSMA."""
    picture = SCENE.picture(result(benign=True))
    rows, columns = picture.values.shape
    panel = {name: int(3 * column / columns) for _, column, name in picture.marks}

    assert all(0 <= row < rows and 0 <= column < columns for row, column, _ in picture.marks)
    assert len(panel) == len(picture.marks)
    assert (panel["L3"], panel["healing rib"], panel["bladder"]) == (0, 1, 2)


def test_goals_are_not_reached_at_the_start():
    """A task isn't done before anything was done."""
    assert not any(reached(task.id) for task in SCENE.tasks if task.goal)


def test_goals_can_be_reached():
    """Each goal is reached by a state that the controls allow."""
    assert reached("small", diameter_mm=8)
    assert reached("negative", receptor_percent=2)


def test_goals_refuse_detours():
    """No lesion at all, or a treated one, doesn't count."""
    assert not reached("small", diameter_mm=0)
    assert not reached("negative", receptor_percent=2, week=8)


def test_predictions_have_the_known_answers():
    """The model gives the answers that the explanations argue for."""
    assert guess("rank") == "PSMA, then FDG, then fluoride"
    assert guess("blastic") == "FDG"
    assert guess("treated") == "Fluoride"
    assert guess("misled") == "Fluoride"


@pytest.mark.parametrize("task", [task for task in SCENE.tasks if task.prediction], ids=lambda task: task.id)
def test_explanations_name_a_number(task):
    """What is said after a guess holds a number from the model."""
    assert any(sign.isdigit() for sign in task.prediction.explain(result(**task.state)))


def test_rehearsal_yields_allowed_states():
    """What the server computes at its start is what a learner may ask for."""
    for state in SCENE.rehearsal():
        assert SCENE.complete(state) == (state, [])


def test_update_makes_no_artists_and_keeps_the_axes():
    """Pictures can be compared: the same artists and limits for every state."""
    figure = Figure()
    artists = SCENE.build(figure, Look())
    SCENE.update(artists, result())
    before = [len(axes.get_children()) for axes in figure.axes]
    limits = [axes.axis() for axes in figure.axes]
    SCENE.update(artists, result(kind="blastic", benign=True))

    assert [len(axes.get_children()) for axes in figure.axes] == before
    assert [axes.axis() for axes in figure.axes] == limits


def test_pictures_of_a_state_are_the_same_and_of_two_states_differ():
    """A scene is a function of its state."""
    renderer = FigureRenderer(SCENE, Look(width_px=400))
    first, again, other = (renderer.png(result(kind=kind)) for kind in ("lytic", "lytic", "blastic"))

    assert first == again
    assert first != other
