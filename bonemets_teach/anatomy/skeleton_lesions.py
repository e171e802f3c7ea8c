"""Many lesions in the whole skeleton at once, by formula instead of by growth on the grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy._lesion_course import LONGEST_MONTHS, arrival_months, cells, place_at, reach_mm
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.voxel_state import Region, VoxelState
from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["SkeletonLesion", "lesion_fields", "usual_radius_mm"]

_Array = npt.NDArray[np.float32]

# A lesion younger than this holds too little tumor to have a radius.
_YOUNGEST_MONTHS = 8.0
_LEAST_MARGIN_MM = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SkeletonLesion:
    """A metastasis in the whole skeleton.

    Parameters
    ----------
    bone : str
        Bone that holds it, a name of the phantom's bones; it does not cross a joint.
    center_mm : Point or None
        Where it started (z, y, x) [mm] from the outer corner of the first voxel; None is the middle of the bone.
    radius_mm : float or None
        Radius within which half of the marrow is tumor [mm], in [1, 60]; None is `usual_radius_mm` of its age.
    phenotype : float
        0 lytic to 1 blastic.
    months : float
        Age [months], in [0, 60].
    """

    bone: str
    center_mm: Point | None = None
    radius_mm: float | None = None
    phenotype: float = 0.0
    months: float = 12.0

    def __post_init__(self) -> None:
        require_in_range("phenotype", self.phenotype, 0.0, 1.0)
        require_in_range("months", self.months, 0.0, LONGEST_MONTHS, "months")
        if self.radius_mm is not None:
            require_in_range("radius_mm", self.radius_mm, 1.0, 60.0, "mm")


def usual_radius_mm(months: float) -> float:
    """Return the radius of a lesion of usual speed at an age.

    Parameters
    ----------
    months : float
        Age [months], in [0, 60].

    Returns
    -------
    radius : float
        0 before 5.9 months, 11 mm at 12 months, 27 mm at 24 months, as the lesion field grows it [mm].
    """
    return reach_mm(require_in_range("months", months, 0.0, LONGEST_MONTHS, "months"))


def lesion_fields(skeleton: Phantom, lesions: Sequence[SkeletonLesion]) -> VoxelState:
    """Put lesions into a phantom whose bones are numbered.

    Parameters
    ----------
    skeleton : Phantom
        The healthy phantom, as `whole_skeleton` makes it.
    lesions : sequence of SkeletonLesion
        Where two overlap, the one with more tumor wins.

    Returns
    -------
    state : VoxelState
        Its region is the box around all lesions.

    Raises
    ------
    ParameterError
        If a bone is unknown, or a center lies outside the field or its bone.

    Notes
    -----
    Each place goes through the course that the lesion field gives in even spongiosa, later the farther it is from
    the seed. Left out: that cortex slows a front, patches of a mixed lesion, the ragged margin of a fast one.
    """
    if not lesions:
        return VoxelState.healthy(skeleton)
    numbers = {name: number for number, name in skeleton.bone_names.items()}
    seeds = [_seed(skeleton, lesion, numbers) for lesion in lesions]
    boxes = [_box(skeleton, lesion, seed) for lesion, seed in zip(lesions, seeds, strict=True)]
    roi = _around(boxes)
    bone = skeleton.bone_fraction[roi].copy()
    tumor, osteoclast = np.zeros_like(bone), np.ones_like(bone)
    osteoblast = np.ones_like(bone)
    for lesion, seed, box in zip(lesions, seeds, boxes, strict=True):
        inner = tuple(slice(b.start - r.start, b.stop - r.start) for b, r in zip(box, roi, strict=True))
        grown, changed = _grown(skeleton, lesion, seed, box)
        more = (grown > tumor[inner]) & (_numbers(skeleton)[box] == numbers[lesion.bone])
        b, c = cells(grown, lesion.phenotype)
        for field, value in ((tumor, grown), (bone, changed), (osteoblast, b), (osteoclast, c)):
            np.copyto(field[inner], value, where=more)
    return VoxelState(
        phantom=skeleton, roi=roi, roi_bone_fraction=bone, roi_tumor=tumor,
        roi_osteoblast_ratio=osteoblast, roi_osteoclast_ratio=osteoclast,
    )  # fmt: skip


def _grown(
    skeleton: Phantom, lesion: SkeletonLesion, seed: tuple[int, int, int], box: Region
) -> tuple[_Array, _Array]:
    edge = np.float32(skeleton.voxel_mm)
    z, y, x = (
        (np.arange(b.start, b.stop, dtype=np.float32) - s) * edge for b, s in zip(box, seed, strict=True)
    )
    distance = np.sqrt(z[:, None, None] ** 2 + y[:, None] ** 2 + x**2)
    since = np.float32(lesion.months) - arrival_months(distance * np.float32(_stretch(lesion)))
    return place_at(since, skeleton.bone_fraction[box], lesion.phenotype)


def _stretch(lesion: SkeletonLesion) -> float:
    """Return how much smaller the lesion is than one of usual speed."""
    if lesion.radius_mm is None:
        return 1.0
    return reach_mm(max(lesion.months, _YOUNGEST_MONTHS)) / lesion.radius_mm


def _numbers(skeleton: Phantom) -> npt.NDArray[np.uint8]:
    if skeleton.bone_number is None:
        message = f"the bones of the {skeleton.name} have no numbers; use the whole skeleton, a vertebra or the pelvis"
        raise ParameterError(message)
    return skeleton.bone_number


def _seed(skeleton: Phantom, lesion: SkeletonLesion, numbers: dict[str, int]) -> tuple[int, int, int]:
    if lesion.bone not in numbers:
        message = f"there is no bone “{lesion.bone}”; choose one of {', '.join(numbers)}"
        raise ParameterError(message)
    center = skeleton.sites.get(lesion.bone) if lesion.center_mm is None else lesion.center_mm
    if center is None:
        message = f"the {skeleton.name} names no middle of the {lesion.bone}; give center_mm"
        raise ParameterError(message)
    seed = skeleton.index_of(center)
    if _numbers(skeleton)[seed] != numbers[lesion.bone]:
        found = skeleton.bone_at(center) or "no bone"
        message = f"center_mm = {center} lies in {found}, not in {lesion.bone}; choose a point in it, or None"
        raise ParameterError(message)
    return seed


def _box(skeleton: Phantom, lesion: SkeletonLesion, seed: tuple[int, int, int]) -> Region:
    radius = lesion.radius_mm if lesion.radius_mm is not None else reach_mm(lesion.months)
    half = int(np.ceil((2 * radius + _LEAST_MARGIN_MM) / skeleton.voxel_mm))
    z, y, x = (
        slice(max(i - half, 0), min(i + half + 1, n)) for i, n in zip(seed, skeleton.shape, strict=True)
    )
    return z, y, x


def _around(boxes: Sequence[Region]) -> Region:
    z, y, x = (
        slice(min(b[axis].start for b in boxes), max(b[axis].stop for b in boxes)) for axis in range(3)
    )
    return z, y, x
