"""A slice of SPECT/CT for questions: CT and SPECT of the third lumbar vertebra side by side, or SPECT and planar scan."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any, ClassVar, Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import zoom

from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.imaging.window import BONE
from bonemets_teach.scenes._spect_ct_body import FINDINGS, body, places, site_of
from bonemets_teach.scenes._spect_ct_images import CT_PIXEL_MM, KNOWN, ORIGIN_MM
from bonemets_teach.scenes._spect_ct_result import SpectCt, take_spect_ct
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter
from bonemets_teach.scenes.plates.exposed import Exposed, beside, cut, enlarged, in_grays, lettered, shades
from bonemets_teach.scenes.plates.plate import Plate
from bonemets_teach.scenes.scene import State

__all__ = ["SpectPlate"]

_Array = npt.NDArray[np.float32]

# Chosen: a longer scan and the usual reconstruction, and the SUV that is black.
_MADE: Final = MappingProxyType({"seconds": 30.0, "iterations": 4.0, "filter_mm": 7.0, "top_suv": 30.0})
_PAIRS: Final = MappingProxyType({"ct": "CT and SPECT", "planar": "Planar scan from behind and SPECT"})
_BLACK_SUV: Final = MappingProxyType({"cold": 10.0, "none": 10.0})
# Chosen: what is shown of the slice, in pixels of the CT; few grays, since noise makes a picture large to send.
_ROWS: Final = (36, 170)
_COLUMNS: Final = (64, 182)
_ENLARGED: Final = 3
_GRAYS: Final = 40
# Places so far above or below the slice still lie in it [mm].
_NEAR_MM: Final = 5.5
_ARCH: Final = ("right pedicle", "left pedicle", "right facet joint", "left facet joint")
_BEHIND_CANAL_MM: Final = 12.0
_BLACK_OVER_HEALTHY: Final = 1.4
# Chosen: places of the planar view that are no finding, from its lower edge [pixel] and in shares of its width.
_EDGE_ROWS: Final = 2
_BESIDE: Final = 0.89


def _options(labels: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=label) for value, label in labels.items())


class SpectPlate(Plate):
    """Two pictures of one finding."""

    id: ClassVar[str] = "spect-plate"
    title: ClassVar[str] = "A SPECT/CT to read"
    summary: ClassVar[str] = "A slice through a finding of the third lumbar vertebra."
    controls: ClassVar[tuple[Control, ...]] = (
        Choice(name="finding", label="Finding in L3", default="pedicle", options=_options(dict(FINDINGS))),
        Parameter(
            name="diameter_mm", label="Diameter of the finding", low=0, high=30, step=1, default=16, unit="mm",
            source="chosen: a vertebral body is about 45 mm wide",
        ),
        Choice(name="known", label="Corrected for", default="both", options=_options({name: name for name in KNOWN})),
        Choice(name="pair", label="Pictures", default="ct", options=_options(dict(_PAIRS))),
    )  # fmt: skip

    def expose(self, state: State) -> Exposed:
        """Take both pictures; see `Plate.expose`."""
        chosen = {name: state[name] for name in ("finding", "diameter_mm", "known")}
        result = take_spect_ct({**_MADE, **chosen})
        marks, finding = _marks(result), str(state["finding"])
        black = _BLACK_SUV.get(finding, _MADE["top_suv"])
        spect = Exposed(
            values=shades(result.suv, black / 2, black, inverted=True), pixel_mm=CT_PIXEL_MM, marks=marks,
            words=f"SPECT/CT of L3, {_PAIRS[str(state['pair'])]}: {FINDINGS[finding]}.",
            numbers={"suv_max": result.measures.suv_max, "recovered_percent": result.measures.recovered_percent},
        )  # fmt: skip
        right = _finished(spect, 255, dark=True)
        if state["pair"] == "planar":
            return beside(_planar(result, right.values.shape), right, ("planar", "SPECT"))
        ct = Exposed(values=shades(result.hu, BONE.center, BONE.width), pixel_mm=CT_PIXEL_MM, marks=marks)
        return beside(_finished(ct, _GRAYS, dark=False), right, ("CT", "SPECT"))


def _finished(shown: Exposed, grays: int, *, dark: bool) -> Exposed:
    """Cut to the vertebra, enlarge, and mark the patient's right."""
    large = enlarged(cut(shown, _ROWS, _COLUMNS), _ENLARGED)
    values = in_grays(large.values, grays)
    lettered(values, "R", dark=dark)
    return replace(large, values=values)


def _marks(result: SpectCt) -> dict[str, tuple[float, float]]:
    """Return row and column of what the slice shows; the arch only where the slice runs through it."""
    finding = str(result.state["finding"])
    level = site_of(finding)[0]
    _, y, x = places()["vertebral body"]
    index = body().index_of((level, y, x))
    middle = "disc" if body().label[index] == Tissue.DISC else "vertebral body"
    points = {middle: (y, x), "canal": _canal(index[0]), "spinous process": _spinous(index[0])}
    for name in (*_ARCH, "back of the body", "front of the body"):
        z, *at = places()[name]
        if abs(z - level) <= _NEAR_MM:
            points[name] = (at[0], at[1])
    if "back of the body" in points:
        row, column = points["back of the body"]
        points["right back of the body"] = (row, 2 * x - column)
    points["finding"] = site_of(finding)[1:]
    # The edge of a round finding, to the patient's right.
    points["right edge"] = (
        points["finding"][0],
        points["finding"][1] - float(result.state["diameter_mm"]) / 2,
    )
    return {name: _pixel(*point) for name, point in points.items()}


def _canal(layer: int) -> tuple[float, float]:
    rows, columns = np.nonzero(np.isin(body().label[layer], [Tissue.CSF, Tissue.CORD]))
    return (float(rows.mean()) + 0.5) * body().voxel_mm, (float(columns.mean()) + 0.5) * body().voxel_mm


def _spinous(layer: int) -> tuple[float, float]:
    """Return the middle of the bone behind the canal in the midline."""
    row, x = _canal(layer)
    edge = body().voxel_mm
    bone = np.flatnonzero(body().bone_fraction[layer, :, int(x / edge)] > 0)
    behind = bone[bone * edge > row + _BEHIND_CANAL_MM]
    return (float(behind.mean()) + 0.5) * edge, x


def _pixel(y_mm: float, x_mm: float) -> tuple[float, float]:
    return (y_mm - ORIGIN_MM[0]) / CT_PIXEL_MM - 0.5, (x_mm - ORIGIN_MM[1]) / CT_PIXEL_MM - 0.5


def _planar(result: SpectCt, shape: tuple[int, ...]) -> Exposed:
    """Return the view from behind as wide as the slice, in the middle of the same height."""
    planar = result.planar
    side = (planar.counts.shape[1] - shape[1] // _ENLARGED * CT_PIXEL_MM / planar.pixel_mm) / 2
    counts = planar.counts[:, round(side) : planar.counts.shape[1] - round(side)]
    factor = shape[1] / counts.shape[1]
    black = _BLACK_OVER_HEALTHY * float(planar.healthy.max())
    large: npt.NDArray[Any] = zoom(counts, factor, order=1, grid_mode=True, mode="nearest")
    shown = in_grays(shades(large, black / 2, black, inverted=True), _GRAYS)
    lettered(shown, "BACK", dark=True)
    values = np.full(shape, 0.5, dtype=np.float32)
    top = (shape[0] - shown.shape[0]) // 2
    values[top : top + shown.shape[0], : shown.shape[1]] = shown
    row, column = (
        (at - low + 0.5) * factor - 0.5 for at, low in zip(planar.place, (0, round(side)), strict=True)
    )
    middle = (shape[1] - 1) / 2
    marks = {
        "finding": (top + row, column),
        "other side": (top + row, 2 * middle - column),
        "vertebra below": (top + shown.shape[0] - _EDGE_ROWS * factor, middle),
        "beside the spine": (top + row, _BESIDE * shape[1]),
    }
    return Exposed(values=values, pixel_mm=planar.pixel_mm / factor, marks=marks)
