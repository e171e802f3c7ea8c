"""The third lumbar vertebra and the metastases that grow in it, for films and CT of the spine."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from bonemets_teach.anatomy.lesion_placement import LONGEST_MONTHS, PlacedLesion, grow_at
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.vertebra import vertebra

__all__ = ["KINDS", "LONGEST_MONTHS", "PLACES", "grown", "spine"]

KINDS: Final = MappingProxyType({"lytic": 0.0, "blastic": 1.0})
"""Phenotype of the tumor-bone model for each word."""
PLACES: Final = MappingProxyType({
    "right pedicle": "Right pedicle",
    "back of the body": "Back of the body",
    "front of the body": "Front of the body",
    "spinous process": "Spinous process",
})  # fmt: skip
"""Sites of the vertebra that a lesion can take: name in the phantom, and what the learner reads."""
_VOXEL_MM: Final = 1.25
# Chosen: somewhat faster than the model's normal front, as on the hip film.
_GROWTH_SPEED: Final = 1.4


def spine() -> Phantom:
    """Return the vertebra in its slice of the body.

    Returns
    -------
    phantom : Phantom
        Third lumbar vertebra of a woman of 65 years.
    """
    return vertebra(level="L3", voxel_mm=_VOXEL_MM)


def grown(place: str, kind: str) -> PlacedLesion:
    """Return a metastasis in all months of its growth.

    Parameters
    ----------
    place : str
        One of `PLACES`.
    kind : str
        One of `KINDS`.

    Returns
    -------
    lesion : PlacedLesion
        Takes much memory: keep what is made of it, not the lesion.
    """
    return grow_at(spine(), place, phenotype=KINDS[kind], growth_speed=_GROWTH_SPEED)
