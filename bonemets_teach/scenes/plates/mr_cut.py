"""MR images for questions: the same sagittal slice of a lumbar spine in two sequences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar, Final

import numpy as np

from bonemets_teach.anatomy.lesion_placement import place
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging.mri import mri_slice
from bonemets_teach.imaging.mri_content import METASTASIS, LesionContent
from bonemets_teach.imaging.mri_mimics import MIMICS, benign_mimic
from bonemets_teach.imaging.mri_settings import MriSettings, Sequence
from bonemets_teach.scenes._mr_regions import FIELD_MM, SIZE, middle_layer, region_center, spine, tissue_masks
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter
from bonemets_teach.scenes.plates._spine_places import body_center, pixel_of
from bonemets_teach.scenes.plates.exposed import Exposed, beside, cut, lettered, shades
from bonemets_teach.scenes.plates.plate import Plate
from bonemets_teach.scenes.scene import State

__all__ = ["MrPlate"]

_LEVELS: Final = ("L1", "L2", "L3", "L4", "L5")
_PHENOTYPES: Final = MappingProxyType({"lytic": 0.0, "mixed": 0.45, "blastic": 1.0})
_SEQUENCES: Final[tuple[Sequence, ...]] = ("T1", "T2", "STIR", "in phase", "opposed phase", "diffusion")
# Chosen: the brightest hundredth of the normal tissues is shown at this share of white.
_BRIGHTEST: Final = 0.85
# Chosen: what is shown before and behind the middle of L3 [mm].
_BEFORE_MM, _BEHIND_MM = 42.0, 66.0
_SEED: Final = 7


def _listed(values: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=value) for value in values)


class MrPlate(Plate):
    """One slice in two sequences."""

    id: ClassVar[str] = "mr-plate"
    title: ClassVar[str] = "MR images to read"
    summary: ClassVar[str] = "A sagittal slice of a lumbar spine in two sequences side by side."
    controls: ClassVar[tuple[Control, ...]] = (
        Choice(name="finding", label="Finding", default="lytic", options=_listed(("none", *_PHENOTYPES, *MIMICS))),
        Choice(name="level", label="Vertebra of a metastasis", default="L3", options=_listed(_LEVELS)),
        Parameter(
            name="months", label="Age of a metastasis", low=0, high=24, step=1, default=13, unit="months",
            source="chosen: the model runs for 24 months",
        ),
        Choice(name="left", label="Sequence at the left", default="T1", options=_listed(_SEQUENCES)),
        Choice(name="right", label="Sequence at the right", default="STIR", options=_listed(_SEQUENCES)),
    )  # fmt: skip

    def expose(self, state: State) -> Exposed:
        """Take both images; see `Plate.expose`."""
        finding, level = str(state["finding"]), str(state["level"])
        subject, content = _patient(finding, level, float(state["months"]))
        places = _places()
        if finding != "none":
            places["finding"] = places[level if finding in _PHENOTYPES else "L3"]
        images = [_image(subject, content, state[side], places) for side in ("left", "right")]
        both = beside(images[0], images[1], ("left", "right"))
        words = f"Sagittal {state['left']} and {state['right']} images of a lumbar spine with {finding}."
        numbers = {
            f"{side}_{name}": value
            for side, one in zip(("left", "right"), images, strict=True)
            for name, value in one.numbers.items()
        }
        return Exposed(
            values=both.values, pixel_mm=both.pixel_mm, marks=both.marks, numbers=numbers, words=words
        )


@lru_cache(maxsize=3)
def _patient(finding: str, level: str, months: float) -> tuple[VoxelState, LesionContent]:
    phantom = spine()
    if finding == "none":
        return VoxelState.healthy(phantom), METASTASIS
    if finding not in _PHENOTYPES:
        mimic = benign_mimic(phantom, finding)
        return mimic.state, mimic.content
    return place(
        phantom, body_center(phantom, level), phenotype=_PHENOTYPES[finding], months=months
    ), METASTASIS


def _places() -> dict[str, tuple[float, float]]:
    phantom = spine()
    places = {level: pixel_of(phantom, body_center(phantom, level)) for level in _LEVELS}
    return places | {name: region_center(tissue_masks()[name]) for name in ("disc", "CSF", "fat", "muscle")}


def _image(
    subject: VoxelState, content: LesionContent, sequence: Sequence, places: Mapping[str, tuple[float, float]]
) -> Exposed:
    """Return the part around the spine of one image."""
    taken = mri_slice(
        subject, "sagittal", middle_layer(), MriSettings(sequence=sequence, slice_thickness_mm=4.0, field_of_view_mm=FIELD_MM),
        np.random.default_rng(_SEED), content,
    )  # fmt: skip
    normal = np.concatenate([taken.values[mask] for mask in tissue_masks().values()])
    white = float(np.percentile(normal, 99)) / _BRIGHTEST
    shown = Exposed(
        values=shades(taken.values, white / 2, white), pixel_mm=FIELD_MM / SIZE, marks=places,
        numbers=_readings(taken.values, places),
    )  # fmt: skip
    column, edge = places["L3"][1], FIELD_MM / SIZE
    part = cut(shown, (0, SIZE), (round(column - _BEFORE_MM / edge), round(column + _BEHIND_MM / edge)))
    lettered(part.values, sequence.split()[0].upper() if sequence in {"T1", "T2"} else "", dark=False)
    return part


def _readings(values: Any, places: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """Return the mean signal of small squares."""
    found = {}
    for name, (row, column) in places.items():
        r, c = round(row), round(column)
        found[f"{name.lower()}_signal"] = float(values[r - 2 : r + 3, c - 2 : c + 3].mean())
    return found
