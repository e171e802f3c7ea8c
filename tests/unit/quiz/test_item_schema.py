"""The exported JSON Schema accepts what the models accept and refuses what breaks their form."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import jsonschema
import pytest

from bonemets_teach.quiz.schema import item_schema

KINDS = [
    "single_best", "multiple_response", "numeric", "extended_matching", "sequence", "hotspot", "scene_task",
]  # fmt: skip


def _as_json(raw: dict[str, Any]) -> Any:
    return json.loads(
        json.dumps(raw, default=lambda value: value.isoformat() if isinstance(value, date) else value)
    )


def _errors(raw: dict[str, Any]) -> list[str]:
    validator = jsonschema.Draft202012Validator(item_schema())
    return [error.message for error in validator.iter_errors(_as_json(raw))]


def test_the_schema_is_a_schema() -> None:
    """It keeps the rules of JSON Schema 2020-12 and can be written as JSON."""
    jsonschema.Draft202012Validator.check_schema(item_schema())

    assert json.loads(json.dumps(item_schema())) == item_schema()


@pytest.mark.parametrize("kind", KINDS)
def test_the_samples_fit_the_schema(raw: Callable[..., dict[str, Any]], kind: str) -> None:
    """What the package loads, an editor accepts."""
    assert _errors(raw(kind)) == []


@pytest.mark.parametrize(
    "changes", [{"id": None}, {"type": "essay"}, {"bloom": "know"}, {"extra": 1}, {"objectives": []}]
)
def test_what_breaks_the_form_breaks_the_schema(
    raw: Callable[..., dict[str, Any]], changes: dict[str, Any]
) -> None:
    """Missing, unknown and wrong fields are refused by the schema too."""
    assert _errors(raw("single_best", **changes)) != []
