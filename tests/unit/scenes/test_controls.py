"""Controls turn whatever a message or a link holds into an allowed value, and say what they changed."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemets_teach.errors import ContentError
from bonemets_teach.scenes import SCENE_IDS, Choice, Option, Parameter, Toggle, load_scene, measure

SLOPE = Parameter(name="slope", label="Slope", low=-1, high=2, step=0.5, default=0.5, unit="mm")
SHAPE = Choice(
    name="shape",
    label="Shape",
    options=(Option(value="a", label="A"), Option(value="b", label="B")),
    default="a",
)
LIGHT = Toggle(name="light", label="Light", default=True)
anything = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.lists(st.integers())
    | st.dictionaries(st.text(), st.text())
)


@given(anything)
def test_a_number_control_always_gives_a_number_in_range(raw: Any) -> None:
    """Whatever comes in, the model gets an allowed number."""
    value, note = SLOPE.coerce(raw)

    assert isinstance(value, float | int)
    assert -1 <= value <= 2
    assert math.isfinite(value)
    assert note is None or note.startswith("Slope: ")


@given(st.floats(min_value=-1, max_value=2))
def test_a_number_in_range_is_kept_without_a_note(raw: float) -> None:
    """Also when it comes as text, as in a link."""
    assert (raw, None) == SLOPE.coerce(raw)
    assert (raw, None) == SLOPE.coerce(repr(raw))


@given(anything)
def test_a_choice_always_gives_one_of_its_options(raw: Any) -> None:
    """An unknown option becomes the default, with a note."""
    value, note = SHAPE.coerce(raw)

    assert value in {"a", "b"}
    assert (note is None) == (raw in ("a", "b"))


@pytest.mark.parametrize(
    ("raw", "value"), [("1", True), ("true", True), (True, True), (1, True), ("off", False), (0, False)]
)
def test_a_switch_understands_what_a_link_may_say(raw: Any, value: bool) -> None:
    """On and off in the usual spellings."""
    assert (value, None) == LIGHT.coerce(raw)


def test_a_switch_refuses_other_words() -> None:
    """The note says what was set instead."""
    assert (True, "Light: “maybe” is neither on nor off; set to on.") == LIGHT.coerce("maybe")


@pytest.mark.parametrize("scene_id", SCENE_IDS)
def test_defaults_presets_and_tasks_of_a_scene_are_allowed_states(scene_id: str) -> None:
    """Nothing that a scene offers is out of its own range."""
    scene = load_scene(scene_id)
    offered = [
        scene.defaults(),
        *(preset.state for preset in scene.presets),
        *(task.state for task in scene.tasks),
    ]

    assert [] == [note for state in offered for note in scene.complete(state)[1]]


@pytest.mark.parametrize("scene_id", SCENE_IDS)
def test_a_scene_offers_presets_tasks_and_a_prediction(scene_id: str) -> None:
    """At least three presets and three tasks, each with a check, one with a prediction."""
    scene = load_scene(scene_id)

    assert len(scene.presets) >= 3
    assert len(scene.tasks) >= 3
    assert all(task.prediction or task.goal for task in scene.tasks)
    assert any(task.prediction for task in scene.tasks)


@pytest.mark.parametrize("scene_id", SCENE_IDS)
def test_the_same_state_gives_the_same_words_and_numbers(scene_id: str) -> None:
    """A scene is a pure function of its state."""
    scene = load_scene(scene_id)
    first, second = scene.compute(scene.defaults()), scene.compute(scene.defaults())

    assert scene.describe(first) == scene.describe(second)
    assert scene.quantities(first) == scene.quantities(second)


def test_an_unknown_scene_or_quantity_is_named() -> None:
    """The message lists what there is."""
    with pytest.raises(ContentError, match="there is no scene “nowhere”; the scenes are remodeling-cycle"):
        load_scene("nowhere")
    with pytest.raises(ContentError, match="has no quantity “weight”; it has "):
        measure("remodeling-cycle", {}, "weight")
    with pytest.raises(ContentError, match="is not a control"):
        measure("remodeling-cycle", {"speed": 1}, "bone_minimum_percent")


def test_slider_stops_from_its_low_to_its_high_end() -> None:
    """Every step counts once, also where steps are no exact binary numbers."""
    slider = Parameter(name="a", label="A", low=0.0, high=0.3, step=0.1, default=0.1)
    assert slider.values() == [0.0, 0.1, 0.2, 0.3]
