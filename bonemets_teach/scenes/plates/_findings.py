"""What lies in the bones of pictures of one region: phantoms, and a metastasis or a benign finding at a named place."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from bonemets_teach.anatomy.benign import MIMICS
from bonemets_teach.anatomy.lesion_placement import place
from bonemets_teach.anatomy.pelvis import pelvis
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.proximal_femur import proximal_femur
from bonemets_teach.anatomy.vertebra import vertebra
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter

__all__ = ["BODIES", "FINDING_CONTROLS", "region_state"]

BODIES: Final = MappingProxyType[str, tuple[str, Callable[[], Phantom]]]({
    "hip": ("Right hip", proximal_femur),
    "pelvis": ("Pelvis", lambda: pelvis(voxel_mm=2.0)),
    "L3": ("Third lumbar vertebra", lambda: vertebra(level="L3", voxel_mm=1.0)),
    "T8": ("Eighth thoracic vertebra", lambda: vertebra(level="T8", voxel_mm=1.0)),
})  # fmt: skip
"""Region of a picture: words, and how its phantom is made."""
_PHENOTYPES: Final = MappingProxyType({"lytic": 0.0, "mixed": 0.45, "blastic": 1.0})
_SITES: Final = (
    "femoral head", "neck", "intertrochanteric", "subtrochanteric", "greater trochanter", "sacrum", "vertebral body",
    "front of the body", "back of the body", "spinous process", "right pedicle", "left pedicle",
    *(
        f"{side} {part}"
        for side in ("right", "left")
        for part in ("iliac crest", "acetabular roof", "ischium", "pubis", "ilium near the sacrum", "sacral ala")
    ),
)  # fmt: skip


def _listed(values: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=value) for value in values)


FINDING_CONTROLS: Final[tuple[Control, ...]] = (
    Choice(
        name="body", label="Region", default="pelvis",
        options=tuple(Option(value=value, label=label) for value, (label, _) in BODIES.items()),
    ),
    Choice(name="finding", label="Finding", default="lytic", options=_listed(("none", *_PHENOTYPES, *MIMICS))),
    Choice(name="site", label="Place of the finding", default="right acetabular roof", options=_listed(_SITES)),
    Parameter(
        name="months", label="Age of a metastasis", low=0, high=24, step=1, default=15, unit="months",
        source="chosen: the model runs for 24 months",
    ),
)  # fmt: skip
"""Controls of a region with a finding."""


@lru_cache(maxsize=4)
def region_state(body: str, finding: str, site: str, months: float) -> VoxelState:
    """Return a region with a finding.

    Parameters
    ----------
    body : str
        One of `BODIES`.
    finding : str
        "none", the kind of a metastasis, or a name of `bonemets_teach.anatomy.benign.MIMICS`.
    site : str
        Name of a site of the phantom.
    months : float
        Age of a metastasis [months].

    Returns
    -------
    state : VoxelState
        For all modalities.
    """
    phantom = BODIES[body][1]()
    if finding == "none":
        return VoxelState.healthy(phantom)
    if finding in MIMICS:
        return MIMICS[finding][1](phantom, site)
    return place(phantom, site, phenotype=_PHENOTYPES[finding], months=months)
