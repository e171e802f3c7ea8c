"""The figure of one patient in every modality is that of the model."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """Return the module that draws the figure."""
    spec = importlib.util.spec_from_file_location(
        "draw_one_patient", Path(__file__).with_name("draw_one_patient.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # A dataclass looks its module up by name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_figure_is_that_of_the_model(maker: ModuleType) -> None:
    """On average a pixel differs by less than 2 of 255 gray levels."""
    drawn, computed = maker.stored(), maker.figure()

    assert drawn.shape == computed.shape
    assert np.abs(drawn.astype(float) - computed).mean() < 2
