"""Bone volume fraction of femur and pelvis on a grid, with surfaces averaged over a voxel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy._femur_shape import cortex_thickness, surface_distance
from bonemets_teach.anatomy._femur_trabeculae import clumps, trabecular_fraction
from bonemets_teach.anatomy._pelvis import pelvis_distance, pelvis_fraction
from bonemets_teach.anatomy.shapes import Coordinates, ellipsoid

__all__ = [
    "FEMUR_BOX",
    "PELVIS_BOX",
    "USUAL",
    "BoneFields",
    "BoneQuality",
    "femur_fields",
    "marrow_fat",
    "pelvis_fields",
    "within",
]

_Array = npt.NDArray[np.float32]
Box = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]

FEMUR_BOX: Final[Box] = ((-28, 303), (-33, 39), (-73, 29))
"""Box (z, y, x) from the head center outside which there is no femur [mm]."""
PELVIS_BOX: Final[Box] = ((-203, 90), (-57, 52), (-55, 203))
"""Box (z, y, x) from the head center outside which there is no pelvis [mm]."""
# Chosen: dense cortex with its canals.
_CORTEX_FRACTION: Final = 0.93
_CALCAR_FRACTION: Final = 0.45
# Chosen: below this level the shaft holds a medullary canal [mm below the head center].
CANAL_LEVEL: Final = 78.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BoneFields:
    """A bone on a grid.

    Parameters
    ----------
    inside : ndarray of shape (Z, Y, X)
        Share of the voxel inside the outer surface, 0..1.
    bone : ndarray of shape (Z, Y, X)
        Bone volume fraction of the whole voxel, 0..``inside``.
    shell : ndarray of shape (Z, Y, X)
        Share of the bone's part that is cortex, 0..1.
    """

    inside: _Array
    bone: _Array
    shell: _Array


class BoneQuality(NamedTuple):
    """Bone relative to that of the default phantom.

    Parameters
    ----------
    cortex, spongy : float, default 1
        Thickness of cortex, bone volume fraction of spongiosa.
    """

    cortex: float = 1.0
    spongy: float = 1.0


USUAL: Final = BoneQuality()
"""Quality of the default phantom."""


def femur_fields(at: Coordinates, edge_mm: float, seed: int, quality: BoneQuality = USUAL) -> BoneFields:
    """Evaluate the femur.

    Parameters
    ----------
    at : Coordinates
        Where, from the head center.
    edge_mm : float
        Length over which surfaces are averaged [mm].
    seed : int
        Seed of the texture.
    quality : BoneQuality
        What age does to it.

    Returns
    -------
    fields : BoneFields
        On the grid.
    """
    distance = surface_distance(at)
    thickness = cortex_thickness(at) * np.float32(quality.cortex)
    # A shell thinner than a voxel is kept by its mass: thicker, but less dense.
    density = np.float32(_CORTEX_FRACTION) * np.minimum(thickness / np.float32(edge_mm), 1)
    drawn = np.maximum(thickness, np.float32(edge_mm))
    shell = np.clip((distance + drawn) / np.float32(edge_mm) + 0.5, 0, 1)
    spongy = np.maximum(trabecular_fraction(at, seed), np.float32(_CALCAR_FRACTION) * _calcar_plate(at))
    spongy = np.minimum(spongy * np.float32(quality.spongy), np.float32(_CORTEX_FRACTION))
    inside = np.clip(0.5 - distance / np.float32(edge_mm), 0, 1)
    return BoneFields(inside=inside, bone=inside * (density * shell + spongy * (1 - shell)), shell=shell)


def pelvis_fields(at: Coordinates, edge_mm: float, seed: int, quality: BoneQuality = USUAL) -> BoneFields:
    """Evaluate the hemipelvis; see `femur_fields`."""
    distance = pelvis_distance(at)
    inside = np.clip(0.5 - distance / np.float32(edge_mm), 0, 1)
    shell = (distance > -1.5).astype(np.float32)
    bone = pelvis_fraction(at, distance, edge_mm) * (shell + (1 - shell) * clumps(at, seed + 50))
    bone = bone * np.float32(quality.spongy)
    return BoneFields(inside=inside, bone=np.minimum(bone, inside), shell=shell)


def marrow_fat(z: npt.NDArray[Any], x: npt.NDArray[Any]) -> _Array:
    """Return the fat share of the femur's marrow at points of the frontal plane.

    Parameters
    ----------
    z, x : ndarray
        Coordinates from the head center [mm], broadcast against each other.

    Returns
    -------
    fraction : ndarray of float32
        0.9 in head, trochanter and shaft, down to 0.63 in the neck, where red marrow stays (chosen).
    """
    neck = np.exp(-(((z - 30) / 22) ** 2 + ((x + 27) / 22) ** 2))
    return np.asarray(0.9 * (1 - 0.3 * neck), dtype=np.float32)


def within(axes: list[_Array], box: Box) -> tuple[slice, slice, slice] | None:
    """Return the part of a grid inside a box.

    Parameters
    ----------
    axes : list of three ndarray
        Ascending positions along z, y, x [mm].
    box : Box
        Low and high end for each axis [mm].

    Returns
    -------
    part : tuple of slice or None
        None if the grid misses the box.
    """
    cuts = []
    for axis, (low, high) in zip(axes, box, strict=True):
        first, last = np.searchsorted(axis, [low, high])
        if first >= last:
            return None
        cuts.append(slice(int(first), int(last)))
    return cuts[0], cuts[1], cuts[2]


def _calcar_plate(at: Coordinates) -> _Array:
    # The calcar femorale: a vertical plate inside, deep to the lesser trochanter.
    plate = ellipsoid(at, (50, 11, -23), (20, 7, 2.2))
    return np.asarray(np.clip(0.5 - plate / np.float32(1.5), 0, 1), dtype=np.float32)
