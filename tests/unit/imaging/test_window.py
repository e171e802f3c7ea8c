"""Window and level."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.window import BONE, SOFT_TISSUE, WindowSetting, to_gray


def test_ends_of_the_window_are_black_and_white():
    """Below the window all is black, above it all is white."""
    gray = to_gray([[-5000.0, -160.0, 240.0, 5000.0]], SOFT_TISSUE)

    assert gray.tolist() == [[0, 0, 255, 255]]


def test_center_is_middle_gray():
    """The center of the window is the middle gray."""
    assert to_gray([[BONE.center]], BONE)[0, 0] == 128


def test_presets_are_the_common_ones():
    """Bone is W 2000 L 500, soft tissue W 400 L 40."""
    assert (BONE.width, BONE.center, SOFT_TISSUE.width, SOFT_TISSUE.center) == (2000, 500, 400, 40)


@settings(deadline=None)
@given(st.lists(st.floats(-2000, 3000), min_size=2, max_size=20))
def test_order_is_kept(values):
    """A brighter pixel is never the smaller value."""
    gray = to_gray([sorted(values)], BONE).astype(int)

    assert np.all(np.diff(gray) >= 0)


def test_inverting_swaps_black_and_white():
    """Inverted and plain gray add up to white."""
    values = np.linspace(-600, 1600, 50)[None]

    assert np.all(to_gray(values, BONE).astype(int) + to_gray(values, BONE, invert=True) == 255)


def test_what_is_not_a_number_is_black():
    """Missing and infinite values give gray levels without a warning."""
    assert to_gray([[np.nan, -np.inf, np.inf]], BONE).tolist() == [[0, 0, 255]]


@pytest.mark.parametrize("width", [0.0, -1.0, float("nan")])
def test_window_without_width_is_refused(width):
    """A window has a width above zero."""
    with pytest.raises(ParameterError, match="width"):
        WindowSetting(center=0.0, width=width)
