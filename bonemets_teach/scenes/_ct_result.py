"""What the CT scene computes: cuts, projections and images, kept so that dose and kernel are quick."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.lesion_placement import PlacedLesion, VoxelState, grow_at
from bonemets_teach.anatomy.proximal_femur import LANDMARKS_MM, SITES, proximal_femur
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.imaging.ct import CtImage, CtSettings, SliceProjections, project_slice, reconstruct
from bonemets_teach.imaging.ct_slice import AxialField, axial_maps
from bonemets_teach.imaging.spectra import tube_spectrum
from bonemets_teach.scenes.scene import State

__all__ = ["FIELD", "LESIONS", "MEASURING_DISC_MM", "SITE_LEVEL_MM", "CtResult", "take_slice"]

FIELD: Final = AxialField()
LESIONS: Final = MappingProxyType({"none": None, "lytic": 0.0, "mixed": 0.45, "blastic": 1.0})
"""Phenotype of each choice, 0 lytic to 1 blastic."""
_SITE: Final = SITES["intertrochanteric"]
_HEAD_MM: Final = LANDMARKS_MM["head center"][0]
SITE_LEVEL_MM: Final = float(_SITE[0] - _HEAD_MM)
"""Level of the middle of the lesion, below the center of the femoral head [mm]."""
# Chosen: a measuring disc of 12 mm; farther than 20 mm from the lesion it lies in the middle of the femur.
MEASURING_DISC_MM: Final = 6.0
_REACH_MM: Final = 20.0
_NOISE_DISC_MM: Final = 20.0
_REFERENCE: Final = (120.0, 100.0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CtResult:
    """One slice and what is measured in it.

    Parameters
    ----------
    image : CtImage
        The picture [HU].
    lesion, months, level_mm : str, float, float
        What was cut, and where: below the center of the femoral head [mm].
    disc_hu, normal_hu, noise_hu : float
        Mean in the measuring disc, the same without a lesion, and the spread of the noise [HU].
    tumor_share, mineral_lost, dose : float
        Tumor in the marrow space of the disc, mineral lost there, and dose relative to 100 mAs at 120 kV.
    disc : tuple of float
        Row and column of the measuring disc.
    marks : tuple of (float, float, str)
        Row, column and name of the anatomy in the slice.
    """

    image: CtImage
    lesion: str
    months: float
    level_mm: float
    disc_hu: float
    normal_hu: float
    noise_hu: float
    tumor_share: float
    mineral_lost: float
    dose: float
    disc: tuple[float, float]
    marks: tuple[tuple[float, float, str], ...]

    @property
    def contrast_to_noise(self) -> float:
        """Difference to normal bone over the noise of a pixel."""
        return abs(self.disc_hu - self.normal_hu) / max(self.noise_hu, 1e-6)


def take_slice(state: State) -> CtResult:
    """Take one slice of the femur.

    Parameters
    ----------
    state : mapping
        Complete state of the scene.

    Returns
    -------
    result : CtResult
        Image and measurements.
    """
    settings = CtSettings(
        tube_voltage_kv=float(state["tube_voltage_kv"]),
        tube_current_time_mas=float(state["tube_current_time_mas"]),
        slice_thickness_mm=float(state["slice_thickness_mm"]),
        kernel=state["kernel"],
    )
    lesion, level = str(state["lesion"]), float(state["level_mm"])
    months = float(state["months"]) if LESIONS[lesion] is not None else 0.0
    if not _reaches(lesion, months, level, settings.slice_thickness_mm):
        cut = ("none", 0.0, level, settings.slice_thickness_mm)
    else:
        cut = (lesion, months, level, settings.slice_thickness_mm)
    image = reconstruct(_projections(*cut), settings)
    clean = _clean(*cut, settings.tube_voltage_kv, settings.kernel)
    center = _disc_center(level)
    quiet = _disc_mean(cut, settings.tube_voltage_kv, center)
    normal = _disc_mean(("none", 0.0, *cut[2:]), settings.tube_voltage_kv, center)
    tumor, lost = _content(*cut)
    return CtResult(
        image=image,
        lesion=lesion,
        months=months,
        level_mm=level,
        disc_hu=quiet,
        normal_hu=normal,
        noise_hu=float(np.std((image.hu - clean)[_disc(center, _NOISE_DISC_MM)])),
        tumor_share=tumor,
        mineral_lost=lost,
        dose=_dose(settings),
        disc=center,
        marks=_marks(lesion, months, level),
    )


@lru_cache(maxsize=1)
def _placed(phenotype: float) -> PlacedLesion:
    # Held here too, so that kernels share the lesion of the start: the cache below it holds few for all scenes.
    return grow_at(proximal_femur(), "intertrochanteric", phenotype=phenotype)


@lru_cache(maxsize=2)
def _voxels(lesion: str, months: float) -> VoxelState:
    phenotype = LESIONS[lesion]
    if phenotype is None or months <= 0:
        return VoxelState.healthy(proximal_femur())
    return _placed(phenotype).at(months)


@lru_cache(maxsize=6)
def _projections(lesion: str, months: float, level: float, thickness: float) -> SliceProjections:
    maps = axial_maps(_voxels(lesion, months), level_mm=_HEAD_MM + level, thickness_mm=thickness, field=FIELD)
    return project_slice(maps)


@lru_cache(maxsize=8)
def _clean(
    lesion: str, months: float, level: float, thickness: float, voltage: float, kernel: Any
) -> npt.NDArray[np.float32]:
    settings = CtSettings(tube_voltage_kv=voltage, slice_thickness_mm=thickness, kernel=kernel)
    return reconstruct(_projections(lesion, months, level, thickness), settings, noise=False).hu


def _reaches(lesion: str, months: float, level: float, thickness: float) -> bool:
    """Tell whether the slice can hold any of the lesion; if not, the normal slice serves."""
    state = _voxels(lesion, months)
    if not state.has_lesion:
        return False
    top, bottom = (
        edge * state.phantom.voxel_mm - _HEAD_MM for edge in (state.roi[0].start, state.roi[0].stop)
    )
    return bool(top - thickness <= level <= bottom + thickness)


def _disc_mean(cut: tuple[str, float, float, float], voltage: float, center: tuple[float, float]) -> float:
    # The mean of a disc hardly depends on the kernel, so one noiseless image serves both.
    return float(_clean(*cut, voltage, "soft")[_disc(center, MEASURING_DISC_MM)].mean())


@lru_cache(maxsize=8)
def _disc(center: tuple[float, float], radius_mm: float) -> npt.NDArray[np.bool_]:
    place_in_row = np.arange(FIELD.size)
    distance = np.hypot(place_in_row[:, None] - center[0], place_in_row - center[1])
    return np.asarray(distance * FIELD.pixel_mm <= radius_mm, dtype=np.bool_)


@lru_cache(maxsize=256)
def _disc_center(level: float) -> tuple[float, float]:
    state = _voxels("none", 0.0)
    if abs(level - SITE_LEVEL_MM) <= _REACH_MM:
        return FIELD.pixel_of(state, float(_SITE[1]), float(_SITE[2]))
    return _middle_of(state, is_bone(state.phantom.label[_layer(level)], femur_only=True))


def _layer(level: float) -> int:
    phantom = _voxels("none", 0.0).phantom
    return min(max(int((_HEAD_MM + level) / phantom.voxel_mm), 0), phantom.shape[0] - 1)


def _middle_of(state: VoxelState, mask: npt.NDArray[np.bool_]) -> tuple[float, float]:
    rows, columns = np.nonzero(mask)
    if rows.size == 0:
        return (FIELD.size - 1) / 2, (FIELD.size - 1) / 2
    edge = state.phantom.voxel_mm
    return FIELD.pixel_of(state, (float(rows.mean()) + 0.5) * edge, (float(columns.mean()) + 0.5) * edge)


@lru_cache(maxsize=64)
def _content(lesion: str, months: float, level: float, thickness: float) -> tuple[float, float]:
    """Return tumor share and mineral lost in the measuring cylinder."""
    state = _voxels(lesion, months)
    if not state.has_lesion or abs(level - SITE_LEVEL_MM) > _REACH_MM:
        return 0.0, 0.0
    phantom, edge = state.phantom, state.phantom.voxel_mm
    z, y, x = (np.arange(part.start, part.stop) * edge + edge / 2 for part in state.roi)
    near = np.abs(z - _HEAD_MM - level) <= max(thickness, edge) / 2
    disc = np.hypot(y[:, None] - _SITE[1], x - _SITE[2]) <= MEASURING_DISC_MM
    inside = near[:, None, None] & disc
    if not inside.any():
        return 0.0, 0.0
    before = float(phantom.bone_fraction[state.roi][inside].mean())
    after = float(state.roi_bone_fraction[inside].mean())
    return float(state.roi_tumor[inside].mean()), 1.0 - after / max(before, 1e-6)


@lru_cache(maxsize=64)
def _marks(lesion: str, months: float, level: float) -> tuple[tuple[float, float, str], ...]:
    state = _voxels(lesion, months)
    label = state.phantom.label[_layer(level)]
    femur, pelvis = is_bone(label, femur_only=True), label >= Tissue.PELVIS_CORTEX
    marks = [
        (*_middle_of(state, mask), name)
        for name, mask in (("femur", femur), ("pelvis", pelvis))
        if mask.any()
    ]
    if _content(lesion, months, level, 1.0)[0] > 0.5:
        marks.append((*_disc_center(level), "lesion"))
    return tuple(marks)


@lru_cache(maxsize=16)
def _kerma(voltage: float) -> float:
    return tube_spectrum(voltage, filtration_mm_al=7.0).air_kerma_ugy_per_mas


def _dose(settings: CtSettings) -> float:
    voltage, current = _REFERENCE
    kerma = _kerma(settings.tube_voltage_kv) * settings.tube_current_time_mas
    return kerma / (_kerma(voltage) * current)
