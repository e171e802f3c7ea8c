"""A slab through the end of a long bone: cancellous bone between two cortices, muscle around."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from bonemets_teach.biology.lesion_field import CORTICAL_TURNOVER_PER_YEAR, TRABECULAR_TURNOVER_PER_YEAR
from bonemets_teach.imaging.projection import PATH_MATERIALS, PathLengths

SIZE_PX: Final = 96
PIXEL_MM: Final = 0.625
SIZE_MM: Final = SIZE_PX * PIXEL_MM
DEPTH_MM: Final = 22.0  # chosen: the end of a long bone seen face on
MUSCLE_MM: Final = 50.0  # chosen: soft tissue in front of and behind a knee or shoulder
CANCELLOUS_BONE: Final = 0.18  # chosen: between the neck and the head of the femur
CORTICAL_BONE: Final = 0.92  # chosen: 8 % canals
MARROW_FAT: Final = 0.8  # chosen: mostly yellow marrow of an adult limb
TEXTURE: Final = 0.14  # chosen: relative standard deviation of the trabecular pattern
CORE_RADIUS_MM: Final = 4.0
SEEDS: Final = {"cancellous": (46, 46), "cortical": (52, 66)}  # row, column

_Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slab:
    """Fields of the slab, each of shape (row, column).

    Parameters
    ----------
    bone_fraction, turnover_per_year : ndarray of float32
        Bone volume fraction and yearly renewal before the tumor.
    cover : ndarray of float32
        Share of a pixel inside the outer surface of the bone, 0..1.
    inside : ndarray of bool
        Bone and marrow.
    """

    bone_fraction: _Array
    turnover_per_year: _Array
    cover: _Array
    inside: npt.NDArray[np.bool_]


@cache
def slab() -> Slab:
    """Return the slab; it flares upward like the end of a long bone."""
    at = (np.arange(SIZE_PX) + 0.5) * PIXEL_MM
    x = at[None, :]
    flare = 1.0 / (1.0 + np.exp((at - 30.0) / 9.0))
    left = 9.5 - 5.0 * flare
    right = SIZE_MM - 9.5 + 5.0 * flare
    cortex = 3.6 - 2.2 * flare
    depth = np.minimum(x - left[:, None], right[:, None] - x)
    cover = np.clip(depth / PIXEL_MM + 0.5, 0.0, 1.0)
    inside = cover >= 0.5
    shell = np.clip((cortex[:, None] - depth) / PIXEL_MM + 0.5, 0.0, 1.0)
    pattern = _trabeculae()
    # Cancellous bone is denser near the joint and thins out toward the shaft.
    cancellous = CANCELLOUS_BONE * (1.0 + TEXTURE * pattern) * (0.82 + 0.32 * flare[:, None])
    bone = cover * (shell * CORTICAL_BONE + (1.0 - shell) * np.clip(cancellous, 0.02, 0.5))
    turnover = shell * CORTICAL_TURNOVER_PER_YEAR + (1.0 - shell) * TRABECULAR_TURNOVER_PER_YEAR
    return Slab(
        bone_fraction=bone.astype(np.float32),
        turnover_per_year=np.where(inside, turnover, 0.0).astype(np.float32),
        cover=cover.astype(np.float32),
        inside=inside,
    )


def paths(
    bone: npt.NDArray[np.float32],
    tumor: npt.NDArray[np.float32],
    cover: npt.NDArray[np.float32] | None = None,
) -> PathLengths:
    """Return what a ray crosses in each pixel: the slab over its depth, with muscle around."""
    cover = slab().cover if cover is None else cover
    space = np.clip(cover - bone, 0.0, 1.0) * DEPTH_MM
    marrow = space * (1.0 - tumor)
    parts = {
        "bone_cortical": bone * DEPTH_MM,
        "marrow_red": marrow * (1.0 - MARROW_FAT),
        "marrow_yellow": marrow * MARROW_FAT,
        "tumor": space * tumor,
        "muscle": MUSCLE_MM + (1.0 - cover) * DEPTH_MM,
    }
    nothing = np.zeros_like(space)
    mm = np.stack([parts.get(name, nothing) for name in PATH_MATERIALS]).astype(np.float32)
    return PathLengths(mm=mm, pixel_mm=PIXEL_MM)


def core(site: str) -> npt.NDArray[np.bool_]:
    """Return the disc of 4 mm radius around the seed that curves and numbers are taken from."""
    row, column = SEEDS[site]
    y, x = np.mgrid[:SIZE_PX, :SIZE_PX]
    near = np.hypot(y - row, x - column) * PIXEL_MM <= CORE_RADIUS_MM
    return np.asarray(near & slab().inside)


def _trabeculae() -> npt.NDArray[np.float64]:
    """Return a streaky pattern along the load with mean 0 and standard deviation 1; fixed seed."""
    white = np.random.default_rng(7).standard_normal((SIZE_PX, SIZE_PX))
    fine = ndimage.gaussian_filter(white, (2.6, 0.55), mode="wrap")
    oblique = ndimage.gaussian_filter(
        np.random.default_rng(8).standard_normal((SIZE_PX, SIZE_PX)), (0.8, 1.4)
    )
    coarse = ndimage.gaussian_filter(white, 5.0, mode="wrap")
    parts = [part / part.std() * weight for part, weight in ((fine, 1.0), (oblique, 0.45), (coarse, 0.35))]
    pattern = np.sum(parts, axis=0)
    return np.asarray((pattern - pattern.mean()) / pattern.std())
