"""The superscan: a skeleton that takes all the tracer, so that kidneys and soft tissue vanish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from scipy.ndimage import gaussian_filter

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import is_bone
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging.bone_uptake_kinetics import bone_tracer, tissue_suv

__all__ = ["AXIAL_BONES", "SuperscanSigns", "diffuse_disease", "superscan_signs"]

Pattern = Literal["metastatic", "metabolic"]

AXIAL_BONES: Final = (
    "sacrum", "sternum", "rib", "ilium", "ischium", "pubis", "scapula", "clavicle",
)  # fmt: skip
"""Words in the names of bones with red marrow, beside the vertebrae; textbook."""
_PATCH_MM: Final = 25.0
_PATCHINESS: Final = 0.6
_TUMOR: Final = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperscanSigns:
    """How a scan differs from a healthy one for a demand of the skeleton.

    Parameters
    ----------
    demand : float
        What the skeleton asks for, relative to a healthy one.
    bone_factor, soft_factor, kidney_factor : float
        Activity in bone, soft tissue and kidneys relative to a healthy patient.
    bone_to_soft, kidney_to_bone : float
        SUV of mean bone over soft tissue, and of kidney over mean bone.
    """

    demand: float
    bone_factor: float
    soft_factor: float
    kidney_factor: float
    bone_to_soft: float
    kidney_to_bone: float


def superscan_signs(demand: float, *, time_h: float = 3.0) -> SuperscanSigns:
    """Return what a hungry skeleton does to the rest of the body.

    Parameters
    ----------
    demand : float
        What the skeleton asks for, relative to a healthy one, in [0.01, 1000].
    time_h : float, default 3
        Time after injection [h], in [0.1, 24].

    Returns
    -------
    signs : SuperscanSigns
        Factors and ratios.

    Raises
    ------
    ParameterError
        If a value is outside its range.

    Notes
    -----
    No recipe: bone, soft tissue and kidneys share what was injected, see `bone_uptake_kinetics.bone_tracer`.
    """
    require_in_range("demand", demand, 0.01, 1000)
    require_in_range("time_h", time_h, 0.1, 24, "h")
    healthy, now = bone_tracer(time_h), bone_tracer(time_h, demand=demand)
    suv, normal = tissue_suv(time_h, demand=demand), tissue_suv(time_h)
    return SuperscanSigns(
        demand=float(demand),
        bone_factor=now.bone / healthy.bone,
        soft_factor=now.soft / healthy.soft,
        kidney_factor=suv.kidney / normal.kidney,
        bone_to_soft=suv.bone * demand / suv.soft,
        kidney_to_bone=suv.kidney / (suv.bone * demand),
    )


def diffuse_disease(
    phantom: Phantom, osteoblast_ratio: float, *, pattern: Pattern = "metastatic", seed: int = 0
) -> VoxelState:
    """Return a skeleton full of disease.

    Parameters
    ----------
    phantom : Phantom
        A whole skeleton.
    osteoblast_ratio : float
        Mean osteoblast activity in the diseased bones relative to normal, in [0, 50].
    pattern : {"metastatic", "metabolic"}, default "metastatic"
        Metastatic: patchy, in bones with red marrow. Metabolic: even, skull and limbs too, no tumor.
    seed : int, default 0
        Seed of the patches.

    Returns
    -------
    state : VoxelState
        Region: the whole phantom.

    Raises
    ------
    ParameterError
        If a value is outside its range, the pattern is unknown, or the phantom names no bones.
    """
    ratio = require_in_range("osteoblast_ratio", osteoblast_ratio, 0.0, 50.0)
    if pattern not in ("metastatic", "metabolic"):
        message = f"there is no pattern “{pattern}”; choose metastatic or metabolic"
        raise ParameterError(message)
    if phantom.bone_number is None or not phantom.bone_names:
        message = f"{phantom.name} does not name its bones; give a whole skeleton"
        raise ParameterError(message)
    table = np.array(
        [pattern == "metabolic" or _has_red_marrow(phantom.bone_names.get(n, "")) for n in range(256)]
    )
    where = table[phantom.bone_number] & (phantom.bone_number > 0) & is_bone(phantom.label)
    blasts = np.ones(phantom.shape, dtype=np.float32)
    blasts[where] = ratio
    tumor = np.zeros(phantom.shape, dtype=np.float32)
    if pattern == "metastatic":
        noise = np.random.default_rng(seed).standard_normal(phantom.shape, dtype=np.float32)
        noise = gaussian_filter(noise, _PATCH_MM / 2.5 / phantom.voxel_mm, truncate=2.0)
        noise /= max(float(noise.std()), 1e-9)
        blasts[where] *= np.exp(_PATCHINESS * noise[where] - _PATCHINESS**2 / 2)
        tumor[where] = _TUMOR
    z, y, x = phantom.shape
    return VoxelState(
        phantom=phantom, roi=(slice(0, z), slice(0, y), slice(0, x)), roi_bone_fraction=phantom.bone_fraction,
        roi_tumor=tumor, roi_osteoblast_ratio=blasts, roi_osteoclast_ratio=np.ones_like(blasts),
    )  # fmt: skip


def _has_red_marrow(name: str) -> bool:
    vertebra = name[:1] in {"C", "T", "L"} and name[1:].isdigit()
    return vertebra or any(word in name for word in AXIAL_BONES)
