"""The page learns nothing about the key before the answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bonemets_teach.content.language import LANGUAGES, speaking
from bonemets_teach.quiz import Item, grade, load_bank, public_view
from bonemets_teach.quiz.catalog import Catalog
from bonemets_teach.quiz.linter.words import after_answer
from bonemets_teach.quiz.markdown import plain, to_html
from bonemets_teach.quiz.parts import say
from bonemets_teach.quiz.presenting import hint_view, outcome_view

Make = Callable[..., Item]
KINDS = [
    "single_best", "multiple_response", "numeric", "extended_matching", "sequence", "hotspot", "scene_task",
    "key_feature", "script_concordance", "short_text", "poll",
]  # fmt: skip
ALLOWED = {
    "id", "version", "type", "title", "level", "stem", "lead_in", "points", "hints", "pictures", "review", "unit",
    "range", "integer", "options", "html", "rule", "index", "alt", "credit", "rows", "choices", "text", "steps",
    "ends", "targets", "spot", "explorer", "explorer_title", "count", "step", "number", "ask", "most", "longest",
    "banner", "heads", "scale", "value", "info", "lang",
}  # fmt: skip


def _names(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from data
        for value in data.values():
            yield from _names(value)
    elif isinstance(data, list):
        for value in data:
            yield from _names(value)


@pytest.mark.parametrize("kind", KINDS)
def test_only_listed_fields_leave_the_kernel(item: Make, kind: str) -> None:
    """A new field of an item stays inside until somebody lists it."""
    assert set(_names(public_view(item(kind), "learner"))) <= ALLOWED


@pytest.mark.parametrize("kind", KINDS)
def test_no_feedback_hint_explanation_or_number_is_in_the_view(item: Make, kind: str) -> None:
    """Texts for later are not in the message at all."""
    message = json.dumps(public_view(item(kind), "learner"))

    assert [
        word
        for word in (
            "FEEDBACK",
            "EXPLANATION",
            "HINT-",
            "COMMON",
            "87.3",
            "1.5",
            "misconception",
            "ACCEPTED",
            "REVEALED",
            "cord compression",
            "disc",
        )
        if word in message
    ] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_published_item_tells_its_key(code: str) -> None:
    """Every item of the course: only listed fields, none of the texts that are shown after the answer."""
    told = []
    items = [item for item in load_bank().items() if code in item.title]
    for item in items:
        with speaking(code):
            view = public_view(item, "learner")
            later = [text for _, text in after_answer(item)] + [say(hint.text) for hint in item.hints]
        message = json.dumps(view, ensure_ascii=False)
        told += [(item.id, text) for text in later if plain(text) in message or to_html(text) in message]
        told += [(item.id, name) for name in set(_names(view)) - ALLOWED]

    assert items
    assert told == []


def test_options_are_equal_but_for_id_and_text(item: Make) -> None:
    """Nothing marks one of them."""
    view = public_view(item("single_best"), "learner")

    assert {tuple(sorted(option)) for option in view["options"]} == {("html", "id")}


def test_a_learner_always_sees_the_same_order(item: Make) -> None:
    """Shuffled once, stable ever after."""
    orders = {json.dumps(public_view(item("single_best"), "one")["options"]) for _ in range(5)}

    assert len(orders) == 1


def test_learners_see_different_orders(item: Make) -> None:
    """The key has no fixed place: over many learners each place occurs."""
    single = item("single_best")
    places = [
        [option["id"] for option in public_view(single, f"learner {n}")["options"]].index("a")
        for n in range(200)
    ]

    assert {places.count(place) > 25 for place in range(4)} == {True}


def test_fixed_options_stay_last_and_unshuffled_items_keep_their_order(raw: Any, item: Make) -> None:
    """An option that says so stays at the end; numbers stay ascending."""
    options = raw("single_best")["options"]
    options[0]["fixed_last"] = True
    last = [public_view(item("single_best", options=options), f"{n}")["options"][-1]["id"] for n in range(20)]
    fixed = [option["id"] for option in public_view(item("single_best", shuffle=False), "x")["options"]]

    assert set(last) == {"a"}
    assert fixed == ["a", "b", "c", "d"]


def test_a_picture_for_later_is_not_announced_before(raw: Any, item: Make) -> None:
    """Neither its words nor its state are in the view."""
    scene = raw("single_best")["scene"] | {"role": "shown_after_answer"}
    view = public_view(item("single_best", scene=scene), "learner")

    assert view["pictures"] == []
    assert "state" not in json.dumps(public_view(item("single_best"), "learner"))


def test_the_outcome_brings_feedback_sources_and_goal(item: Make, catalog: Catalog) -> None:
    """After the answer everything is there, as safe HTML."""
    single = item("single_best")
    view = outcome_view(single, grade(single, "b"), catalog)

    assert len(view["options"]) == 4
    assert view["references"][0]["anchor"] == "claim-vicious_cycle"
    assert "read on 2026-11-21" in view["references"][1]["text"]
    assert view["objectives"][0].startswith("Tell lytic")


def test_a_computed_item_leads_to_its_state_in_the_explorer(item: Make, catalog: Catalog, model: Any) -> None:
    """After the answer the learner can look at the very state that the key comes from."""
    model(lambda _: 50.0)
    answer = {"computed": {"scene": "ct", "quantity": "x", "state": {"dose": 2}}, "tolerance": {"abs": 1}}
    numeric = item("numeric", answer=answer)
    view = outcome_view(numeric, grade(numeric, "50"), catalog)

    assert view["explore"] == {"scene": "ct", "state": {"dose": 2}}


def test_a_hint_is_given_by_number(item: Make) -> None:
    """The first hint is number one."""
    assert hint_view(item("single_best"), 1)["html"].startswith("HINT-ONE")


def test_an_item_without_a_clinician_says_so(item: Make) -> None:
    """Nobody takes an unreviewed item for a reviewed one."""
    assert public_view(item("single_best"), "x")["review"].startswith("Not yet reviewed by a clinician")
