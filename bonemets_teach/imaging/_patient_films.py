"""The radiographs of a generated study."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging._patient_geometry import Placing, stack_affine
from bonemets_teach.imaging._radiograph_display import processed
from bonemets_teach.imaging.patient_record import Region
from bonemets_teach.imaging.patient_series import NamedWindow, StudySeries, stored
from bonemets_teach.imaging.radiograph_views import FilmSettings, Projection, film

__all__ = ["film_series"]

# Chosen: usual settings; a lateral pelvis is not asked for.
_VIEWS: Final[dict[Region, tuple[tuple[Projection, float], ...]]] = {
    "lumbar vertebra": (("AP", 80.0), ("lateral", 90.0)),
    "pelvis": (("AP", 80.0),),
    "femur": (("AP", 77.0), ("lateral", 85.0)),
}
_SIZE: Final = 512
# Chosen: field before and behind the middle of a vertebral body, or to its sides [mm].
_HALF_FIELD_MM: Final[dict[Projection, tuple[float, float]]] = {"AP": (90.0, 90.0), "lateral": (65.0, 75.0)}
_STEP: Final = 0.05
_WINDOWS: Final = (
    NamedWindow(name="bone", center=20.0, width=130.0), NamedWindow(name="more contrast", center=38.0, width=80.0),
    NamedWindow(name="soft tissue", center=-35.0, width=150.0),
)  # fmt: skip


def film_series(
    state: VoxelState, placing: Placing, region: Region, rng: np.random.Generator
) -> Iterator[StudySeries]:
    """Yield the films of the region, one series for each projection."""
    extent = [n * state.phantom.voxel_mm for n in state.phantom.shape]
    for projection, voltage in _VIEWS[region]:
        field = _field(state, projection) if region == "lumbar vertebra" else None
        used = FilmSettings(projection=projection, tube_voltage_kv=voltage, size=_SIZE, collimation_mm=field)
        taken = film(state, used, seed=int(rng.integers(2**31)))
        edge = taken.pixel_mm
        pixels, scale = stored(processed(taken.values, edge)[None], _STEP)
        axes = "yzx" if projection == "AP" else "xzy"
        depth = extent["zyx".index(axes[0])]
        left = edge / 2 + (_whole_voxels(field[2], state.phantom.voxel_mm) if field else 0.0)
        first = {"z": edge / 2, axes[2]: left, axes[0]: depth / 2}
        yield StudySeries(
            id=f"film-{projection.lower()}", modality="DX", title=f"Radiograph, {projection}", date="current", region=region,
            plane="coronal" if projection == "AP" else "sagittal", pixels=pixels, scale=scale, unit="display",
            pixel_mm=(edge, edge), slice_mm=depth,
            affine=stack_affine((first["z"], first["y"], first["x"]), (depth, edge, edge), axes, placing),
            windows=_WINDOWS, projection=True, settings={"KVP": voltage},
        )  # fmt: skip


def _field(state: VoxelState, projection: Projection) -> tuple[float, float, float, float]:
    """Return the collimated field around a vertebra: top, bottom, left and right [mm]."""
    phantom = state.phantom
    axis = 2 if projection == "AP" else 1
    middle, end = phantom.sites["vertebral body"][axis], phantom.shape[axis] * phantom.voxel_mm
    before, behind = _HALF_FIELD_MM[projection]
    return 0.0, phantom.shape[0] * phantom.voxel_mm, max(middle - before, 0.0), min(middle + behind, end)


def _whole_voxels(length_mm: float, voxel_mm: float) -> float:
    """Return where a collimated field begins: at the edge of a voxel [mm]."""
    return int(length_mm / voxel_mm) * voxel_mm
