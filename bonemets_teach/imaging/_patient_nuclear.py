"""The PET and the SPECT of a generated study."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging._patient_geometry import stack_affine
from bonemets_teach.imaging.patient_record import Region
from bonemets_teach.imaging.patient_series import NamedWindow, StudySeries, stored
from bonemets_teach.imaging.pet import PetSettings, pet
from bonemets_teach.imaging.spect import SpectSettings, spect_volume

__all__ = ["pet_series", "spect_series"]

# Chosen: fine enough for what 16 bits can hold [SUV].
_SUV_STEP: Final = 0.01
_PET_WINDOWS: Final = {
    "FDG": (NamedWindow(name="SUV 0 to 7", center=3.5, width=7.0), NamedWindow(name="SUV 0 to 15", center=7.5, width=15.0)),
    "PSMA": (
        NamedWindow(name="SUV 0 to 10", center=5.0, width=10.0), NamedWindow(name="SUV 0 to 25", center=12.5, width=25.0),
    ),
}  # fmt: skip
_SPECT_WINDOWS: Final = (
    NamedWindow(name="bone", center=8.0, width=16.0), NamedWindow(name="lesion", center=20.0, width=40.0),
)  # fmt: skip
# Chosen: fewer views and iterations than usual, for time; slices every one or two layers of the skeleton.
_SPECT: Final = SpectSettings(views=48, iterations=2, subsets=12)
_SPECT_HALF_MM: Final[dict[Region, tuple[float, int]]] = {
    "lumbar vertebra": (64.0, 1), "pelvis": (120.0, 2), "femur": (96.0, 2),
}  # fmt: skip
_PLANES: Final[tuple[tuple[Literal["axial", "coronal"], str], ...]] = (("axial", "zyx"), ("coronal", "yzx"))


def pet_series(
    state: VoxelState, tracer: Literal["FDG", "PSMA"], rng: np.random.Generator
) -> Iterator[StudySeries]:
    """Yield the maximum intensity projection and the coronal slices of a PET."""
    used = PetSettings(tracer=tracer)
    volume = pet(state, used, rng)
    edge, depth = volume.pixel_mm[0], volume.values.shape[1] * volume.pixel_mm[0]
    shared: dict[str, Any] = {
        "modality": "PT", "date": "current", "region": "whole body", "plane": "coronal", "unit": "SUV",
        "pixel_mm": volume.pixel_mm, "windows": _PET_WINDOWS[tracer], "inverted": True,
        "settings": {
            "Radiopharmaceutical": tracer, "RadionuclideTotalDose": used.activity_mbq * 1e6,
            "ActualFrameDuration": round(used.minutes * 60_000),
        },
    }  # fmt: skip
    pixels, scale = stored(volume.values.transpose(1, 0, 2), _SUV_STEP)
    yield StudySeries(
        id="pet-mip", title=f"{tracer} PET, maximum projection", pixels=pixels.max(axis=0, keepdims=True), scale=scale,
        slice_mm=depth, affine=stack_affine((edge / 2, depth / 2, edge / 2), (depth, edge, edge), "yzx"),
        projection=True, **shared,
    )  # fmt: skip
    yield StudySeries(
        id="pet-coronal", title=f"{tracer} PET, coronal", pixels=pixels, scale=scale, slice_mm=edge,
        affine=stack_affine((edge / 2, edge / 2, edge / 2), (edge, edge, edge), "yzx"), **shared,
    )  # fmt: skip


def spect_series(
    state: VoxelState, center_z_mm: float, region: Region, rng: np.random.Generator
) -> Iterator[StudySeries]:
    """Yield axial and coronal slices of a SPECT around a height of the body; they share their pixels."""
    half, step = _SPECT_HALF_MM[region]
    voxel = state.phantom.voxel_mm
    ends = [round((center_z_mm + side * half) / voxel) for side in (-1, 1)]
    planes = np.arange(max(ends[0], 0), min(ends[1], state.phantom.shape[0]), step)
    volume = spect_volume(state, planes, _SPECT, rng)
    pixels, scale = stored(volume.values, _SUV_STEP)
    edge = volume.pixel_mm[0]
    size = {"z": volume.slice_mm, "y": edge, "x": edge}
    first = ((float(planes[0]) + 0.5) * voxel, edge / 2, edge / 2)
    for plane, axes in _PLANES:
        order: npt.NDArray[np.int16] = pixels.transpose(["zyx".index(axis) for axis in axes])
        yield StudySeries(
            id=f"spect-{plane}", modality="NM", title=f"SPECT, {plane}", date="current", region=region, plane=plane,
            pixels=order, scale=scale, unit="SUV", pixel_mm=(size[axes[1]], size[axes[2]]), slice_mm=size[axes[0]],
            affine=stack_affine(first, (size[axes[0]], size[axes[1]], size[axes[2]]), axes),
            windows=_SPECT_WINDOWS, inverted=True,
            settings={
                "Radiopharmaceutical": "MDP", "CollimatorGridName": _SPECT.collimator,
                "RadionuclideTotalDose": _SPECT.activity_mbq,
            },
        )  # fmt: skip
