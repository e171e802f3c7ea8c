"""A CT slice for questions: hip, pelvis or vertebra, through a named place, with a finding at another or the same."""

from __future__ import annotations

from types import MappingProxyType
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import distance_transform_edt

from bonemets_teach.anatomy.tissues import PELVIS, Tissue
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging.ct import CtSettings, project_slice, reconstruct
from bonemets_teach.imaging.ct_slice import AxialField, axial_maps
from bonemets_teach.imaging.window import BONE, SOFT_TISSUE
from bonemets_teach.scenes.parameter import Choice, Control, Option
from bonemets_teach.scenes.plates._findings import FINDING_CONTROLS, region_state
from bonemets_teach.scenes.plates.exposed import Exposed, cut, enlarged, shades
from bonemets_teach.scenes.plates.plate import Plate
from bonemets_teach.scenes.scene import State

__all__ = ["CtPlate"]

_Array = npt.NDArray[np.float32]
_WINDOWS: Final = MappingProxyType({"bone": BONE, "soft tissue": SOFT_TISSUE})
_SETTINGS: Final = CtSettings(
    tube_voltage_kv=120.0, tube_current_time_mas=200.0, slice_thickness_mm=2.5, kernel="bone"
)
# Chosen: pixels of the whole field, and what is shown of it to each side of a vertebra [mm].
_PIXELS: Final = 320
_HALF_MM: Final = 62.0
_MARGIN_MM: Final = 6.0
# Chosen: places this far above or below the slice still count as lying in it; radius of the disc that is measured [mm].
_NEAR_MM: Final = 5.0
_DISC_MM: Final = 2.5
_BODY_HU: Final = -300.0
_RIM_PIXELS: Final = 6
_TISSUES: Final = MappingProxyType({
    "muscle": (Tissue.SOFT,), "fat": (Tissue.FAT,), "cortex": (Tissue.CORTEX,), "canal": (Tissue.CSF, Tissue.CORD),
    "marrow canal": (Tissue.MARROW,), "bone across the joint": PELVIS, "trabecular bone": (Tissue.TRABECULAR,),
})  # fmt: skip
"""Tissues of which the place farthest from their border is known."""


class CtPlate(Plate):
    """An axial slice of a region."""

    id: ClassVar[str] = "ct-plate"
    title: ClassVar[str] = "A CT slice to read"
    summary: ClassVar[str] = "An axial CT slice of hip, pelvis or vertebra with a finding at a named place."
    controls: ClassVar[tuple[Control, ...]] = (
        *FINDING_CONTROLS,
        Choice(
            name="window", label="Window", default="bone",
            options=tuple(Option(value=name, label=name) for name in _WINDOWS),
        ),
    )  # fmt: skip

    def expose(self, state: State) -> Exposed:
        """Take the slice through the place of the finding; see `Plate.expose`."""
        body, finding, site = (str(state[name]) for name in ("body", "finding", "site"))
        subject = region_state(body, finding, site, float(state["months"]))
        level = subject.phantom.sites[site][0]
        width = max(subject.phantom.shape[1:]) * subject.phantom.voxel_mm + _MARGIN_MM
        field = AxialField(size=_PIXELS, width_mm=width)
        maps = axial_maps(subject, level_mm=level, thickness_mm=_SETTINGS.slice_thickness_mm, field=field)
        hu = reconstruct(project_slice(maps), _SETTINGS, seed=1).hu
        marks = _marks(subject, field, level)
        if finding != "none":
            marks["finding"] = marks[site]
        numbers = {f"{name.replace(' ', '_')}_hu": _mean(hu, field, at) for name, at in marks.items()}
        window = _WINDOWS[str(state["window"])]
        shown = Exposed(
            values=shades(hu, window.center, window.width), pixel_mm=field.pixel_mm, marks=marks, numbers=numbers,
            words=f"Axial CT of the {body} through the {site}, {window.width:g} HU wide window: {finding}.",
        )  # fmt: skip
        return _cropped(shown, marks["canal"]) if "canal" in marks else _trimmed(shown, hu)


def _marks(subject: VoxelState, field: AxialField, level_mm: float) -> dict[str, tuple[float, float]]:
    """Return the sites near the slice, and the place of each tissue that is farthest from its border."""
    phantom = subject.phantom
    marks = {
        name: field.pixel_of(subject, y, x)
        for name, (z, y, x) in phantom.sites.items()
        if abs(z - level_mm) <= _NEAR_MM
    }
    label = phantom.label[min(int(level_mm / phantom.voxel_mm), phantom.shape[0] - 1)]
    for name, kinds in _TISSUES.items():
        depth = distance_transform_edt(np.pad(np.isin(label, kinds), 1))[1:-1, 1:-1]
        if depth.max() > 0:
            row, column = np.unravel_index(int(np.argmax(depth)), depth.shape)
            marks[name] = field.pixel_of(
                subject, (float(row) + 0.5) * phantom.voxel_mm, (float(column) + 0.5) * phantom.voxel_mm
            )
    return marks


def _mean(hu: _Array, field: AxialField, at: tuple[float, float]) -> float:
    rows, columns = np.ogrid[: hu.shape[0], : hu.shape[1]]
    disc = np.hypot(rows - at[0], columns - at[1]) * field.pixel_mm <= _DISC_MM
    return float(hu[disc].mean()) if disc.any() else float("nan")


def _cropped(shown: Exposed, middle: tuple[float, float]) -> Exposed:
    """Return what lies around a vertebra, larger."""
    half = round(_HALF_MM / shown.pixel_mm)
    rows, columns = shown.values.shape
    # The body lies before the canal, so more is shown of what is before it.
    top = min(max(round(middle[0] - 1.1 * half), 0), rows - 2 * half)
    left = min(max(round(middle[1] - half), 0), columns - 2 * half)
    return enlarged(cut(shown, (top, top + 2 * half), (left, left + 2 * half)), 2)


def _trimmed(shown: Exposed, hu: _Array) -> Exposed:
    """Return the rows that hold the body."""
    used = np.flatnonzero((hu > _BODY_HU).mean(axis=1) > 0.1)
    return cut(
        shown,
        (max(int(used[0]) - _RIM_PIXELS, 0), min(int(used[-1]) + _RIM_PIXELS, hu.shape[0])),
        (0, hu.shape[1]),
    )
