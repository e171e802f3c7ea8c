"""Cancellous bone of the proximal femur: trabecular groups, Ward's triangle and their streaked texture.

The groups are those Ward drew in 1838 and Singh graded in 1970: principal compressive, principal tensile, secondary
compressive and tensile, greater trochanter. Every width, place and strength here is chosen to look right on a
frontal film and to give the bone volume fractions of `TARGET_FRACTION`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.shapes import Coordinates, sphere

__all__ = ["TARGET_FRACTION", "clumps", "trabecular_fraction"]

_Array = npt.NDArray[np.float32]

# Chosen, within the range of published cancellous bone volume fractions of the hip.
TARGET_FRACTION: Final = {"head": 0.30, "neck": 0.18, "ward": 0.08, "greater trochanter": 0.12}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fan:
    """Streaks that spread from a point; angles from straight up, positive toward the midline."""

    apex: tuple[float, float]
    angle_deg: float
    half_width_deg: float
    strength: float
    reach: tuple[float, float]
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arcs:
    """Streaks along circles around a point."""

    center: tuple[float, float]
    radius: float
    half_width: float
    strength: float
    span_deg: tuple[float, float]
    seed: int


# Points are (z, x) in the frontal plane [mm from the head center].
_PRINCIPAL_COMPRESSIVE: Final = _Fan(
    apex=(70, -25), angle_deg=16, half_width_deg=10.5, strength=0.14, reach=(30, 200), seed=1
)
_SECONDARY_COMPRESSIVE: Final = _Fan(
    apex=(92, -22), angle_deg=-24, half_width_deg=13, strength=0.115, reach=(36, 66), seed=2
)
_PRINCIPAL_TENSILE: Final = _Arcs(
    center=(46, -9), radius=44, half_width=8, strength=0.12, span_deg=(-96, 22), seed=3
)
_SECONDARY_TENSILE: Final = _Arcs(
    center=(76, -6), radius=47, half_width=7, strength=0.055, span_deg=(-88, -8), seed=4
)
_TROCHANTERIC: Final = _Arcs(
    center=(24, -20), radius=33, half_width=8, strength=0.03, span_deg=(-125, -28), seed=5
)
_FANS: Final = (_PRINCIPAL_COMPRESSIVE, _SECONDARY_COMPRESSIVE)
_ARCS: Final = (_PRINCIPAL_TENSILE, _SECONDARY_TENSILE, _TROCHANTERIC)
_STREAK_MM: Final = 0.35
_STREAK_DEPTH_MM: Final = 2.5
_CLUMP_MM: Final = 0.7


def trabecular_fraction(at: Coordinates, seed: int) -> _Array:
    """Return the bone volume fraction of the spongiosa, as if it filled all space.

    Parameters
    ----------
    at : Coordinates
        Where to evaluate, an open grid.
    seed : int
        Seed of the texture.

    Returns
    -------
    fraction : ndarray of float32, shape (Z, Y, X)
        0..0.75.

    Notes
    -----
    Single trabeculae (0.1-0.2 mm) are far below a voxel; the streaks stand for their bundles.
    """
    plane = Coordinates(z=at.z[:, 0, :], y=np.zeros((1, 1), dtype=np.float32), x=at.x[0, :, :])
    fraction = np.broadcast_to(
        _background(plane)[:, None, :], np.broadcast_shapes(at.z.shape, at.y.shape, at.x.shape)
    )
    fraction = fraction * clumps(at, seed)
    for fan in _FANS:
        across, envelope = _fan_coordinates(plane, fan)
        fraction = fraction + envelope[:, None, :] * _streaks(across, at.y[0, :, 0], seed + fan.seed)
    for arcs in _ARCS:
        across, envelope = _arc_coordinates(plane, arcs)
        fraction = fraction + envelope[:, None, :] * _streaks(across, at.y[0, :, 0], seed + arcs.seed)
    fraction = fraction * (_depth_profile(at) * (1 + np.float32(0.6) * (clumps(at, seed + 20) - 1)))
    return np.clip(fraction, 0, 0.75).astype(np.float32)


def _background(plane: Coordinates) -> _Array:
    z, x = plane.z, plane.x
    head = np.exp(-((np.hypot(z, x) / 24) ** 4))
    canal = 1 / (1 + np.exp((z - 70) / 9))
    ward = np.exp(-(((z - 27) / 9) ** 2 + ((x + 27) / 7.5) ** 2))
    level = 0.015 + canal * (0.095 + 0.015 * head) * (1 - 0.75 * ward)
    return np.asarray(level, dtype=np.float32)


def _depth_profile(at: Coordinates) -> _Array:
    # Trabeculae crowd toward the joint surface of the head.
    rim = sphere(at, (0, 0, 0), 23.0)
    return 1 + np.float32(0.25) * np.exp(-((rim / 4) ** 2), dtype=np.float32)


def _fan_coordinates(plane: Coordinates, fan: _Fan) -> tuple[_Array, _Array]:
    up, inward = fan.apex[0] - plane.z, plane.x - fan.apex[1]
    angle = np.rad2deg(np.arctan2(inward, up))
    distance = np.hypot(up, inward)
    envelope = fan.strength * np.exp(-(np.abs((angle - fan.angle_deg) / fan.half_width_deg) ** 3))
    envelope *= _fade(distance, fan.reach, 18)
    # Streaks keep their number while they spread, as trabeculae of a fan do.
    return np.deg2rad(angle) * np.float32(70) + _wander(distance), envelope.astype(np.float32)


def _arc_coordinates(plane: Coordinates, arcs: _Arcs) -> tuple[_Array, _Array]:
    up, inward = arcs.center[0] - plane.z, plane.x - arcs.center[1]
    angle = np.rad2deg(np.arctan2(inward, up))
    radius = np.hypot(up, inward)
    envelope = arcs.strength * np.exp(-(np.abs((radius - arcs.radius) / arcs.half_width) ** 2.5))
    envelope *= _fade(angle, arcs.span_deg, 10)
    return radius + _wander(np.deg2rad(angle) * np.float32(arcs.radius)), envelope.astype(np.float32)


def _wander(along: _Array) -> _Array:
    # Real bundles are not drawn with a ruler.
    return np.asarray(0.45 * np.sin(along / 4.1) + 0.7 * np.sin(along / 9.7 + 1.0), dtype=np.float32)


def _fade(value: _Array, span: tuple[float, float], width: float) -> _Array:
    low = 1 / (1 + np.exp(np.clip((span[0] - value) / width * 4, -60, 60)))
    high = 1 / (1 + np.exp(np.clip((value - span[1]) / width * 4, -60, 60)))
    return np.asarray(low * high, dtype=np.float32)


def _streaks(across: _Array, y: npt.NDArray[np.float32], seed: int) -> _Array:
    """Return a pattern of mean 1 that varies across the bundle and with depth but not along it."""
    rng = np.random.default_rng(seed)
    table = _noise(rng, (512, 128), (1.3, 1.4)) * 0.62 + _noise(rng, (512, 128), (5, 2.0)) * 0.14
    pattern: _Array = np.clip(1 + table, 0.05, 3.0).astype(np.float32)
    column = np.mod(across / np.float32(_STREAK_MM), 512).astype(np.float32)
    left = np.floor(column).astype(np.int32) % 512
    share = (column - np.floor(column))[:, None, :]
    depth = np.mod(np.floor(y / _STREAK_DEPTH_MM), 128).astype(np.int32)
    near = pattern[left[:, None, :], depth[None, :, None]]
    far = pattern[(left + 1)[:, None, :] % 512, depth[None, :, None]]
    return np.asarray(near + share * (far - near), dtype=np.float32)


def clumps(at: Coordinates, seed: int) -> _Array:
    """Return an irregular pattern of mean 1 without direction, for spongiosa that has none.

    Parameters
    ----------
    at : Coordinates
        Where to evaluate, an open grid.
    seed : int
        Seed of the pattern.

    Returns
    -------
    factor : ndarray of float32, shape (Z, Y, X)
        0.1..2.2.
    """
    rng = np.random.default_rng(seed + 100)
    noise = _noise(rng, (64, 64, 64), (1.1, 1.1, 1.1))
    pattern: _Array = np.clip(1 + 0.45 * noise, 0.1, 2.2).astype(np.float32)
    index = [np.mod(np.floor(axis.ravel() / _CLUMP_MM), 64).astype(np.int32) for axis in (at.z, at.y, at.x)]
    return pattern[np.ix_(*index)]


def _noise(rng: np.random.Generator, shape: tuple[int, ...], sigma: tuple[float, ...]) -> _Array:
    """Return periodic smooth noise of mean 0 and standard deviation 1."""
    spectrum = np.fft.fftn(rng.standard_normal(shape))
    for axis, (n, s) in enumerate(zip(shape, sigma, strict=True)):
        response = np.exp(-2 * (np.pi * s * np.fft.fftfreq(n)) ** 2)
        spectrum *= response.reshape([-1 if a == axis else 1 for a in range(len(shape))])
    noise = np.fft.ifftn(spectrum).real
    return np.asarray((noise - noise.mean()) / noise.std(), dtype=np.float32)
