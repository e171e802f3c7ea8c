"""The projector and the back projector."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging._ct_projector import back_project, circle, project

SIZE = 64
OFFSET = np.arange(SIZE) - (SIZE - 1) / 2


def disc(row: float, column: float, radius: float) -> np.ndarray:
    """Make a disc with soft edges, in pixels from the image center."""
    distance = np.hypot(OFFSET[:, None] - row, OFFSET - column)
    return np.clip(radius - distance + 0.5, 0, 1)


@settings(max_examples=20, deadline=None)
@given(st.floats(-5, 5), st.floats(-5, 5), st.integers(0, 10_000))
def test_projection_is_linear(first, second, seed):
    """The projection of a sum is the sum of the projections."""
    images = np.random.default_rng(seed).random((2, SIZE, SIZE))
    parts = project(images, 12)
    mixed = project(np.stack([first * images[0] + second * images[1], images[0]]), 12)[0]

    assert_allclose(mixed, first * parts[0] + second * parts[1], atol=1e-3)


@settings(max_examples=20, deadline=None)
@given(st.floats(-10, 10), st.floats(-10, 10), st.floats(8, 18))
def test_disc_projects_to_its_chords(row, column, radius):
    """Every ray through a disc measures the analytic chord within a pixel."""
    image = disc(row, column, radius)
    sinogram = project(np.stack([image, image]), 16)[0]
    angle = np.pi * np.arange(16) / 16
    distance = OFFSET - (column * np.cos(angle) + row * np.sin(angle))[:, None]
    chord = 2 * np.sqrt(np.maximum(radius**2 - distance**2, 0))
    inside = np.abs(distance) < radius - 3

    assert_allclose(sinogram[inside], chord[inside], atol=1.0)
    assert np.abs(sinogram - chord)[inside].mean() < 0.3


@given(st.integers(1, 40))
@settings(max_examples=10, deadline=None)
def test_every_view_sees_the_same_mass(seed):
    """The rays of every view add up to the same total."""
    image = disc(4, -6, 9) * np.random.default_rng(seed).random()
    totals = project(np.stack([image, image]), 20)[0].sum(axis=1)

    assert_allclose(totals, image.sum(), rtol=0.02)


def test_first_view_sums_columns():
    """At angle zero a ray is a column of the image."""
    image = disc(3, 5, 8)

    assert_allclose(project(np.stack([image, image]), 8)[0, 0], image.sum(axis=0), rtol=1e-4, atol=1e-3)


def test_quarter_turn_sums_rows():
    """At 90 degrees a ray is a row of the image."""
    image = disc(3, 5, 8)

    assert_allclose(project(np.stack([image, image]), 8)[0, 4], image.sum(axis=1), rtol=1e-4, atol=1e-3)


def test_back_projection_points_at_its_source():
    """Back projecting the rays of a point makes the brightest pixel there."""
    image = np.zeros((SIZE, SIZE))
    image[20, 41] = 1.0
    smeared = back_project(project(np.stack([image, image]), 60)[0])

    assert np.unravel_index(np.argmax(smeared), smeared.shape) == (20, 41)


def test_outside_the_circle_nothing_is_seen():
    """The corners are not reconstructed."""
    smeared = back_project(np.ones((8, SIZE), dtype=np.float32))

    assert np.all(smeared[~circle(SIZE)] == 0)
    assert_allclose(smeared[circle(SIZE)], np.pi, rtol=1e-5)


@pytest.mark.parametrize(("size", "views"), [(63, 8), (64, 7), (0, 8)])
def test_odd_shapes_are_refused(size, views):
    """Odd sizes break the symmetry that both directions use; the message gives sizes that work."""
    with pytest.raises(ParameterError, match="256 and 180"):
        project(np.zeros((2, size, size)), views)
