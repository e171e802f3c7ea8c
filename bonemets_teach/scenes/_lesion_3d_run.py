"""Runs of the lesion in the block, kept so that months and planes cost nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology.lesion_field import LesionSettings, grow
from bonemets_teach.biology.lesion_margin import measure_margin
from bonemets_teach.imaging.radiograph import RadiographSettings, expose, transmit
from bonemets_teach.scenes import _lesion_3d_block as geometry
from bonemets_teach.scenes._lesion_3d_film import paths
from bonemets_teach.scenes.progress import report

__all__ = ["LONGEST_MONTHS", "Run3d", "film_values", "run_lesion"]

LONGEST_MONTHS: Final = 18
FILM: Final = RadiographSettings(tube_voltage_kv=66.0, tube_current_time_mas=8.0)
# Seed of the mosaic; chosen so that a mixed lesion shows dark and white parts near its core.
_MOSAIC_SEED: Final = 3
# chosen: a voxel has lost or gained bone beyond a quarter of what it had
_CHANGED: Final = 0.25
_GROWING: Final = 0.85  # share of the time that growing takes, for the progress bar

_Series = npt.NDArray[np.float64]
_Stack = npt.NDArray[np.float32]
_Small = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Run3d:
    """One lesion over 18 months.

    Parameters
    ----------
    bone, tumor : ndarray of uint8, shape (month, z, y, x)
        Fields of the block, in steps of 1 / 255.
    bone_mm, tumor_mm : ndarray of shape (month, row, column)
        Bone, and tumor in the marrow space, on the ray through each pixel of the film [mm].
    series : dict of str to ndarray of shape (month,)
        Numbers of the lesion, month by month.
    """

    bone: _Small
    tumor: _Small
    bone_mm: _Stack
    tumor_mm: _Stack
    series: dict[str, _Series]


# The lesion of the start, which all learners share, and one more.
@lru_cache(maxsize=2)
def run_lesion(phenotype: float, growth_speed: float, heterogeneity: float, site: str) -> Run3d:
    """Grow the lesion for 18 months and measure each month; a lesion runs to about 20 MB."""
    block = geometry.block()
    settings = LesionSettings(
        phenotype=phenotype, growth_speed=growth_speed, heterogeneity=heterogeneity, months=LONGEST_MONTHS,
        seed_index=geometry.SEEDS[site], voxel_mm=geometry.VOXEL_MM, noise_seed=_MOSAIC_SEED, compact=True,
    )  # fmt: skip
    snapshots = grow(
        block.bone_fraction, block.turnover_per_year, settings, region=block.inside,
        progress=lambda share, text: report(_GROWING * share, text),
    )  # fmt: skip
    rows, shadows = [], []
    for month in range(LONGEST_MONTHS + 1):
        report(_GROWING + (1.0 - _GROWING) * month / LONGEST_MONTHS, f"Measuring month {month}")
        tumor, bone = (
            fields[month].astype(np.float32) for fields in (snapshots.tumor, snapshots.bone_fraction)
        )
        rows.append(_measure(tumor, bone))
        shadows.append([_along_ray(bone), _along_ray(np.clip(block.cover - bone, 0.0, 1.0) * tumor)])
    bone_mm, tumor_mm = np.array(shadows, dtype=np.float32).transpose(1, 0, 2, 3)
    series = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    bone, tumor = (_small(fields) for fields in (snapshots.bone_fraction, snapshots.tumor))
    return Run3d(bone=bone, tumor=tumor, bone_mm=bone_mm, tumor_mm=tumor_mm, series=series)


def _small(fields: npt.NDArray[Any]) -> _Small:
    return np.stack([np.rint(field.astype(np.float32) * 255.0).astype(np.uint8) for field in fields])


def film_values(run: Run3d, month: float) -> npt.NDArray[np.float32]:
    """Return the frontal radiograph of the block, 100 ln(reference / signal) [%], on one scale for all."""
    first = min(int(month), LONGEST_MONTHS - 1)
    part = np.float32(month - first)
    bone, tumor = (
        stack[first] + part * (stack[first + 1] - stack[first]) for stack in (run.bone_mm, run.tumor_mm)
    )
    return expose(transmit(paths(bone, tumor), FILM, reference=_reference()), seed=3).values


@cache
def _reference() -> float:
    healthy = _along_ray(geometry.block().bone_fraction)
    return transmit(paths(healthy, np.zeros_like(healthy)), FILM).reference


def _along_ray(field: npt.NDArray[np.float32]) -> npt.NDArray[Any]:
    return np.asarray(field.sum(axis=1) * np.float32(geometry.VOXEL_MM))


def _measure(tumor: npt.NDArray[np.float32], bone: npt.NDArray[np.float32]) -> dict[str, float]:
    block = geometry.block()
    lesion = tumor >= 0.5
    volume = float(lesion.sum()) * geometry.VOXEL_MM**3
    margin = measure_margin(tumor, geometry.VOXEL_MM, block.open)
    where = lesion & ~block.cortex
    before = block.bone_fraction[where]
    kept = bone[where] / before if before.size else np.ones(1)
    return {
        "tumor_cm3": volume / 1000.0,
        "lesion_width_mm": 2.0 * (0.75 * volume / np.pi) ** (1.0 / 3.0),
        "bone_in_lesion_percent": 100.0 * float(bone[where].sum() / before.sum()) if before.size else 100.0,
        "lost_parts_percent": 100.0 * float((kept < 1.0 - _CHANGED).mean()),
        "gained_parts_percent": 100.0 * float((kept > 1.0 + _CHANGED).mean()),
        "thinnest_cortex_percent": _thinnest_cortex(bone),
        "margin_width_mm": margin.width_mm,
        "margin_lacunarity": margin.lacunarity,
    }


def _thinnest_cortex(bone: npt.NDArray[np.float32]) -> float:
    """Return the least bone left in the cortex along a row of the block, of both sides [% of start]."""
    block = geometry.block()
    half = geometry.SIZE // 2
    left = np.where(block.cortex, bone, 0.0)
    start = np.where(block.cortex, block.bone_fraction, 0.0)
    sides = [slice(0, half), slice(half, geometry.SIZE)]
    # Three rows from front to back are taken together, so that one voxel does not decide.
    middle = slice(half - 1, half + 2)
    shares = [
        left[:, middle, side].sum(axis=(1, 2)) / start[:, middle, side].sum(axis=(1, 2)) for side in sides
    ]
    return 100.0 * float(np.min(shares))
