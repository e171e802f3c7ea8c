"""The CT of a generated study: one scan, and often one from before, each shown in three planes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging._patient_geometry import Placing, stack_affine
from bonemets_teach.imaging.ct import CtSettings
from bonemets_teach.imaging.ct_slice import AxialField
from bonemets_teach.imaging.ct_volume import CtRange, CtVolume, ct_volumes
from bonemets_teach.imaging.patient_record import Region
from bonemets_teach.imaging.patient_series import NamedWindow, StudySeries
from bonemets_teach.imaging.window import BONE, SOFT_TISSUE

__all__ = ["Scan", "ct_series"]

_WINDOWS: Final = tuple(
    NamedWindow(name=name, center=one.center, width=one.width)
    for name, one in (("bone", BONE), ("soft tissue", SOFT_TISSUE))
)
# Chosen: a usual scan of bone; slices [mm] as thin and pixels as many as time and the voxels of the phantom allow.
_DETAIL: Final[dict[Region, tuple[float, int]]] = {
    "lumbar vertebra": (2.5, 256), "pelvis": (4.0, 224), "femur": (3.0, 192),
}  # fmt: skip
_MARGIN_MM: Final = 6.0
_PLANES: Final = (("axial", "zyx"), ("coronal", "yzx"), ("sagittal", "xzy"))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scan:
    """What lies in the scanner, when, and the source of its noise."""

    state: VoxelState
    rng: np.random.Generator
    months_ago: float = 0.0


def ct_series(scans: Sequence[Scan], placing: Placing, region: Region) -> Iterator[StudySeries]:
    """Yield axial, coronal and sagittal stacks of each scan of a body; those of one scan share their pixels."""
    phantom = scans[0].state.phantom
    thickness, size = _DETAIL[region]
    used = CtSettings(
        tube_voltage_kv=120.0, tube_current_time_mas=200.0, slice_thickness_mm=thickness, kernel="bone"
    )
    width = max(phantom.shape[1:]) * phantom.voxel_mm + _MARGIN_MM
    volumes = ct_volumes(
        [one.state for one in scans], used, [one.rng for one in scans],
        extent=CtRange(field=AxialField(size=size, width_mm=width)),
    )  # fmt: skip
    for scan, volume in zip(scans, volumes, strict=True):
        yield from _planes(volume, placing, region, scan.months_ago)


def _planes(volume: CtVolume, placing: Placing, region: Region, months_ago: float) -> Iterator[StudySeries]:
    date: Literal["prior", "current"] = "prior" if months_ago > 0 else "current"
    used = volume.settings
    np.clip(np.rint(volume.hu, out=volume.hu), -1024, 20000, out=volume.hu)
    pixels = volume.hu.astype(np.int16)
    edge, first = (dict(zip("zyx", values, strict=True)) for values in (volume.voxel_mm, volume.origin_mm))
    for plane, axes in _PLANES:
        yield StudySeries(
            id=f"ct-{plane}" + ("-prior" if date == "prior" else ""),
            modality="CT",
            title=f"CT, {plane}",
            date=date,
            months_ago=months_ago,
            region=region,
            plane=plane,  # type: ignore[arg-type]
            pixels=pixels.transpose(["zyx".index(axis) for axis in axes]),
            scale=1.0,
            unit="HU",
            pixel_mm=(edge[axes[1]], edge[axes[2]]),
            slice_mm=edge[axes[0]],
            affine=stack_affine(
                (first["z"], first["y"], first["x"]),
                (edge[axes[0]], edge[axes[1]], edge[axes[2]]),
                axes,
                placing,
            ),
            windows=_WINDOWS,
            settings={
                "KVP": used.tube_voltage_kv,
                "Exposure": used.tube_current_time_mas,
                "ConvolutionKernel": used.kernel,
            },
        )
