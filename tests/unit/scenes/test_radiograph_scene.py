"""The radiograph scene: numbers and words agree, tasks can be done, controls never break it."""

from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from bonemets_teach.scenes import Choice, Look, Parameter, Toggle, load_scene
from bonemets_teach.scenes.radiograph import RadiographScene
from bonemets_teach.scenes.render import FigureRenderer


@pytest.fixture(scope="module")
def scene() -> RadiographScene:
    loaded = load_scene("radiograph")
    assert isinstance(loaded, RadiographScene)
    return loaded


def film_of(scene: RadiographScene, **state: Any) -> Any:
    full, notes = scene.complete(state)
    assert notes == []
    return scene.compute(full)


def extremes() -> list[tuple[str, Any]]:
    """Return every control with its lowest, middle and highest value, or each of its options."""
    values: list[tuple[str, Any]] = []
    for control in RadiographScene.controls:
        if isinstance(control, Parameter):
            middle = (control.low + control.high) / 2
            values += [(control.name, value) for value in (control.low, middle, control.high)]
        elif isinstance(control, Choice):
            values += [(control.name, option.value) for option in control.options]
        else:
            values += [(control.name, value) for value in (False, True)]
    return values


@pytest.mark.parametrize(("name", "value"), extremes())
def test_every_control_gives_a_finite_picture(scene: RadiographScene, name: str, value: Any) -> None:
    """At its lowest, middle and highest value."""
    result = film_of(scene, **{name: value})
    assert np.isfinite(scene.picture(result).values).all()
    assert all(np.isfinite(number) for number in scene.quantities(result).values())
    assert "nan" not in scene.describe(result)


def test_there_are_at_most_seven_controls() -> None:
    """More would not fit a phone; each has a label, and numbers have a unit and a source."""
    assert len(RadiographScene.controls) <= 7
    for control in RadiographScene.controls:
        assert control.label
        if isinstance(control, Parameter):
            assert control.unit
            assert control.source
        assert isinstance(control, Parameter | Choice | Toggle)


@pytest.mark.parametrize("preset", RadiographScene.presets, ids=lambda preset: preset.id)
def test_presets_are_valid_states(scene: RadiographScene, preset: Any) -> None:
    """No note about a changed value."""
    _, notes = scene.complete(preset.state)
    assert notes == []


def preset(scene: RadiographScene, preset_id: str) -> Any:
    return film_of(scene, **next(p.state for p in scene.presets if p.id == preset_id))


def test_lytic_is_dark_and_blastic_is_light(scene: RadiographScene) -> None:
    """On the picture itself, at the place of the lesion, and both are visible."""
    for preset_id, sign in (("lytic", -1), ("blastic", 1)):
        result = preset(scene, preset_id)
        row, column = round(result.site_row), round(result.site_column)
        place = (slice(row - 8, row + 9), slice(column - 8, column + 9))
        change = float((result.values - result.healthy_values)[place].mean())
        assert change * sign > 3
        assert result.is_visible


def test_early_lesion_is_hidden(scene: RadiographScene) -> None:
    """Four months old."""
    assert not preset(scene, "early").is_visible


def test_lytic_lesion_appears_between_a_quarter_and_a_half_of_mineral_lost(scene: RadiographScene) -> None:
    """The old rule of 30-50 % comes out of physics."""
    lost = next(
        result.mineral_lost_percent
        for result in (film_of(scene, months=month) for month in range(21))
        if result.is_visible
    )
    assert 25 < lost < 50


def test_high_voltage_costs_contrast(scene: RadiographScene) -> None:
    """Preset against preset."""
    assert preset(scene, "high-kv").contrast_percent < 0.8 * preset(scene, "lytic").contrast_percent


def test_few_photons_are_noisy(scene: RadiographScene) -> None:
    """A hundredth of the exposure gives ten times the noise and the same contrast."""
    few, usual = preset(scene, "few-photons"), preset(scene, "lytic")
    assert few.noise_percent == pytest.approx(10 * usual.noise_percent, rel=0.02)
    assert few.contrast_percent == pytest.approx(usual.contrast_percent)


def test_a_grid_raises_contrast(scene: RadiographScene) -> None:
    """The lesion stands out more behind a grid."""
    with_grid, without = (film_of(scene, grid=grid).contrast_percent for grid in (True, False))
    assert with_grid > 1.3 * without


def test_text_states_the_numbers(scene: RadiographScene) -> None:
    """Visibility, contrast, mineral, noise and dose as in the quantities."""
    result = film_of(scene)
    text, numbers = scene.describe(result), scene.quantities(result)
    assert f"visibility {numbers['visibility']:.1f}" in text
    assert f"{numbers['lesion_contrast_percent']:.1f} % darker" in text
    assert f"{numbers['mineral_lost_percent']:.0f} % of its mineral is lost" in text
    assert f"{numbers['noise_percent']:.2f} %" in text
    assert f"{numbers['entrance_kerma_ugy']:.0f} µGy at the skin" in text


REACHED = {
    "first-visible": {"months": 13},
    "remove-anatomy": {"overlying": False},
    "low-dose": {"mas": 0.1},
}


@pytest.mark.parametrize("task", [t for t in RadiographScene.tasks if t.goal], ids=lambda task: task.id)
def test_goals_are_open_at_the_start_and_can_be_reached(scene: RadiographScene, task: Any) -> None:
    """Each with one change."""
    start, _ = scene.complete(task.state)
    assert not task.goal(start, scene.compute(start))
    done, _ = scene.complete({**task.state, **REACHED[task.id]})
    assert task.goal(done, scene.compute(done))


@pytest.mark.parametrize(
    ("task_id", "option"), [("predict-early", "Nothing that stands out"), ("predict-high-kv", "It falls")]
)
def test_predictions_have_the_answer_of_the_model(scene: RadiographScene, task_id: str, option: str) -> None:
    """And explain it with the numbers of the film."""
    task = next(t for t in scene.tasks if t.id == task_id)
    assert task.prediction is not None
    result = film_of(scene, **task.state)
    assert task.prediction.options[task.prediction.answer(result)] == option
    assert f"{result.contrast_percent:.1f} %" in task.prediction.explain(result).replace("+", "")


def test_same_state_same_picture(scene: RadiographScene) -> None:
    """Noise included."""
    np.testing.assert_array_equal(film_of(scene, mas=0.1).values, film_of(scene, mas=0.1).values)


def test_picture_has_a_size_and_marks_inside_it(scene: RadiographScene) -> None:
    """0.625 mm pixels; head, trochanters, Ward's triangle and the lesion are named."""
    picture = scene.picture(film_of(scene))
    rows, columns = picture.values.shape
    assert (rows * picture.pixel_mm, columns * picture.pixel_mm) == (220.0, 180.0)
    assert all(0 < row < rows and 0 < column < columns for row, column, _ in picture.marks)
    assert len(picture.marks) == 5


@pytest.mark.parametrize(
    "look", [Look(), Look(width_px=350, narrow=True, theme="dark")], ids=["wide", "narrow"]
)
def test_figure_renders_and_follows_the_state(scene: RadiographScene, look: Look) -> None:
    """Different films make different PNGs from one renderer."""
    renderer = FigureRenderer(scene, look)
    first, second = (renderer.png(film_of(scene, months=months)) for months in (0, 20))
    assert first.startswith(b"\x89PNG")
    assert first != second


def test_figure_has_a_scale_bar_and_titles(scene: RadiographScene) -> None:
    """So that a print can be read without the page."""
    figure = Figure()
    scene.draw(figure, film_of(scene))
    words = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert "50 mm" in words
    assert all(axes.get_title(loc="left") or axes.get_title() for axes in figure.axes)
