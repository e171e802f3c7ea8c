"""Frontal and lateral films of any phantom, exposed to a chosen dose at the detector."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging._radiograph_detector import beam_table
from bonemets_teach.imaging.projection import PATH_MATERIALS, PathLengths, View, lesion_difference, project
from bonemets_teach.imaging.radiograph import Exposure, Radiograph, RadiographSettings, expose, transmit

__all__ = [
    "PROJECTIONS",
    "FilmSettings",
    "Projection",
    "current_for_dose",
    "enlarged_paths",
    "film",
    "film_exposure",
    "film_paths",
    "voxel_paths",
]

Projection = Literal["AP", "lateral"]

PROJECTIONS: Final = MappingProxyType[str, View]({"AP": "frontal", "lateral": "lateral"})
"""View of `projection.project` for each name in use: AP is seen as if facing the patient."""
_CURRENT_RANGE_MAS: Final = (0.01, 500.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmSettings:
    """How a film is taken when the machine sets the current itself, by the dose at the detector.

    Parameters
    ----------
    projection : {"AP", "lateral"}, default "AP"
        Direction of the beam.
    tube_voltage_kv : float, default 80
        Tube voltage [kV], in [50, 140].
    detector_kerma_ugy : float, default 2.5
        Air kerma at the detector behind the middle of the body [uGy], in [0.05, 50]; 2.5 to 5 are usual.
    grid : bool, default True
        Whether an anti-scatter grid stands before the detector.
    scatter : bool, default True
        Whether the patient scatters; False is a teaching device.
    filtration_mm_al : float, default 3
        Total filtration [mm of aluminum], in [2.5, 30].
    size : int, default 512
        Pixels along the longer edge, in [32, 2048].
    metal : {"titanium", "steel"}, default "titanium"
        What implants are made of.
    collimation_mm : tuple of float, optional
        Edges (top, bottom, left, right) of the field from the corner of the whole film [mm]; None is the whole
        phantom. A smaller field shows more detail; that it lowers scatter is left out.

    Raises
    ------
    ParameterError
        If a setting is outside its range.
    """

    projection: Projection = "AP"
    tube_voltage_kv: float = 80.0
    detector_kerma_ugy: float = 2.5
    grid: bool = True
    scatter: bool = True
    filtration_mm_al: float = 3.0
    size: int = 512
    metal: str = "titanium"
    collimation_mm: tuple[float, float, float, float] | None = None

    def __post_init__(self) -> None:
        if self.projection not in PROJECTIONS:
            message = f"there is no projection “{self.projection}”; choose one of {', '.join(PROJECTIONS)}"
            raise ParameterError(message)
        require_in_range("detector_kerma_ugy", self.detector_kerma_ugy, 0.05, 50.0, "uGy")
        require_in_range("size", self.size, 32, 2048)
        self.machine()

    def machine(self, tube_current_time_mas: float = 1.0) -> RadiographSettings:
        """Return the settings of the machine for a tube current times time [mAs]."""
        return RadiographSettings(
            tube_voltage_kv=self.tube_voltage_kv, tube_current_time_mas=tube_current_time_mas,
            filtration_mm_al=self.filtration_mm_al, scatter=self.scatter, grid=self.grid,
        )  # fmt: skip


def voxel_paths(subject: Phantom | VoxelState, settings: FilmSettings) -> PathLengths:
    """Project a phantom onto a film of one pixel a voxel.

    Parameters
    ----------
    subject : Phantom or VoxelState
        Any phantom, healthy or with a lesion.
    settings : FilmSettings
        Projection, metal and collimation are used.

    Returns
    -------
    paths : PathLengths
        For `enlarged_paths`, or for measuring.
    """
    paths = _coarse(subject, PROJECTIONS[settings.projection], settings.metal)
    return _collimated(paths, settings.collimation_mm)


def enlarged_paths(paths: PathLengths, size: int) -> PathLengths:
    """Interpolate path lengths to the pixels of a film.

    Parameters
    ----------
    paths : PathLengths
        One pixel a voxel.
    size : int
        Pixels along the longer edge of the film.

    Returns
    -------
    paths : PathLengths
        Materials that no ray meets are left out, but for those of bone, muscle and fat.

    Notes
    -----
    The voxels' path lengths are interpolated by cubics [1]_, so detail is that of the voxels.

    References
    ----------
    .. [1] Keys R. IEEE Trans Acoust 1981; 29: 1153. doi:10.1109/TASSP.1981.1163711
    """
    pixel = max(paths.shape) * paths.pixel_mm / size
    rows, columns = (_interpolation(n, max(1, round(n * paths.pixel_mm / pixel))) for n in paths.shape)
    kept = [k for k in range(len(paths.materials)) if k < len(PATH_MATERIALS) or paths.mm[k].any()]
    mm = np.empty((len(kept), rows.shape[0], columns.shape[0]), dtype=np.float32)
    for fine, k in zip(mm, kept, strict=True):
        np.maximum((columns @ (rows @ paths.mm[k]).T).T, np.float32(0), out=fine)
    return PathLengths(mm=mm, pixel_mm=pixel, materials=tuple(paths.materials[k] for k in kept))


def film_paths(subject: Phantom | VoxelState, settings: FilmSettings) -> PathLengths:
    """Project a phantom onto the pixels of a film.

    Parameters
    ----------
    subject : Phantom or VoxelState
        Any phantom, healthy or with a lesion.
    settings : FilmSettings
        Projection, number of pixels, collimation and metal are used.

    Returns
    -------
    paths : PathLengths
        With ``settings.size`` pixels along the longer edge.
    """
    return enlarged_paths(voxel_paths(subject, settings), settings.size)


def film_exposure(subject: Phantom | VoxelState, settings: FilmSettings) -> Exposure:
    """Send the beam through a phantom; keep this while only the dose changes.

    Parameters
    ----------
    subject : Phantom or VoxelState
        Any phantom.
    settings : FilmSettings
        The dose is not used.

    Returns
    -------
    exposure : Exposure
        For `film` and `current_for_dose`.
    """
    return transmit(film_paths(subject, settings), settings.machine())


def current_for_dose(exposure: Exposure, detector_kerma_ugy: float) -> float:
    """Return what automatic exposure control would choose.

    Parameters
    ----------
    exposure : Exposure
        What reaches the detector for 1 mAs.
    detector_kerma_ugy : float
        Wanted air kerma at the detector [uGy], in [0.05, 50].

    Returns
    -------
    current : float
        Tube current times time [mAs].

    Raises
    ------
    ParameterError
        If the tube can't deliver it, in 0.01 to 500 mAs.
    """
    wanted = require_in_range("detector_kerma_ugy", detector_kerma_ugy, 0.05, 50.0, "uGy")
    beam = beam_table(exposure.settings.tube_voltage_kv, exposure.settings.filtration_mm_al)
    per_mas = beam.kerma_ugy_per_mas * exposure.reference / float(beam.moments[0].sum())
    current = wanted / per_mas
    low, high = _CURRENT_RANGE_MAS
    if not low <= current <= high:
        way = "raise the voltage or ask for less dose" if current > high else "ask for more dose"
        message = (
            f"{wanted:g} uGy at the detector need {current:.3g} mAs at {exposure.settings.tube_voltage_kv:g} kV; "
            f"the tube delivers {low:g} to {high:g} mAs; {way}"
        )
        raise ParameterError(message)
    return current


def film(
    subject: Phantom | VoxelState | Exposure, settings: FilmSettings | None = None, *, seed: int | None = 0
) -> Radiograph:
    """Take a film.

    Parameters
    ----------
    subject : Phantom or VoxelState or Exposure
        Any phantom, or what `film_exposure` made of it: then only dose and noise are new.
    settings : FilmSettings, optional
        How it is taken.
    seed : int or None, default 0
        Seed of the noise; None makes a film without noise.

    Returns
    -------
    radiograph : Radiograph
        Image and numbers, with the current that the dose needed.

    Raises
    ------
    ParameterError
        If the tube can't deliver the dose.
    """
    chosen = settings or FilmSettings()
    exposure = subject if isinstance(subject, Exposure) else film_exposure(subject, chosen)
    current = current_for_dose(exposure, chosen.detector_kerma_ugy)
    return expose(exposure, chosen.machine(current), seed=seed)


def _collimated(paths: PathLengths, edges_mm: tuple[float, float, float, float] | None) -> PathLengths:
    """Cut the field out, to whole voxels."""
    if edges_mm is None:
        return paths
    height, width = (n * paths.pixel_mm for n in paths.shape)
    ends = [
        require_in_range("collimation_mm", edge, 0.0, end, "mm")
        for edge, end in zip(edges_mm, (height, height, width, width), strict=True)
    ]
    first = [int(ends[k] / paths.pixel_mm) for k in (0, 2)]
    last = [int(np.ceil(ends[k] / paths.pixel_mm)) for k in (1, 3)]
    if last[0] - first[0] < 2 or last[1] - first[1] < 2:
        message = f"collimation_mm = {edges_mm} leaves no field; let bottom exceed top and right exceed left"
        raise ParameterError(message)
    mm = paths.mm[:, first[0] : last[0], first[1] : last[1]]
    return PathLengths(mm=mm, pixel_mm=paths.pixel_mm, materials=paths.materials)


def _coarse(subject: Phantom | VoxelState, view: View, metal: str) -> PathLengths:
    """Return one pixel a voxel; the healthy phantom is kept, so that a lesion costs its region only."""
    if isinstance(subject, Phantom):
        return _healthy(subject, view, metal)
    healthy = _healthy(subject.phantom, view, metal)
    if not subject.roi_bone_fraction.size:
        return healthy
    change, region = lesion_difference(subject, view)
    mm = healthy.mm.copy()
    mm[(slice(0, len(change)), *region)] += change
    return PathLengths(mm=mm, pixel_mm=healthy.pixel_mm, materials=healthy.materials)


@lru_cache(maxsize=4)
def _healthy(phantom: Phantom, view: View, metal: str) -> PathLengths:
    paths = project(phantom, view, metal=metal)
    paths.mm.setflags(write=False)
    return paths


@lru_cache(maxsize=16)
def _interpolation(voxels: int, pixels: int) -> Any:
    """Return the sparse matrix of Keys' cubic interpolation from voxel to pixel centers; the edges are held."""
    position = (np.arange(pixels) + 0.5) * voxels / pixels - 0.5
    first = np.floor(position).astype(int)
    matrix: npt.NDArray[Any] = np.zeros((pixels, voxels))
    for step in range(-1, 3):
        distance = np.abs(position - first - step)
        near = 1.5 * distance**3 - 2.5 * distance**2 + 1
        far = -0.5 * distance**3 + 2.5 * distance**2 - 4 * distance + 2
        weight = np.where(distance <= 1, near, np.where(distance < 2, far, 0.0))
        np.add.at(matrix, (np.arange(pixels), np.clip(first + step, 0, voxels - 1)), weight)
    return csr_array(matrix.astype(np.float32))
