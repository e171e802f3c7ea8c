"""The films in the figure of the three lesions are those of the model."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from bonemets_teach.content import asset


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """Return the module that draws the figure."""
    spec = importlib.util.spec_from_file_location("draw_films", Path(__file__).with_name("draw_films.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_drawn_films_are_those_of_the_scene(maker: ModuleType) -> None:
    """On average a pixel differs by less than 2 of 255 gray levels."""
    drawn = maker.drawn(asset(maker.FIGURE).read_text("utf-8"))
    computed = maker.films()

    assert 4 == len(drawn)
    for old, new in zip(drawn, computed, strict=True):
        assert old.shape == new.shape
        assert np.abs(old.astype(float) - new).mean() < 2
