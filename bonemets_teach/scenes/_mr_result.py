"""What the MR scene computes: one image, and what is measured in it and in the maps of the same place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.lesion_placement import place
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging.mri import MriImage, mri_slice
from bonemets_teach.imaging.mri_content import METASTASIS, LesionContent, lesion_content
from bonemets_teach.imaging.mri_mimics import benign_mimic
from bonemets_teach.scenes._mr_regions import finding_mask, middle_layer, region_center, spine, tissue_masks
from bonemets_teach.scenes._mr_settings import scanner_settings
from bonemets_teach.scenes.scene import State

__all__ = ["FINDINGS", "MrResult", "is_metastasis", "take_image"]

FINDINGS: Final = MappingProxyType({
    "none": "None", "lytic": "Lytic metastasis", "mixed": "Mixed metastasis", "blastic": "Blastic metastasis",
    "treated": "Lytic metastasis, treated", "osteoporotic collapse": "Osteoporotic collapse",
    "hemangioma": "Hemangioma", "Modic 1": "Worn disc, Modic 1", "Modic 2": "Worn disc, Modic 2",
    "bone island": "Bone island", "Paget disease": "Paget disease", "Schmorl node": "Schmorl node",
})  # fmt: skip
"""Findings: value of the control, and what the learner reads."""
_PHENOTYPES: Final = MappingProxyType({"lytic": 0.0, "mixed": 0.45, "blastic": 1.0, "treated": 0.0})
_SEED: Final = 7
# A map has its own unit; on the screen white is 100 % fat or an ADC of 2.5e-3 mm2/s.
_WHITE: Final = MappingProxyType({"%": 100.0, "10⁻³ mm²/s": 2.5})
_SHOWN_WHITE: Final = 1000.0
# Chosen: the brightest normal tissue is shown at this share of white, as scanners do; lower where lesions outshine it.
_HEADROOM: Final = 0.9
_LOWER_HEADROOM: Final = MappingProxyType(
    {"diffusion": 0.5, "gadolinium": 0.7, "in-phase": 0.75, "opposed-phase": 0.75}
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MrResult:
    """One image and what is measured in it.

    Parameters
    ----------
    image : MriImage
        As it was taken.
    shown : ndarray of float32 of shape (row, column)
        Gray values: the brightest normal tissue at 500 to 900, or a map with white at 100 % fat or 2.5e-3 mm2/s.
    gain : float
        Gray value for each unit of the image.
    finding, sequence : str
        Values of the controls.
    months : float
        Age of the metastasis.
    readings : mapping of str to float
        Means without noise of "finding", "marrow", "disc", "muscle", "CSF", "fat", in the unit of the image.
    ratio, marrow_ratio : float
        Opposed over in phase in the finding and in normal marrow.
    fat_percent, marrow_fat_percent : float
        Fat fraction in the finding and in normal marrow [%].
    adc, marrow_adc : float
        Diffusion coefficient of finding and marrow [1e-3 mm2/s].
    center : (float, float)
        Row and column of the finding.
    """

    image: MriImage
    shown: npt.NDArray[np.float32]
    gain: float
    finding: str
    sequence: str
    months: float
    readings: Mapping[str, float]
    ratio: float
    marrow_ratio: float
    fat_percent: float
    marrow_fat_percent: float
    adc: float
    marrow_adc: float
    center: tuple[float, float]

    @property
    def relative(self) -> float:
        """Finding over normal marrow in this image."""
        return self.readings["finding"] / max(self.readings["marrow"], 1e-6)

    @property
    def contrast_to_noise(self) -> float:
        """Difference of finding and marrow over the noise of a pixel; of signals, not of maps."""
        return abs(self.readings["finding"] - self.readings["marrow"]) / self.image.noise


def is_metastasis(finding: str) -> bool:
    """Tell a metastasis from a benign finding."""
    return finding in _PHENOTYPES


def take_image(state: State) -> MrResult:
    """Take the image of a complete state.

    Parameters
    ----------
    state : mapping
        Complete state of the scene.

    Returns
    -------
    result : MrResult
        Image and measures.
    """
    finding, months = str(state["finding"]), float(state["months"])
    if not is_metastasis(finding):
        months = 0.0
    voxels, content = _patient(finding, months)
    settings = scanner_settings(state)
    layer = middle_layer()
    image = mri_slice(voxels, "sagittal", layer, settings, np.random.default_rng(_SEED), content)
    clean = mri_slice(voxels, "sagittal", layer, settings, None, content)
    readings = _readings(clean, voxels)
    gain = _gain(image.unit, str(state["sequence"]), readings)
    ratio, fat, adc = _measures(finding, months, settings.field_t)
    normal = _measures("none", 0.0, settings.field_t)
    return MrResult(
        image=image,
        shown=image.values * np.float32(gain),
        gain=gain,
        finding=finding,
        sequence=str(state["sequence"]),
        months=months,
        readings=MappingProxyType(readings),
        ratio=ratio, marrow_ratio=normal[0],
        fat_percent=fat, marrow_fat_percent=normal[1],
        adc=adc, marrow_adc=normal[2],
        center=region_center(finding_mask(voxels)),
    )  # fmt: skip


@lru_cache(maxsize=3)
def _patient(finding: str, months: float) -> tuple[VoxelState, LesionContent]:
    phantom = spine()
    if finding == "none":
        return VoxelState.healthy(phantom), METASTASIS
    if not is_metastasis(finding):
        mimic = benign_mimic(phantom, finding)
        return mimic.state, mimic.content
    state = place(phantom, phantom.sites["vertebral body"], phenotype=_PHENOTYPES[finding], months=months)
    return state, lesion_content("treated metastasis") if finding == "treated" else METASTASIS


def _readings(clean: MriImage, voxels: VoxelState) -> dict[str, float]:
    masks = {"finding": finding_mask(voxels), **tissue_masks()}
    return {name: float(clean.values[mask].mean()) for name, mask in masks.items()}


def _gain(unit: str, sequence: str, readings: Mapping[str, float]) -> float:
    white = _WHITE.get(unit)
    if white is None:
        white = max(readings[name] for name in readings if name != "finding")
        white /= _LOWER_HEADROOM.get(sequence.removesuffix("-fat-suppressed"), _HEADROOM)
    return _SHOWN_WHITE / max(white, 1e-6)


@lru_cache(maxsize=16)
def _measures(finding: str, months: float, field_t: float) -> tuple[float, float, float]:
    """Return opposed over in phase, fat fraction [%] and ADC [1e-3 mm2/s] in a finding, without noise."""
    voxels, content = _patient(finding, months)
    mask = finding_mask(voxels)
    state: dict[str, Any] = {"scanner": f"{field_t:g}-2"}

    def mean(sequence: str) -> float:
        settings = scanner_settings(state, sequence)
        values = mri_slice(voxels, "sagittal", middle_layer(), settings, None, content).values
        return float(values[mask].mean())

    return mean("opposed-phase") / mean("in-phase"), mean("fat-fraction"), mean("adc")
