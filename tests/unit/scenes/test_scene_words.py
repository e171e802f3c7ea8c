"""Scenes of the first lesson speak Spanish, in words and in figures; their models and places stay the same."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from bonemets_teach.content.language import speaking
from bonemets_teach.lessons.catalog import find_lesson
from bonemets_teach.scenes import Look, load_scene
from bonemets_teach.scenes.pointing import data_share
from bonemets_teach.scenes.render import FigureRenderer
from bonemets_teach.widgets._specification import scene_specification

SCENES = find_lesson("bone-remodeling").scenes
# Names and units that are the same in both languages.
SHARED = {"1 mm", "100", "1", "10", "0"}


def _texts(scene: Any, state: dict[str, Any], view: str) -> set[str]:
    result = scene.compute(state)
    figure = Figure()
    scene.update(scene.build(figure, Look(view=view)), result)
    found = {text.get_text().strip() for text in figure.findobj(Text) if text.get_visible()}
    return {text for text in found if any(letter.isalpha() for letter in text)}


@pytest.mark.parametrize("name", SCENES)
def test_no_word_of_a_figure_stays_english(name: str) -> None:
    """In every preset; numbers and units may be the same."""
    scene = load_scene(name)
    for preset in scene.presets:
        state, _ = scene.complete(preset.state)
        view = scene.view(scene.compute(state))
        english = _texts(scene, state, view)
        with speaking("es"):
            spanish = _texts(scene, state, view)
        assert english & spanish <= SHARED, preset.id


@pytest.mark.parametrize("name", SCENES)
def test_what_is_said_of_a_picture_holds_the_same_numbers(name: str) -> None:
    """With a decimal comma, and without an English sentence."""
    scene = load_scene(name)
    state, _ = scene.complete(scene.presets[1].state)
    result = scene.compute(state)
    english = scene.describe(result)
    with speaking("es"):
        spanish = scene.describe(result)

    digits = [
        sorted("".join(filter(str.isdigit, word)) for word in text.split()) for text in (english, spanish)
    ]
    assert [each for each in digits[0] if each] == [each for each in digits[1] if each]
    assert "." not in {before for before, after in itertools.pairwise(spanish) if after.isdigit()}
    assert not {" the ", " and ", " bone "} & {f" {word} " for word in spanish.split()}


def test_a_place_to_point_at_is_the_same_in_both_languages() -> None:
    """Items name panels by their English titles."""
    scene = load_scene("remodeling-cycle")
    english = data_share("remodeling-cycle", {}, "Bone mass", (0.5, 90.0))
    with speaking("es"):
        assert data_share("remodeling-cycle", {}, "Bone mass", (0.5, 90.0)) == english
        renderer = FigureRenderer(scene, Look(width_px=760))
        renderer.png(scene.compute(scene.defaults()))
        assert renderer.locate("Masa ósea", (0.5, 90.0)) == pytest.approx(english)


def test_a_value_out_of_range_is_said_in_spanish() -> None:
    """Label, numbers and unit follow the language."""
    with speaking("es"):
        _, notes = load_scene("remodeling-cycle").complete({"event": 99.5, "window": "7", "moon": 1})

    assert notes == [
        "Osteoclastos que inician el episodio: 99,5 células está fuera de 0,5 a 15 células; se puso en 15 células.",
        "Tiempo mostrado: «7» no es una de estas opciones: 150 días, 1000 días; se puso en 150 días.",
        "«moon» no es un control de este explorador; se ignora.",
    ]


def test_a_page_learns_in_which_language_a_scene_is() -> None:
    """A scene that is not whole in Spanish is wholly English."""
    with speaking("es"):
        whole = scene_specification(load_scene("remodeling-cycle"))
        other = scene_specification(load_scene("where-it-goes"))

    assert (whole["language"], whole["title"]) == ("es", "Un episodio de remodelado")
    assert (other["language"], other["title"]) == ("en", "Where it goes")
    assert scene_specification(load_scene("remodeling-cycle"))["language"] == "en"
