"""Sample items, whole and as an author writes them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bonemets_teach.quiz import computed
from bonemets_teach.quiz.catalog import Catalog, load_catalog
from bonemets_teach.quiz.item import Item
from bonemets_teach.quiz.loading import parse_item
from bonemets_teach.quiz.strict_yaml import read_yaml

SAMPLES = [
    Path(__file__).with_name(name) for name in ("samples.yaml", "samples_types.yaml", "samples_cases.yaml")
]
Raw = dict[str, Any]


@pytest.fixture
def raw() -> Callable[..., Raw]:
    """Return a sample of a type as plain data, with fields replaced; None takes a field out."""
    samples = {entry["type"]: entry for path in SAMPLES for entry in read_yaml(path, path.name)}

    def make(kind: str, **changes: Any) -> Raw:
        data: Raw = copy.deepcopy(samples[kind])
        data.update(changes)
        return {name: value for name, value in data.items() if value is not None}

    return make


@pytest.fixture
def item(raw: Callable[..., Raw]) -> Callable[..., Item]:
    """Return a sample of a type as an item, with fields replaced."""

    def make(kind: str, **changes: Any) -> Item:
        loaded = parse_item(raw(kind, **changes), "samples.yaml")
        assert not isinstance(loaded, list), [str(problem) for problem in loaded]
        return loaded

    return make


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Return the real lists of objectives, misconceptions and claims."""
    return load_catalog()


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Mapping[str, Any]], float]], None]:
    """Put a function of the state in the place of every scene."""

    def use(function: Callable[[Mapping[str, Any]], float]) -> None:
        computed._measured.cache_clear()
        monkeypatch.setattr(computed, "measure", lambda _scene, state, _quantity: function(state))

    yield use
    computed._measured.cache_clear()
