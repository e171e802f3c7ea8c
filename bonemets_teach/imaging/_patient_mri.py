"""The MRI of a generated study: T1 and STIR of the region, in the plane in which it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.tissues import is_bone
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging._patient_geometry import Placing, stack_affine
from bonemets_teach.imaging._patient_phantoms import Placed
from bonemets_teach.imaging.mri import mri_slice
from bonemets_teach.imaging.mri_content import METASTASIS, LesionContent
from bonemets_teach.imaging.mri_mimics import benign_mimic
from bonemets_teach.imaging.mri_settings import MriSettings, Sequence
from bonemets_teach.imaging.patient_record import Region
from bonemets_teach.imaging.patient_series import NamedWindow, StudySeries, stored

__all__ = ["MriSubject", "collapsed_spine", "mri_series"]

_Plane = Literal["sagittal", "coronal"]

# Chosen: a usual examination at 1.5 T; distance of the slices [mm].
_SEQUENCES: Final[tuple[Sequence, ...]] = ("T1", "STIR")
_THICKNESS_MM: Final = 4.0
_SPACING_MM: Final[dict[Region, float]] = {"lumbar vertebra": 4.5, "pelvis": 6.0, "femur": 6.0}
_SIGNAL_STEP: Final = 0.1
_WINDOWS: Final = {
    "T1": (NamedWindow(name="T1", center=350.0, width=700.0), NamedWindow(name="marrow", center=300.0, width=450.0)),
    "STIR": (NamedWindow(name="STIR", center=180.0, width=360.0), NamedWindow(name="bright", center=110.0, width=220.0)),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MriSubject:
    """What lies in the scanner.

    Parameters
    ----------
    state : VoxelState
        Phantom with its lesions.
    placing : Placing
        Where the phantom lies in the patient.
    region : str
        What it shows.
    content : LesionContent
        What fills the marrow where the tumor field is above 0.
    """

    state: VoxelState
    placing: Placing
    region: Region
    content: LesionContent = METASTASIS


def collapsed_spine(spine: Placed) -> MriSubject:
    """Return the lumbar spine with a fresh osteoporotic collapse of L3, edema included."""
    mimic = benign_mimic(spine.phantom, "osteoporotic collapse")
    return MriSubject(
        state=mimic.state, placing=spine.placing, region="lumbar vertebra", content=mimic.content
    )


def mri_series(subject: MriSubject, rng: np.random.Generator) -> Iterator[StudySeries]:
    """Yield one stack for each sequence: sagittal for the spine, coronal for pelvis and hip."""
    plane: _Plane = "sagittal" if subject.region == "lumbar vertebra" else "coronal"
    layers, step_mm = _layers(subject, plane)
    settings = [MriSettings(sequence=name, slice_thickness_mm=_THICKNESS_MM) for name in _SEQUENCES]
    # One slice after the other, so that each slab is cut once for both sequences.
    images = [
        [mri_slice(subject.state, plane, layer, used, rng, subject.content) for used in settings]
        for layer in layers
    ]
    for number, used in enumerate(settings):
        first = images[0][number]
        pixels, scale = stored(np.stack([row[number].values for row in images]), _SIGNAL_STEP)
        yield StudySeries(
            id=f"mri-{used.sequence.lower()}", modality="MR", title=f"MRI {used.sequence}, {plane}", date="current",
            region=subject.region, plane=plane, pixels=pixels, scale=scale, unit="signal", pixel_mm=first.pixel_mm,
            slice_mm=step_mm, affine=_affine(subject, plane, first.position_mm, (step_mm, *first.pixel_mm), pixels.shape[1]),
            windows=_WINDOWS[used.sequence], settings=_keywords(used),
        )  # fmt: skip


def _layers(subject: MriSubject, plane: _Plane) -> tuple[list[int], float]:
    """Return the layers of the phantom in the middle of each slice, those that hold bone, and their distance [mm]."""
    phantom, axis = subject.state.phantom, {"coronal": 1, "sagittal": 2}[plane]
    bone = is_bone(phantom.label).any(axis=tuple(k for k in range(3) if k != axis))
    used = np.flatnonzero(bone)
    step = max(1, round(_SPACING_MM[subject.region] / phantom.voxel_mm))
    first, last = int(used[0]) + step // 2, int(used[-1])
    return list(range(first, last + 1, step)), step * phantom.voxel_mm


def _affine(
    subject: MriSubject, plane: _Plane, position_mm: float, step_mm: tuple[float, float, float], size: int
) -> npt.NDArray[np.float64]:
    """Return the affine of square images that are centered on the phantom."""
    phantom = subject.state.phantom
    axes = {"coronal": "yzx", "sagittal": "xzy"}[plane]
    center = dict(zip("zyx", (n * phantom.voxel_mm / 2 for n in phantom.shape), strict=True))
    first = center | {axes[0]: position_mm}
    for axis, step in zip(axes[1:], step_mm[1:], strict=True):
        first[axis] -= (size - 1) / 2 * step
    return stack_affine((first["z"], first["y"], first["x"]), step_mm, axes, subject.placing)


def _keywords(used: MriSettings) -> dict[str, object]:
    timing = used.timing
    known: dict[str, object] = {
        "MagneticFieldStrength": used.field_t, "RepetitionTime": timing.tr_ms, "EchoTime": timing.te_ms,
        "FlipAngle": timing.flip_deg, "ScanningSequence": "SE", "SequenceVariant": "SK",
    }  # fmt: skip
    if timing.ti_ms is not None:
        known |= {"ScanningSequence": ["SE", "IR"], "InversionTime": timing.ti_ms}
    return known
