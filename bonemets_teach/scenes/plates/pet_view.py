"""A PET for questions: the trunk as a maximum projection, with any tracer, and metastases of any type."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.skeleton_lesions import SkeletonLesion, lesion_fields, usual_radius_mm
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging.pet import PetSettings, pet
from bonemets_teach.scenes._bone_scan_patients import DEPOSITS, PHENOTYPES, Deposit
from bonemets_teach.scenes._nuclear_body import body
from bonemets_teach.scenes.parameter import Choice, Control, Option
from bonemets_teach.scenes.plates._body_places import bone_places, trunk_rows
from bonemets_teach.scenes.plates.exposed import Exposed, cut, enlarged, lettered, shades
from bonemets_teach.scenes.plates.plate import Plate
from bonemets_teach.scenes.scene import State

__all__ = ["PetPlate"]

# Chosen: usual upper ends of the gray scale [SUV].
_BLACK_SUV: Final = MappingProxyType({"FDG": 7.0, "NaF": 25.0, "PSMA": 10.0})
_SEED: Final = 3
_PEAK_MM: Final = 12.0
_SMALLEST_MM: Final = 1.0


class PetPlate(Plate):
    """The maximum projection of a PET."""

    id: ClassVar[str] = "pet-plate"
    title: ClassVar[str] = "A PET to read"
    summary: ClassVar[str] = "The trunk of a patient with metastases, as a maximum projection of a PET."
    controls: ClassVar[tuple[Control, ...]] = (
        Choice(
            name="tracer", label="Tracer", default="FDG",
            options=tuple(Option(value=name, label=name) for name in _BLACK_SUV),
        ),
        Choice(
            name="phenotype", label="Metastases", default="lytic",
            options=tuple(Option(value=name, label=name) for name in ("none", *PHENOTYPES)),
        ),
    )  # fmt: skip

    def expose(self, state: State) -> Exposed:
        """Make the projection; see `Plate.expose`."""
        tracer, phenotype = state["tracer"], str(state["phenotype"])
        suv = pet(_patient(phenotype), PetSettings(tracer=tracer), np.random.default_rng(_SEED)).values
        edge, skeleton = body().voxel_mm, body()
        marks = {name: (z / edge - 0.5, x / edge - 0.5) for name, (z, _, x) in bone_places(skeleton).items()}
        found = _deposits(phenotype)
        marks |= {f"finding {bone}": (z / edge - 0.5, x / edge - 0.5) for bone, (z, _, x) in found.items()}
        shown = Exposed(
            values=shades(suv.max(axis=1), _BLACK_SUV[tracer] / 2, _BLACK_SUV[tracer], inverted=True),
            pixel_mm=edge,
            marks=marks,
            numbers={
                f"{name.lower().replace(' ', '_')}_suv": _peak(suv, point)
                for name, point in (found | _organs()).items()
            },
            words=f"{tracer} PET, maximum projection of the trunk, with {phenotype} metastases.",
        )
        trunk = enlarged(cut(shown, trunk_rows(skeleton, edge, suv.shape[0]), (0, suv.shape[2])), 3)
        lettered(trunk.values, "FRONT", dark=True)
        return trunk


def _deposits(phenotype: str) -> dict[str, tuple[float, float, float]]:
    if phenotype == "none":
        return {}
    return {one.bone: body().sites[one.site] for one in DEPOSITS if _radius_mm(one) >= _SMALLEST_MM}


def _radius_mm(deposit: Deposit) -> float:
    return deposit.size * usual_radius_mm(deposit.months)


def _organs() -> dict[str, tuple[float, float, float]]:
    return {name: body().landmarks[name] for name in ("left kidney", "right kidney", "bladder")}


@lru_cache(maxsize=2)
def _patient(phenotype: str) -> VoxelState:
    if phenotype == "none":
        return VoxelState.healthy(body())
    return lesion_fields(
        body(),
        [
            SkeletonLesion(
                bone=one.bone, center_mm=body().sites[one.site], months=one.months, phenotype=PHENOTYPES[phenotype],
                radius_mm=_radius_mm(one),
            )
            for one in DEPOSITS
            if _radius_mm(one) >= _SMALLEST_MM
        ],
    )  # fmt: skip


def _peak(suv: npt.NDArray[np.floating[Any]], point: tuple[float, float, float]) -> float:
    """Return the largest value near a point."""
    edge = body().voxel_mm
    box = tuple(slice(max(int((p - _PEAK_MM) / edge), 0), int((p + _PEAK_MM) / edge) + 1) for p in point)
    return float(suv[box].max())
