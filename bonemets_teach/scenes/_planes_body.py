"""The lumbar spine as a scanner's rays, with what may be found in it and the screws that may hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import binary_erosion

from bonemets_teach.anatomy.benign import bone_island, healed_metastasis, hemangioma, osteoporotic_collapse
from bonemets_teach.anatomy.lesion_placement import place
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging.ct_slice import AxialField, axial_maps
from bonemets_teach.imaging.ct_stack import LayerChange, RayStack
from bonemets_teach.imaging.ct_tracing import layer_change, ray_stack
from bonemets_teach.imaging.hounsfield import effective_attenuation
from bonemets_teach.imaging.metal_implant import Rod, with_rod
from bonemets_teach.scenes._spine_lesions import spine

__all__ = [
    "FIELD",
    "FINDINGS",
    "HEIGHT_LOSS",
    "SITES",
    "Body",
    "Places",
    "body",
    "change_of",
    "places",
    "true_hu",
]

FINDINGS: Final = MappingProxyType({
    "none": "None",
    "lytic-pedicle": "Lytic metastasis, right pedicle",
    "lytic-body": "Lytic metastasis, back of the body",
    "blastic-body": "Blastic metastasis, front of the body",
    "healed": "Lytic metastasis, healed by treatment",
    "bone-island": "Bone island, front of the body",
    "hemangioma": "Hemangioma",
    "collapse": "Wedge collapse (osteoporosis)",
})  # fmt: skip
"""What may be in the vertebra, and what the learner reads."""
SITES: Final = MappingProxyType({
    "none": "vertebral body", "lytic-pedicle": "right pedicle", "lytic-body": "back of the body",
    "blastic-body": "front of the body", "healed": "back of the body", "bone-island": "front of the body",
    "hemangioma": "vertebral body", "collapse": "vertebral body",
})  # fmt: skip
"""Where each finding sits."""
# Chosen: phenotype and age of the metastases, with the speed of the hip's; share of the front height lost.
_METASTASES: Final = MappingProxyType(
    {"lytic-pedicle": (0.0, 14), "lytic-body": (0.0, 18), "blastic-body": (1.0, 12)}
)
_OTHERS: Final = MappingProxyType(
    {"healed": healed_metastasis, "bone-island": bone_island, "hemangioma": hemangioma}
)
_SPEED: Final = 1.4
HEIGHT_LOSS: Final = 0.4
# Chosen: the body is trimmed to a cylinder of 20 cm around the spine, its axis 15 mm behind the middle of the body.
_WIDTH_MM: Final = 200.0
_BEHIND_MM: Final = 15.0
FIELD: Final = AxialField(size=256, width_mm=_WIDTH_MM)
# Chosen: titanium or steel screws of 6 mm through both pedicles, joined to rods of 6 mm behind the joints.
_RADIUS_MM: Final = 3.0
_SCREW_MM: Final = (-26.0, 26.0)
_TOWARD_MIDDLE_MM: Final = (9.0, -5.0)
_DISC_MM: Final = 4.0
# Muscle is measured so many voxels from any other tissue.
_INSIDE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Places:
    """Named places from the axis of the scanner.

    Parameters
    ----------
    depth_mm : float
        Extent of the body along the axis [mm].
    sites : mapping of str to Point
        (z, y, x): z from the top, y toward the back and x toward the patient's left from the axis [mm].
    """

    depth_mm: float
    sites: Mapping[str, Point]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Body:
    """All rays of the healthy spine, its screws, and tissue of known kind.

    Parameters
    ----------
    stack : RayStack
        Rays.
    inner_muscle, outer_muscle : ndarray of shape (2, point)
        y and x of muscle near the axis and near the skin at the level of the pedicles [mm].
    """

    stack: RayStack
    inner_muscle: npt.NDArray[Any]
    outer_muscle: npt.NDArray[Any]


@cache
def places() -> Places:
    """Return where things are."""
    phantom = _trimmed()
    half = _WIDTH_MM / 2
    sites = {name: (z, y - half, x - half) for name, (z, y, x) in phantom.sites.items()}
    pedicle, other = sites["right pedicle"], sites["left pedicle"]
    level = phantom.index_of(phantom.sites["right pedicle"])[0]
    rows, columns = np.nonzero(np.isin(phantom.label[level], [Tissue.CSF, Tissue.CORD]))
    edge = phantom.voxel_mm
    middle = ((float(at.mean()) + 0.5) * edge - half for at in (rows, columns))
    row, column = middle
    sites["canal"] = ((pedicle[0] + other[0]) / 2, row, column)
    return Places(depth_mm=phantom.shape[0] * edge, sites=sites)


@cache
def body() -> Body:
    """Return the rays of the healthy spine with its screws."""
    healthy = VoxelState.healthy(_trimmed())
    stack = ray_stack(healthy, FIELD, _with_screws(healthy))
    inner, outer = _muscle()
    return Body(stack=stack, inner_muscle=inner, outer_muscle=outer)


@cache
def change_of(finding: str) -> LayerChange | None:
    """Return what a finding changes in the rays.

    Parameters
    ----------
    finding : str
        One of `FINDINGS`.

    Returns
    -------
    change : LayerChange or None
        None without a finding.
    """
    if finding == "none":
        return None
    return layer_change(VoxelState.healthy(_trimmed()), _state(finding), FIELD)


def true_hu(finding: str, tube_voltage_kv: float) -> float:
    """Return what a perfect scanner would read in a disc of 8 mm at the place of a finding.

    Parameters
    ----------
    finding : str
        One of `FINDINGS`.
    tube_voltage_kv : float
        Tube voltage [kV].

    Returns
    -------
    hu : float
        Mean CT number [HU]: a beam of one energy, no noise, the thinnest slice, no metal.
    """
    water, bone = _content(finding)
    ratio = effective_attenuation("bone_cortical", tube_voltage_kv) / effective_attenuation(
        "water", tube_voltage_kv
    )
    return 1000.0 * (water + bone * ratio - 1.0)


@cache
def _content(finding: str) -> tuple[float, float]:
    """Return the mean water and bone share of the disc."""
    z, y, x = places().sites[SITES[finding]]
    state = _state(finding)
    shares = axial_maps(state, level_mm=z, thickness_mm=state.phantom.voxel_mm, field=FIELD).shares
    at = (np.arange(FIELD.size) - (FIELD.size - 1) / 2) * FIELD.pixel_mm
    inside = np.hypot(at[:, None] - y, at - x) <= _DISC_MM
    return float(shares[0][inside].mean()), float(shares[1][inside].mean())


@lru_cache(maxsize=1)
def _trimmed() -> Phantom:
    """Cut the cylinder's square out of the whole phantom."""
    phantom = spine()
    edge, voxels = phantom.voxel_mm, round(_WIDTH_MM / phantom.voxel_mm)
    _, y, x = phantom.sites["vertebral body"]
    top, left = round((y + _BEHIND_MM - _WIDTH_MM / 2) / edge), round((x - _WIDTH_MM / 2) / edge)
    part = (slice(None), slice(top, top + voxels), slice(left, left + voxels))
    numbers = phantom.bone_number
    return replace(
        phantom,
        bone_fraction=phantom.bone_fraction[part], fat_fraction=phantom.fat_fraction[part], label=phantom.label[part],
        turnover_per_year=phantom.turnover_per_year[part], bone_number=None if numbers is None else numbers[part],
        sites={name: (z, row - top * edge, column - left * edge) for name, (z, row, column) in phantom.sites.items()},
    )  # fmt: skip


@lru_cache(maxsize=1)
def _state(finding: str) -> VoxelState:
    phantom = _trimmed()
    if finding == "none":
        return VoxelState.healthy(phantom)
    if finding == "collapse":
        return osteoporotic_collapse(phantom, SITES[finding], height_loss=HEIGHT_LOSS)
    if finding in _OTHERS:
        return _OTHERS[finding](phantom, SITES[finding])
    phenotype, months = _METASTASES[finding]
    return place(phantom, SITES[finding], phenotype=phenotype, months=months, growth_speed=_SPEED)


def _with_screws(state: VoxelState) -> VoxelState:
    sites, depth = state.phantom.sites, state.phantom.shape[0] * state.phantom.voxel_mm
    for name, side in (("right pedicle", 1.0), ("left pedicle", -1.0)):
        z, y, x = sites[name]
        front, back = (y + at for at in _SCREW_MM)
        inward, outward = (side * at for at in _TOWARD_MIDDLE_MM)
        state = with_rod(
            state, Rod(start_mm=(z, front, x + inward), end_mm=(z, back, x + outward), radius_mm=_RADIUS_MM)
        )
        upright = [(end, back + _RADIUS_MM, x + outward) for end in (0.0, depth)]
        state = with_rod(state, Rod(start_mm=upright[0], end_mm=upright[1], radius_mm=_RADIUS_MM))
    return state


def _muscle() -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return points of muscle within 50 mm of the axis and farther than 75 mm."""
    phantom = _with_screws(VoxelState.healthy(_trimmed())).phantom
    level = phantom.index_of(phantom.sites["right pedicle"])[0]
    alone = (phantom.label[level] == Tissue.SOFT) & (phantom.bone_fraction[level] == 0)
    rows, columns = np.nonzero(binary_erosion(alone, iterations=_INSIDE))
    y, x = ((at + 0.5) * phantom.voxel_mm - _WIDTH_MM / 2 for at in (rows, columns))
    distance = np.hypot(y, x)
    near, far = distance < 50.0, (distance > 75.0) & (distance < 92.0)
    return np.stack([y[near], x[near]])[:, ::5], np.stack([y[far], x[far]])[:, ::5]
