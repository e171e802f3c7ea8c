"""The bone scans of a generated study."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

import numpy as np

from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging._patient_geometry import stack_affine
from bonemets_teach.imaging.patient_series import NamedWindow, StudySeries, stored
from bonemets_teach.imaging.planar_display import WindowName, display_window
from bonemets_teach.imaging.planar_scan import planar_scan

__all__ = ["bone_scan"]

_WINDOWS: Final[tuple[WindowName, ...]] = ("bone", "lesion", "soft tissue")


def bone_scan(
    state: VoxelState, rng: np.random.Generator, *, months_ago: float = 0.0
) -> Iterator[StudySeries]:
    """Yield the anterior and the posterior view of a whole-body bone scan."""
    scan = planar_scan(state, rng=rng)
    date: Literal["prior", "current"] = "prior" if months_ago > 0 else "current"
    edge = scan.pixel_mm[0]
    depth, width = (n * state.phantom.voxel_mm for n in state.phantom.shape[1:])
    windows = tuple(
        NamedWindow(name=name, center=one.center, width=one.width)
        for name, one in ((name, display_window(scan, name)) for name in _WINDOWS)
    )
    # From behind, columns run toward the patient's right.
    for view, counts, first_x, step in (
        ("anterior", scan.anterior, edge / 2, edge),
        ("posterior", scan.posterior, width - edge / 2, -edge),
    ):
        pixels, scale = stored(counts[None], 1.0)
        yield StudySeries(
            id=f"bone-scan-{view}" + ("-prior" if date == "prior" else ""),
            modality="NM",
            title=f"Bone scan, {view}",
            date=date,
            region="whole body",
            plane="coronal",
            pixels=pixels,
            scale=scale,
            unit="counts",
            pixel_mm=scan.pixel_mm,
            slice_mm=depth,
            affine=stack_affine((edge / 2, depth / 2, first_x), (depth, edge, step), "yzx"),
            windows=windows,
            inverted=True,
            projection=True,
            months_ago=months_ago,
            settings={
                "BodyPartExamined": "WHOLEBODY",
                "Radiopharmaceutical": "MDP",
                "CollimatorGridName": scan.settings.collimator,
                "RadionuclideTotalDose": scan.settings.activity_mbq,
            },
        )
