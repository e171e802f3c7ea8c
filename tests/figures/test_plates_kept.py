"""Pictures of questions that are kept are those that the model computes today."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from bonemets_teach.content import assets_folder
from bonemets_teach.scenes.plates.kept import kept_plate
from bonemets_teach.scenes.registry import PLATE_IDS

KEPT = sorted((assets_folder() / "plates").glob("*.npz"))


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """Return the module that keeps the pictures."""
    spec = importlib.util.spec_from_file_location("draw_plates", Path(__file__).with_name("draw_plates.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_picture_that_a_question_needs_is_kept_and_no_other(maker: ModuleType) -> None:
    """Run ``python -m tests.figures.draw_plates`` if this fails."""
    assert {path.name for path in KEPT} == set(maker.asked_plates())


@pytest.mark.parametrize("kind", PLATE_IDS)
def test_a_kept_picture_is_what_the_model_computes(maker: ModuleType, kind: str) -> None:
    """Grays within a tenth of the scale nearly everywhere, places within a pixel, numbers within 2 percent."""
    # One of each kind: all of them would take half a minute.
    state = next(state for plate_id, state in maker.asked_plates().values() if plate_id == kind)
    kept, computed = kept_plate(kind, state), maker.plate_of(kind).expose(state)

    assert kept is not None
    assert np.mean(np.abs(kept.values - computed.values) > 0.1) < 0.02
    for mark, place in kept.marks.items():
        assert place == pytest.approx(computed.marks[mark], abs=1.0)
    for quantity, value in kept.numbers.items():
        assert value == pytest.approx(computed.numbers[quantity], rel=0.02, abs=0.02)


def test_kept_pictures_are_small() -> None:
    """Together less than 3 MB."""
    assert sum(path.stat().st_size for path in KEPT) < 3_000_000
