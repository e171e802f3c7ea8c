"""Bones in which a lesion is followed: size, marrow, and what lies before and behind them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

__all__ = ["VISIBILITY_SITES", "BoneSite"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoneSite:
    """One bone; sizes are chosen, rounded anatomy, marrow as in `detectability.GEOMETRIES`.

    Parameters
    ----------
    label : str
        Name for people.
    half_mm : tuple of float
        Half height, half depth along the beam and half width of the bone [mm].
    bone_fraction, fat_fraction : float
        Bone volume fraction, and fat share of the marrow, 0..1.
    turnover_per_year : float
        Share of the bone renewed in a year.
    tissue_cm, bone_cm : float
        Soft tissue and cortex before and behind the bone on a radiograph [cm].
    scatter_to_primary : float
        Scatter behind the grid over primary radiation.
    camera_cm : float
        Distance of the bone from the gamma camera [cm].
    overlay : float
        Share of the counts of a planar scan there that come from before and behind the bone.
    """

    label: str
    half_mm: tuple[float, float, float]
    bone_fraction: float
    fat_fraction: float
    turnover_per_year: float
    tissue_cm: float
    bone_cm: float
    scatter_to_primary: float
    camera_cm: float
    overlay: float


VISIBILITY_SITES: Final = MappingProxyType({
    "vertebra": BoneSite(
        label="Lumbar vertebral body", half_mm=(13.5, 16.5, 22.5), bone_fraction=0.12, fat_fraction=0.5,
        turnover_per_year=0.25, tissue_cm=17.0, bone_cm=0.3, scatter_to_primary=1.0, camera_cm=9.0, overlay=0.35,
    ),
    "femur": BoneSite(
        label="Proximal femur", half_mm=(25.5, 18.0, 22.5), bone_fraction=0.20, fat_fraction=0.9,
        turnover_per_year=0.25, tissue_cm=12.0, bone_cm=0.6, scatter_to_primary=1.0, camera_cm=8.0, overlay=0.40,
    ),
    "ilium": BoneSite(
        label="Ilium", half_mm=(25.5, 9.0, 25.5), bone_fraction=0.15, fat_fraction=0.5,
        turnover_per_year=0.25, tissue_cm=17.0, bone_cm=0.3, scatter_to_primary=1.0, camera_cm=7.0, overlay=0.35,
    ),
    "rib": BoneSite(
        label="Rib", half_mm=(6.0, 4.5, 25.5), bone_fraction=0.12, fat_fraction=0.4,
        turnover_per_year=0.25, tissue_cm=6.0, bone_cm=0.2, scatter_to_primary=0.6, camera_cm=4.0, overlay=0.40,
    ),
})  # fmt: skip
"""Sites by id; all numbers chosen."""
