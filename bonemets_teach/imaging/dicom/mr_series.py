"""MR images of the simulator as a series for export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.dicom.geometry import Vector, VolumeGeometry
from bonemets_teach.imaging.dicom.series import Series
from bonemets_teach.imaging.mri import MriImage

__all__ = ["mr_series"]

# Axis of the phantom that is normal to the plane, and those of rows and columns.
_AXES: Final[Mapping[str, tuple[int, int, int]]] = MappingProxyType({
    "axial": (0, 1, 2), "coronal": (1, 0, 2), "sagittal": (2, 0, 1),
})  # fmt: skip
# Signal of an image is arbitrary, ADC is stored in the whole numbers that scanners use.
_UNITS: Final[Mapping[str, tuple[str, float]]] = MappingProxyType({
    "signal": ("signal", 1.0), "%": ("%", 1.0), "10⁻³ mm²/s": ("1e-6 mm2/s", 1000.0),
})  # fmt: skip
_GRADIENT: Final = frozenset({"in phase", "opposed phase", "fat fraction"})


def mr_series(
    images: Sequence[MriImage], phantom_mm: Vector, description: str = "", **settings: Any
) -> Series:
    """Return MR images of one acquisition as a series.

    Parameters
    ----------
    images : sequence of MriImage
        From `bonemets_teach.imaging.mri`, of one plane and sequence, positions evenly increasing.
    phantom_mm : tuple of float
        Extent of the phantom along (z, y, x) [mm]; images are centered on it.
    description : str, default sequence and plane
        Name in a viewer's list.
    **settings : value
        More DICOM keywords.

    Returns
    -------
    series : Series
        MR, where the phantom has it.

    Raises
    ------
    ParameterError
        If images are none, of several kinds, or not evenly spaced.
    """
    _require_one_kind(images)
    first = images[0]
    used = first.settings
    steps = np.diff([image.position_mm for image in images])
    step = float(steps[0]) if steps.size else used.slice_thickness_mm
    if step <= 0 or not np.allclose(steps, step, rtol=1e-3):
        message = "positions of the images do not increase evenly; choose evenly spaced layers"
        raise ParameterError(message)
    unit, factor = _UNITS[first.unit]
    return Series(
        modality="MR", description=description or f"{used.sequence} {first.plane}",
        pixels=np.stack([image.values for image in images]) * np.float32(factor), unit=unit,
        geometry=_geometry(first, step, phantom_mm), settings=_known(first) | settings,
    )  # fmt: skip


def _require_one_kind(images: Sequence[MriImage]) -> None:
    kinds = {(image.plane, image.settings, image.pixel_mm, image.values.shape) for image in images}
    if len(kinds) != 1:
        message = f"{len(images)} images of {len(kinds)} kinds; give images of one plane, size and sequence"
        raise ParameterError(message)


def _geometry(image: MriImage, step: float, phantom_mm: Vector) -> VolumeGeometry:
    normal, rows, columns = _AXES[image.plane]
    voxel, corner = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]
    voxel[normal], corner[normal] = step, image.position_mm - step / 2
    for axis, count, edge in zip((rows, columns), image.values.shape, image.pixel_mm, strict=True):
        voxel[axis] = edge
        corner[axis] = (phantom_mm[axis] - count * edge) / 2
    return VolumeGeometry.from_phantom(
        image.plane, (voxel[0], voxel[1], voxel[2]), corner_mm=(corner[0], corner[1], corner[2]),
        thickness_mm=image.settings.slice_thickness_mm,
    )  # fmt: skip


def _known(image: MriImage) -> dict[str, Any]:
    used, timing = image.settings, image.settings.timing
    known: dict[str, Any] = {
        "MagneticFieldStrength": used.field_t, "RepetitionTime": timing.tr_ms, "EchoTime": timing.te_ms,
        "FlipAngle": timing.flip_deg, "NumberOfAverages": timing.averages, "PixelBandwidth": timing.bandwidth_hz_px,
        "EchoTrainLength": max(1, timing.echo_train), "SequenceVariant": "SK",
        "ScanningSequence": "EP" if used.sequence in {"diffusion", "ADC"} else "SE",
        "ScanOptions": "FS" if used.suppresses_fat else "",
    }  # fmt: skip
    if used.sequence in _GRADIENT:
        known["ScanningSequence"] = "GR"
    if timing.ti_ms is not None:
        known |= {"ScanningSequence": [known["ScanningSequence"], "IR"], "InversionTime": timing.ti_ms}
    if used.sequence in {"ADC", "fat fraction"}:
        known["ImageType"] = ["DERIVED", "PRIMARY", "OTHER"]
    return known
