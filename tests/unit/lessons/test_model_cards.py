"""Cards say what the code does, and every explorer has one."""

from __future__ import annotations

import dataclasses
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from bonemets_teach.biology import lemaire2004_constants, lpt_constants
from bonemets_teach.biology.model_card import CardParameter, ModelCard
from bonemets_teach.lessons.model_cards import MODEL_CARDS, SCENE_MODELS, about_scene, cards_for_page
from bonemets_teach.scenes.registry import SCENE_IDS

TESTS = Path(__file__).resolve().parents[2]
PARAMETERS = [(card.id, one) for card in MODEL_CARDS.values() for one in card.parameters]


def _in_code(where: str) -> Any:
    """Look a number up in the module that computes with it."""
    module, path = where.split(":")
    name, _, part = path.partition("/")
    found = getattr(import_module(module), name)
    if not part:
        return found
    if dataclasses.is_dataclass(found):
        return next(field.default for field in dataclasses.fields(found) if field.name == part)
    return next(constant.value for constant in found if constant.symbol == part)


@pytest.mark.parametrize(
    ("card", "parameter"), PARAMETERS, ids=[f"{card}-{one.symbol}" for card, one in PARAMETERS]
)
def test_every_parameter_has_the_value_of_the_code(card: str, parameter: CardParameter) -> None:
    """The number on the card is the number that the code computes with, and says where it comes from."""
    assert parameter.value == _in_code(parameter.where)
    assert parameter.kind in {"published", "calibrated", "chosen"}
    assert parameter.source
    assert parameter.meaning
    assert parameter.unit


@pytest.mark.parametrize(
    ("card", "values"),
    [("lemaire-2004", lemaire2004_constants.LEMAIRE_2004), ("lpt", lpt_constants.LPT)],
)
def test_no_constant_of_the_compiled_core_is_missing(card: str, values: Any) -> None:
    """All constants that the core is given stand on the card."""
    shown = {one.symbol: one.value for one in MODEL_CARDS[card].parameters}

    assert {name: shown.get(name) for name in values._fields} == values._asdict()


@pytest.mark.parametrize("scene", SCENE_IDS)
def test_every_scene_is_linked_to_a_card(scene: str) -> None:
    """An explorer leads to a model that exists."""
    assert SCENE_MODELS[scene]
    assert set(SCENE_MODELS[scene]) <= set(MODEL_CARDS)
    assert about_scene(scene) == f"models#{SCENE_MODELS[scene][0]}"


def test_an_unknown_scene_leads_to_the_page() -> None:
    """A scene without a card still has a link."""
    assert about_scene("no-such-scene") == "models"


@pytest.mark.parametrize("card", MODEL_CARDS.values(), ids=MODEL_CARDS.keys())
def test_every_check_names_a_test_that_exists(card: ModelCard) -> None:
    """What the card says was checked is checked in the test it names."""
    assert all((TESTS / check.test).is_file() for check in card.checks)
    assert card.simplifications


def test_the_page_gets_plain_values() -> None:
    """Cards survive JSON, with the explorers that show them."""
    cards = json.loads(json.dumps(cards_for_page()))

    shown = {card["id"]: {(scene["id"], scene["lesson"]) for scene in card["scenes"]} for card in cards}
    assert {("vicious-cycle", "lytic-and-blastic"), ("lesion-phenotype", "lytic-and-blastic")} <= shown["lpt"]
    assert shown["pivonka-2008"] == set()
