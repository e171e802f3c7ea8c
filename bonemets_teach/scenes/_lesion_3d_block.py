"""A block of 60 mm through the end of a long bone: cancellous bone in a shell of cortex, muscle around."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from bonemets_teach.biology.lesion_field import CORTICAL_TURNOVER_PER_YEAR, TRABECULAR_TURNOVER_PER_YEAR

__all__ = ["SEEDS", "SIZE", "SIZE_MM", "VOXEL_MM", "Block", "block"]

SIZE: Final = 80
VOXEL_MM: Final = 0.75
SIZE_MM: Final = SIZE * VOXEL_MM
CANCELLOUS_BONE: Final = 0.18  # chosen: between the neck and the head of the femur
CORTICAL_BONE: Final = 0.92  # chosen: 8 % canals
TEXTURE: Final = 0.22  # chosen: relative standard deviation of the trabecular pattern
SEEDS: Final = {"cancellous": (38, 40, 40), "cortical": (44, 40, 54)}
"""Voxels z, y, x: in the middle of the cancellous bone, and 4 mm inside the cortex."""

_Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """Fields of the block, each of shape (z, y, x).

    Parameters
    ----------
    bone_fraction, turnover_per_year : ndarray of float32
        Bone volume fraction and yearly renewal before the tumor.
    cover : ndarray of float32
        Share of a voxel inside the outer surface of the bone, 0..1.
    inside : ndarray of bool
        Bone and marrow.
    cortex : ndarray of bool
        Voxels that are mostly cortex.
    open : ndarray of bool
        Cancellous bone at least 4 mm from the cortex, where a margin is not held up by it.
    """

    bone_fraction: _Array
    turnover_per_year: _Array
    cover: _Array
    inside: npt.NDArray[np.bool_]
    cortex: npt.NDArray[np.bool_]
    open: npt.NDArray[np.bool_]


@cache
def block() -> Block:
    """Return the block; like the end of a long bone it flares upward and its cortex thins there."""
    at = ((np.arange(SIZE) + 0.5) * VOXEL_MM).astype(np.float32)
    flare = 1.0 / (1.0 + np.exp((at - 30.0) / 9.0))
    radius = (19.0 + 7.5 * flare)[:, None, None]
    cortex = (3.6 - 2.2 * flare)[:, None, None]
    across = at - 0.5 * SIZE_MM
    # Slightly flat from front to back, as the ends of long bones are.
    from_axis = np.hypot(1.08 * across[:, None], across[None, :])[None]
    depth = radius - from_axis
    cover = np.clip(depth / VOXEL_MM + 0.5, 0.0, 1.0)
    shell = np.clip((cortex - depth) / VOXEL_MM + 0.5, 0.0, 1.0)
    # Cancellous bone is denser near the joint and thins out toward the shaft.
    cancellous = CANCELLOUS_BONE * (1.0 + TEXTURE * _trabeculae()) * (0.75 + 0.40 * flare[:, None, None])
    bone = cover * (shell * CORTICAL_BONE + (1.0 - shell) * np.clip(cancellous, 0.02, 0.5))
    turnover = shell * CORTICAL_TURNOVER_PER_YEAR + (1.0 - shell) * TRABECULAR_TURNOVER_PER_YEAR
    inside = cover >= 0.5
    return Block(
        bone_fraction=bone.astype(np.float32),
        turnover_per_year=np.where(inside, turnover, 0.0).astype(np.float32),
        cover=cover.astype(np.float32),
        inside=inside,
        cortex=inside & (shell > 0.5),
        open=depth > cortex + 4.0,
    )


def _trabeculae() -> _Array:
    """Return a pattern drawn out along the load, with mean 0 and standard deviation 1; fixed seed."""
    white = np.random.default_rng(7).standard_normal((SIZE,) * 3, dtype=np.float32)
    along = ndimage.gaussian_filter(white, (2.2, 0.55, 0.55), mode="wrap")
    across = ndimage.gaussian_filter(white[::-1], (0.6, 1.1, 1.1), mode="wrap")
    pattern = along / along.std() + 0.45 * across / across.std()
    return np.asarray((pattern - pattern.mean()) / pattern.std(), dtype=np.float32)
