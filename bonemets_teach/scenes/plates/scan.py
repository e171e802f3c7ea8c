"""A bone scan for questions: front or back, whole body or trunk, alone or beside the scan of week 0."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar, Final

from bonemets_teach.scenes._bone_scan_reading import Spot
from bonemets_teach.scenes._bone_scan_result import GAP_PIXELS, ScanResult, take_scan
from bonemets_teach.scenes._nuclear_body import body
from bonemets_teach.scenes.bone_scan import BoneScan
from bonemets_teach.scenes.parameter import Choice, Control, Option, Toggle
from bonemets_teach.scenes.plates._body_places import bone_places, trunk_rows
from bonemets_teach.scenes.plates.exposed import Exposed, beside, cut, enlarged, in_grays, lettered, shades
from bonemets_teach.scenes.plates.plate import Plate
from bonemets_teach.scenes.scene import State

__all__ = ["ScanPlate"]

_SCAN: Final = BoneScan()
_SHARED: Final = ("patient", "amount", "treatment", "week")
# Chosen: the window of bone, as in the explorer [% of a normal vertebra].
_CENTER, _WIDTH = 85.0, 170.0
# Chosen: fewer grays than the eye can tell apart in noise make a picture half as large to send.
_GRAYS: Final = 20
_ENLARGED: Final = 3


class ScanPlate(Plate):
    """One view of a bone scan."""

    id: ClassVar[str] = "scan-plate"
    title: ClassVar[str] = "A bone scan to read"
    summary: ClassVar[str] = "One view of a bone scan of a patient of the explorer."
    controls: ClassVar[tuple[Control, ...]] = (
        *(control for control in _SCAN.controls if control.name in _SHARED),
        Choice(
            name="view", label="View", default="back",
            options=(Option(value="front", label="From the front"), Option(value="back", label="From the back")),
        ),
        Choice(
            name="part", label="Part", default="trunk",
            options=(Option(value="trunk", label="Trunk"), Option(value="whole", label="Whole body")),
        ),
        Toggle(name="compare", label="Week 0 at the left", default=False),
    )  # fmt: skip

    def expose(self, state: State) -> Exposed:
        """Make the scan; see `Plate.expose`."""
        shared = {name: state[name] for name in _SHARED}
        view, trunk, compare = str(state["view"]), state["part"] == "trunk", bool(state["compare"])
        result = take_scan(_SCAN.defaults() | shared, beside_start=compare)
        width = body().shape[2]
        second = 2 * width + GAP_PIXELS if compare else 0
        now = _view(result, (second, view, trunk), result.now.spots)
        now = replace(now, numbers=_numbers(result), words=_SCAN.describe(result))
        if not compare:
            return _signed(enlarged(now, _ENLARGED), view)
        before = _view(result, (0, view, trunk), result.before.spots)
        return beside(
            _signed(enlarged(before, 2), "week 0"), _signed(enlarged(now, 2), f"week {result.case.week:.0f}"),
            ("week 0", "now"),
        )  # fmt: skip


def _view(result: ScanResult, which: tuple[int, str, bool], spots: Iterable[Spot]) -> Exposed:
    """Return front or back of the scan that begins at a column, whole or from neck to sit bones."""
    start, view, trunk = which
    skeleton = body()
    width, edge, back = skeleton.shape[2], skeleton.voxel_mm, view == "back"
    left = start + (width if back else 0)

    def across(column: float) -> float:
        return width - 1 - column if back else column

    marks = {
        name: (z / edge - 0.5, across(x / edge - 0.5)) for name, (z, _, x) in bone_places(skeleton).items()
    }
    marks |= {
        f"finding {spot.label}": (float(row), across(column))
        for spot in spots
        for row, column in (spot.place,)
    }
    values = shades(result.percent[:, left : left + width], _CENTER, _WIDTH, inverted=True)
    shown = Exposed(values=values, pixel_mm=edge, marks=marks)
    if not trunk:
        return shown
    return cut(shown, trunk_rows(skeleton, edge, values.shape[0]), (0, width))


def _signed(shown: Exposed, words: str) -> Exposed:
    lettered(shown.values, words.upper(), dark=True)
    return replace(shown, values=in_grays(shown.values, _GRAYS))


def _numbers(result: ScanResult) -> dict[str, Any]:
    return _SCAN.quantities(result)
