"""Runs of the lesion in the slab, kept so that months, and phenotypes seen before, cost nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from bonemets_teach.biology.lesion_field import (
    LesionCourse,
    LesionSettings,
    LesionSnapshots,
    grow,
    new_bone_share,
)
from bonemets_teach.imaging.radiograph import RadiographSettings, expose, transmit
from bonemets_teach.scenes import _lesion_slab as geometry

LONGEST_MONTHS: Final = 18
# Calibrated: overlying anatomy varies by 0.5 % behind scatter, and the eye asks for five times that (Rose).
SEEN_PERCENT: Final = 2.5
FILM: Final = RadiographSettings(tube_voltage_kv=66.0, tube_current_time_mas=6.0)
# Seed of the mosaic; chosen so that a mixed lesion shows dark and white parts near its core.
_MOSAIC_SEED: Final = 1

# 4 pixels are 2.5 mm; three blocks are about as wide as the smallest lesion that is looked for.
_BLOCK_PX: Final = 4

_Series = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LesionRun:
    """One lesion over 18 months, with means over its core at each month.

    Parameters
    ----------
    snapshots : LesionSnapshots
        Fields of the slab.
    core : LesionCourse
        Means over the core.
    new_bone : ndarray of shape (month,)
        Share of the core's bone laid down since the seed, 0..1.
    film, darkest, whitest : ndarray of shape (month,)
        Change of the light behind the core, and the most and the least behind any place 7.5 mm wide
        [%]; above 0 is darker on film.
    radius_mm : ndarray of shape (month,)
        Radius of a disc as large as the area that is at least half tumor [mm].
    """

    snapshots: LesionSnapshots
    core: LesionCourse
    new_bone: _Series
    film: _Series
    darkest: _Series
    whitest: _Series
    radius_mm: _Series


# The 21 phenotypes of the default are grown before the first learner comes and shared by all.
@lru_cache(maxsize=28)
def lesion_run(phenotype: float, growth_speed: float, site: str) -> LesionRun:
    """Grow a lesion in the slab, or return it if it is known."""
    slab = geometry.slab()
    settings = LesionSettings(
        phenotype=phenotype, growth_speed=growth_speed, seed_index=geometry.SEEDS[site],
        months=LONGEST_MONTHS, voxel_mm=geometry.PIXEL_MM, noise_seed=_MOSAIC_SEED,
    )  # fmt: skip
    snapshots = grow(slab.bone_fraction, slab.turnover_per_year, settings, region=slab.inside)
    where = geometry.core(site)
    core = snapshots.course(where)
    everywhere = _film_change(*(_coarse(field) for field in (snapshots.bone_fraction, snapshots.tumor)))
    area = (snapshots.tumor >= 0.5).sum(axis=(1, 2)) * geometry.PIXEL_MM**2
    film = _film_change(core.bone_fraction, core.tumor)[:, 0]
    return LesionRun(
        snapshots=snapshots,
        core=core,
        new_bone=new_bone_share(core, float(slab.turnover_per_year[where].mean())),
        film=film,
        darkest=np.maximum(everywhere.max(axis=1), film),
        whitest=np.minimum(everywhere.min(axis=1), film),
        radius_mm=np.sqrt(area / np.pi),
    )


def film_values(bone: npt.NDArray[np.float32], tumor: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the radiograph of the slab, 100 ln(reference / signal), on the same scale for every lesion."""
    paths = geometry.paths(bone, tumor)
    return expose(transmit(paths, FILM, reference=_healthy_film()[0]), seed=3).values


def _film_change(bone: npt.NDArray[np.floating[Any]], tumor: npt.NDArray[np.floating[Any]]) -> _Series:
    """Return how much more light falls than in the first month [%], shape (month, place), scatter included."""
    months = len(bone)
    bone, tumor = (np.asarray(field, dtype=np.float32).reshape(months, -1) for field in (bone, tumor))
    parts = geometry.paths(bone, tumor, cover=np.ones_like(bone))
    bare = RadiographSettings(tube_voltage_kv=FILM.tube_voltage_kv, scatter=False)
    signal = transmit(parts, bare).signal.astype(np.float64)
    return np.asarray(100.0 * (signal / signal[0] - 1.0) / (1.0 + _healthy_film()[1]))


def _coarse(fields: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return means over places 7.5 mm wide inside the bone, shape (month, place)."""
    cells = geometry.SIZE_PX // _BLOCK_PX
    blocks = fields.reshape(len(fields), cells, _BLOCK_PX, cells, _BLOCK_PX).mean(axis=(2, 4))
    smooth = ndimage.uniform_filter(blocks, (0, 3, 3), mode="nearest")
    return np.asarray(smooth[:, _places_inside()])


@cache
def _places_inside() -> npt.NDArray[np.bool_]:
    cells = geometry.SIZE_PX // _BLOCK_PX
    share = geometry.slab().cover.reshape(cells, _BLOCK_PX, cells, _BLOCK_PX).mean(axis=(1, 3))
    return np.asarray(ndimage.minimum_filter(share, 3, mode="nearest") > 0.99)


@cache
def _healthy_film() -> tuple[float, float]:
    """Return the reference signal and the scatter-to-primary ratio of the healthy slab."""
    bone = geometry.slab().bone_fraction
    exposure = transmit(geometry.paths(bone, np.zeros_like(bone)), FILM)
    return exposure.reference, float(exposure.scatter_to_primary[geometry.slab().inside].mean())
