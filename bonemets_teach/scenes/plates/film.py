"""A radiograph for questions: pelvis or spine from front or side, with a finding at a named place."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, ClassVar, Final

import numpy as np

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.imaging._radiograph_display import processed
from bonemets_teach.imaging.radiograph_views import FilmSettings, film
from bonemets_teach.scenes.parameter import Choice, Control, Option
from bonemets_teach.scenes.plates._findings import FINDING_CONTROLS, region_state
from bonemets_teach.scenes.plates.exposed import Exposed, lettered, shades
from bonemets_teach.scenes.plates.plate import Plate
from bonemets_teach.scenes.scene import State

__all__ = ["FilmPlate"]

# Chosen: the window of the reading room's films, pixels of the longer edge, and the usual voltages.
_CENTER, _WIDTH = 20.0, 130.0
_SIZE: Final = 384
_VOLTAGE: Final = MappingProxyType({"AP": 80.0, "lateral": 90.0})
# Chosen: what the film of a vertebra shows to both sides of its middle [mm].
_HALF_MM: Final = MappingProxyType({"AP": 62.0, "lateral": 70.0})


class FilmPlate(Plate):
    """A film of a region."""

    id: ClassVar[str] = "film-plate"
    title: ClassVar[str] = "A film to read"
    summary: ClassVar[str] = "A radiograph of pelvis, hip or spine with a finding at a named place."
    controls: ClassVar[tuple[Control, ...]] = (
        *FINDING_CONTROLS,
        Choice(
            name="projection", label="Projection", default="AP",
            options=(Option(value="AP", label="From the front"), Option(value="lateral", label="From the side")),
        ),
    )  # fmt: skip

    def expose(self, state: State) -> Exposed:
        """Take the film; see `Plate.expose`."""
        body, finding, site = (str(state[name]) for name in ("body", "finding", "site"))
        subject = region_state(body, finding, site, float(state["months"]))
        phantom, projection = subject.phantom, state["projection"]
        field = _field(phantom, str(projection))
        settings = FilmSettings(
            projection=projection, tube_voltage_kv=_VOLTAGE[str(projection)], size=_SIZE, collimation_mm=field
        )
        taken = film(subject, settings, seed=1)
        values = shades(processed(taken.values, taken.pixel_mm), _CENTER, _WIDTH)
        if projection == "AP":
            lettered(values, "R", dark=False)
        places = dict(phantom.sites)
        if finding != "none":
            places["finding"] = places[site]
        across = 2 if projection == "AP" else 1
        marks = {
            name: ((point[0] - field[0]) / taken.pixel_mm, (point[across] - field[2]) / taken.pixel_mm)
            for name, point in places.items()
        }
        words = f"{projection} film of the {body}: {finding}" + (
            f" at the {site}." if finding != "none" else "."
        )
        return Exposed(values=values, pixel_mm=taken.pixel_mm, marks=marks, words=words)


def _field(phantom: Phantom, projection: str) -> tuple[float, float, float, float]:
    """Return top, bottom, left and right of what is shown, in whole voxels [mm]."""
    extent: Any = np.array(phantom.shape) * phantom.voxel_mm
    across = 2 if projection == "AP" else 1
    width, half = float(extent[across]), _HALF_MM[projection]
    if "vertebral body" not in phantom.sites or 2 * half >= width:
        return 0.0, float(extent[0]), 0.0, width
    site = phantom.sites["spinous process" if projection == "lateral" else "vertebral body"]
    # From the side, the spinous process stands near the edge of what is shown.
    middle = site[across] - (0.62 * half if projection == "lateral" else 0.0)
    left = phantom.voxel_mm * round(min(max(middle - half, 0.0), width - 2 * half) / phantom.voxel_mm)
    return 0.0, float(extent[0]), left, left + phantom.voxel_mm * round(2 * half / phantom.voxel_mm)
