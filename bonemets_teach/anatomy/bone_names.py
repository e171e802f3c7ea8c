"""Numbers and names of the bones of the whole skeleton."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

__all__ = ["BONES", "BONE_NUMBERS", "VERTEBRAE"]

VERTEBRAE: Final = (
    *(f"C{i}" for i in range(1, 8)), *(f"T{i}" for i in range(1, 13)), *(f"L{i}" for i in range(1, 6)),
)  # fmt: skip
"""From the neck down."""
_PAIRED: Final = (
    "clavicle", "scapula", "humerus", "radius", "ulna", "hand", "ilium", "ischium", "pubis", "femur", "patella",
    "tibia", "fibula", "foot",
)  # fmt: skip
_NAMES: Final = (
    "skull", "mandible", *VERTEBRAE, "sacrum", "sternum",
    *(f"{side} rib {i}" for side in ("right", "left") for i in range(1, 13)),
    *(f"{side} {bone}" for side in ("right", "left") for bone in _PAIRED),
)  # fmt: skip

BONES: Final = MappingProxyType(dict(enumerate(_NAMES, start=1)))
"""Names by number, from 1; a hip bone is three: ilium, ischium and pubis, numbered one after the other."""
BONE_NUMBERS: Final = MappingProxyType({name: number for number, name in BONES.items()})
"""Numbers by name."""
