"""The explorer answers every message with a picture, or with words and the last good picture."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from io import BytesIO
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bonemets_teach.widgets.explorer import explorer_for

Ask = Callable[..., list[tuple[dict[str, Any], list[bytes]]]]


def test_a_request_is_answered_by_a_picture_of_the_asked_width(ask: Ask) -> None:
    """The PNG has the page's width times its pixel ratio."""
    [(content, [png])] = ask(
        {"type": "draw", "seq": 7, "state": {}, "look": {"width": 600, "scale": 2, "theme": "light"}}
    )

    assert "frame" == content["type"]
    assert 7 == content["seq"]
    assert 1200 == Image.open(BytesIO(png)).width


def test_the_answer_says_in_words_what_the_picture_shows(ask: Ask) -> None:
    """The description goes with every frame."""
    [(content, _)] = ask({"type": "draw", "state": {"slope": 0.5}})

    assert "The line ends at 0.5 mm." == content["text"]


def test_a_value_out_of_range_is_clamped_and_said(ask: Ask) -> None:
    """The note names value, unit, range and what was set."""
    [(content, _)] = ask({"type": "draw", "state": {"slope": "9"}})

    assert 2 == content["state"]["slope"]
    assert ["Slope: 9 mm/d is outside 0 to 2 mm/d; set to 2 mm/d."] == content["notes"]


@pytest.mark.parametrize("value", [math.nan, "NaN", None, [], {}, True, "abc", "1e999999x"])
def test_what_is_no_number_is_refused_in_words(ask: Ask, value: Any) -> None:
    """The default is kept and the learner reads why."""
    [(content, _)] = ask({"type": "draw", "state": {"slope": value}})

    assert 1 == content["state"]["slope"]
    assert "is not a number; set to 1 mm/d." in content["notes"][0]


def test_an_unknown_control_is_ignored_with_a_note(ask: Ask) -> None:
    """A link made for another version still opens."""
    [(content, _)] = ask({"type": "draw", "state": {"gone": 3}})

    assert ["“gone” is not a control of this explorer; ignored."] == content["notes"]


def test_a_refused_state_keeps_the_last_picture_and_says_the_way_out(ask: Ask) -> None:
    """A problem carries no picture, so the page keeps the one it has."""
    [(content, buffers)] = ask({"type": "draw", "state": {"broken": True}})

    assert "problem" == content["type"]
    assert "the bone is missing; put it back" == content["text"]
    assert [] == buffers


def test_an_unexpected_failure_shows_no_detail(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    """The learner reads a sentence, the log keeps the traceback."""
    [(content, _)] = ask({"type": "draw", "state": {"slope": 1.3}})

    assert "secret" not in content["text"]
    assert "secret detail" in caplog.text


def test_the_specification_holds_no_answer(toys: ModuleType) -> None:
    """The page knows the question of a prediction, not what the model shows."""
    text = json.dumps(explorer_for(toys.ToyScene()).spec)

    assert "Where does it end?" in text
    assert "It ends at" not in text
    assert "answer" not in text


def test_a_prediction_is_compared_with_the_model(ask: Ask) -> None:
    """The answer is computed from the state of the task."""
    [(content, _)] = ask({"type": "predict", "task": "guess", "choice": 0})

    assert 1 == content["right"]
    assert "You predicted “At 1 mm”; the model shows “At 2 mm”. It ends at 2 mm." == content["text"]


def test_a_prediction_is_recorded(ask: Ask) -> None:
    """Whoever asked for it learns scene, task, choice and whether it was right."""
    seen: list[dict[str, Any]] = []
    ask({"type": "predict", "task": "guess", "choice": 1}, record=seen.append)

    assert [{"scene_id": "toy", "task_id": "guess", "prediction": 1, "correct": True}] == seen


@pytest.mark.parametrize("choice", [-1, 2, True, "1", None, 0.0])
def test_a_prediction_that_is_no_option_is_ignored(ask: Ask, choice: Any) -> None:
    """Only an index of an option counts."""
    assert [] == ask({"type": "predict", "task": "guess", "choice": choice})


def test_a_task_is_done_when_its_goal_is_reached(ask: Ask) -> None:
    """The frame says so, with the words for success."""
    answers = ask(
        {"type": "draw", "task": "steep", "state": {"slope": 1}},
        {"type": "draw", "task": "steep", "state": {"slope": 2}},
    )

    assert [False, True] == [content["done"] for content, _ in answers]
    assert "It is steep now." == answers[1][0]["success"]


@pytest.mark.parametrize("message", [None, 3, "draw", [], {}, {"type": "shutdown"}, {"type": ["draw"]}])
def test_a_message_of_another_kind_is_ignored(ask: Ask, message: Any) -> None:
    """Only requests for pictures and predictions are answered."""
    assert [] == ask(message)


def test_an_image_travels_as_integers_that_give_back_its_values(ask: Ask) -> None:
    """Offset and slope restore the physical values to a 16-bit step."""
    [(content, [data])] = ask({"type": "draw", "state": {"slope": 2}}, scene="ToyImage")
    meta = content["image"]
    values = meta["offset"] + meta["slope"] * np.frombuffer(data, "<u2").reshape(
        meta["rows"], meta["columns"]
    )

    np.testing.assert_allclose(values[0], np.linspace(0, 200, 11), atol=200 / 65535)
    assert "HU" == meta["unit"]


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(
    message=st.fixed_dictionaries(
        {"type": st.just("draw")},
        optional={"state": json_values, "look": json_values, "task": json_values, "seq": json_values},
    )
)
def test_any_message_gets_exactly_one_answer(toys: ModuleType, message: dict[str, Any]) -> None:
    """Whatever the page sends, the kernel neither fails nor falls silent."""
    explorer = explorer_for(toys.ToyScene())
    sent: list[Any] = []
    explorer.send = lambda content, buffers=None: sent.append(content)

    explorer._answer(explorer, message, [])

    assert 1 == len(sent)
    assert sent[0]["type"] in {"frame", "problem"}
