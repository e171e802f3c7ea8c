"""Signed distances: exact where they promise to be, rounded where they join."""

import numpy as np
import pytest

from bonemets_teach.anatomy.shapes import (
    Coordinates,
    capsule,
    ellipsoid,
    half_space,
    smooth_union,
    sphere,
    tapered_capsule,
)


def at(z: float, y: float, x: float) -> Coordinates:
    return Coordinates.open_grid([z], [y], [x])


def test_sphere_measures_the_distance_to_its_surface() -> None:
    """Three millimeters outside, two inside."""
    assert sphere(at(0, 0, 8), (0, 0, 0), 5.0).item() == pytest.approx(3.0)
    assert sphere(at(0, 3, 0), (0, 0, 0), 5.0).item() == pytest.approx(-2.0)


def test_capsule_is_round_at_its_end_and_straight_beside_its_axis() -> None:
    """Both distances are exact."""
    assert capsule(at(14, 0, 0), (0, 0, 0), (10, 0, 0), 1.5).item() == pytest.approx(2.5)
    assert capsule(at(5, 4, 3), (0, 0, 0), (10, 0, 0), 1.5).item() == pytest.approx(3.5)


def test_tapered_capsule_has_the_radius_between_its_ends() -> None:
    """Half way along, the surface is half way between the radii."""
    assert tapered_capsule(at(5, 0, 3), (0, 0, 0), (10, 0, 0), 2.0, 4.0).item() == pytest.approx(
        0.0, abs=1e-5
    )


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_ellipsoid_is_zero_at_the_end_of_each_half_length(axis: int) -> None:
    """The surface is where it was asked for."""
    semi_axes = (6.0, 4.0, 2.0)
    point = [0.0, 0.0, 0.0]
    point[axis] = semi_axes[axis]
    assert ellipsoid(at(*point), (0, 0, 0), semi_axes).item() == pytest.approx(0.0, abs=1e-5)


def test_ellipsoid_is_finite_at_its_center() -> None:
    """No division by zero where all scaled offsets vanish."""
    assert ellipsoid(at(0, 0, 0), (0, 0, 0), (6.0, 4.0, 2.0)).item() == -2.0


def test_half_space_ignores_the_length_of_its_normal() -> None:
    """Only the direction counts."""
    assert half_space(at(0, 0, 7), (0, 0, 2), (0, 0, 40)).item() == pytest.approx(5.0)


def test_smooth_union_never_leaves_either_shape_out() -> None:
    """It is at most a quarter of the radius below the sharp union, and never above it."""
    a, b = np.meshgrid(np.linspace(-5, 5, 41, dtype=np.float32), np.linspace(-5, 5, 41, dtype=np.float32))
    joined = smooth_union(a, b, 4.0)
    sharp = np.minimum(a, b)
    assert np.all(joined <= sharp + 1e-6)
    assert np.all(joined >= sharp - 1.0 - 1e-6)


def test_smooth_union_without_radius_is_sharp() -> None:
    """Radius zero means the minimum."""
    assert smooth_union(np.float32([1.0]), np.float32([2.0]), 0.0).item() == 1.0
