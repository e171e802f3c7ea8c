"""Organs that take up a PET tracer in health and that a phantom of bones does not hold: liver, spleen, heart, glands."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import Region

__all__ = ["ORGANS", "ORGAN_SUV", "Organ", "organ_masks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organ:
    """An ellipsoid placed by a bone.

    Parameters
    ----------
    name : str
        Name.
    bone : str
        Bone from whose middle its place is measured.
    offset_mm : tuple of float
        From there (z, y, x) [mm]; y negative is in front, x positive the patient's left.
    radii_mm : tuple of float
        Half axes (z, y, x) [mm].
    """

    name: str
    bone: str
    offset_mm: tuple[float, float, float]
    radii_mm: tuple[float, float, float]


ORGANS: Final = (
    Organ(name="liver", bone="T11", offset_mm=(5.0, -55.0, -62.0), radii_mm=(65.0, 62.0, 62.0)),
    Organ(name="spleen", bone="T11", offset_mm=(0.0, 5.0, 92.0), radii_mm=(45.0, 33.0, 20.0)),
    Organ(name="heart", bone="T8", offset_mm=(15.0, -78.0, 35.0), radii_mm=(42.0, 34.0, 34.0)),
    Organ(name="gut", bone="L3", offset_mm=(0.0, -60.0, 15.0), radii_mm=(50.0, 25.0, 60.0)),
    Organ(name="parotid gland", bone="C2", offset_mm=(0.0, -18.0, -50.0), radii_mm=(22.0, 14.0, 9.0)),
    Organ(name="parotid gland", bone="C2", offset_mm=(0.0, -18.0, 50.0), radii_mm=(22.0, 14.0, 9.0)),
    Organ(name="submandibular gland", bone="C3", offset_mm=(8.0, -42.0, -26.0), radii_mm=(12.0, 11.0, 8.0)),
    Organ(name="submandibular gland", bone="C3", offset_mm=(8.0, -42.0, 26.0), radii_mm=(12.0, 11.0, 8.0)),
)
"""Places and sizes, chosen from textbook anatomy; cut where bone, lung or kidney is."""
ORGAN_SUV: Final = MappingProxyType({
    "FDG": MappingProxyType({"liver": 2.2, "spleen": 1.9, "heart": 3.0, "gut": 1.4}),
    "NaF": MappingProxyType({}),
    "PSMA": MappingProxyType({
        "liver": 5.0, "spleen": 6.0, "heart": 1.4, "gut": 4.0, "parotid gland": 14.5, "submandibular gland": 13.0,
    }),
})  # fmt: skip
"""SUV of each organ. Published for PSMA in the glands: Kurash 2020, Sci Rep 10: 3109; the rest chosen, usual values."""


def organ_masks(phantom: Phantom, region: Region) -> list[tuple[str, npt.NDArray[np.bool_]]]:
    """Return where the organs are in a region of a phantom.

    Parameters
    ----------
    phantom : Phantom
        One that names its bones; others have no organs.
    region : tuple of slice
        (z, y, x) inside the phantom.

    Returns
    -------
    masks : list of (str, ndarray of bool, shape of the region)
        Name and voxels of each organ that reaches into the region.
    """
    numbers = {name: number for number, name in phantom.bone_names.items()}
    if phantom.bone_number is None or not {organ.bone for organ in ORGANS} <= numbers.keys():
        return []
    label = phantom.label[region]
    free = (label == Tissue.SOFT) | (label == Tissue.FAT)
    masks = []
    for organ in ORGANS:
        site = phantom.sites.get(organ.bone)
        if site is None:
            continue
        box, inside = _ellipsoid(phantom, region, np.add(site, organ.offset_mm), organ.radii_mm)
        inside &= free[box]
        if inside.any():
            mask = np.zeros_like(free)
            mask[box] = inside
            masks.append((organ.name, mask))
    return masks


def _ellipsoid(
    phantom: Phantom, region: Region, center_mm: npt.NDArray[np.float64], radii_mm: tuple[float, float, float]
) -> tuple[Region, npt.NDArray[np.bool_]]:
    """Return the part of a region around an organ, and which of its voxels lie in the organ."""
    axes = [
        ((np.arange(part.start, part.stop) + 0.5) * phantom.voxel_mm - middle) / radius
        for part, middle, radius in zip(region, center_mm, radii_mm, strict=True)
    ]
    spans = [np.flatnonzero(np.abs(axis) < 1) for axis in axes]
    box = tuple(slice(int(span[0]), int(span[-1]) + 1) if span.size else slice(0, 0) for span in spans)
    z, y, x = (axis[part] for axis, part in zip(axes, box, strict=True))
    return (box[0], box[1], box[2]), np.asarray(z[:, None, None] ** 2 + y[:, None] ** 2 + x**2 < 1)
