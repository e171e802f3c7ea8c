"""How long one image of each modality takes, as a kernel makes it: warmed, one thread."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import cache

import numpy as np
from scipy.ndimage import gaussian_filter
from skimage.transform import iradon, iradon_sart, radon

from bonemets_teach.anatomy.lesion_placement import place
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.skeleton_lesions import SkeletonLesion, lesion_fields
from bonemets_teach.anatomy.vertebra import vertebra
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.anatomy.whole_skeleton import whole_skeleton
from bonemets_teach.imaging.ct import CtSettings, project_slice, reconstruct
from bonemets_teach.imaging.ct_slice import axial_maps
from bonemets_teach.imaging.metal_implant import Rod, with_rod
from bonemets_teach.imaging.mri import mri_slice
from bonemets_teach.imaging.mri_settings import MriSettings
from bonemets_teach.imaging.pet import PetSettings, pet_slice
from bonemets_teach.imaging.planar_scan import planar_scan
from bonemets_teach.imaging.radiograph_views import FilmSettings, film
from bonemets_teach.imaging.spect import spect_slice
from tests.bench.measurement import Measurement, timed_ms

__all__ = ["measure"]


def measure(*, quick: bool) -> list[Measurement]:
    """Time an image of each modality beside what a general library does for the same size.

    Parameters
    ----------
    quick : bool
        Few repetitions.

    Returns
    -------
    rows : list of Measurement
        Times [ms].
    """
    many, few = (5, 2) if quick else (21, 5)
    return [
        *_films(many),
        *_ct(many, few),
        _planar(many, few),
        _spect(many, few),
        _pet(many, few),
        _mri(many, few),
    ]


@cache
def _spine() -> VoxelState:
    return place(vertebra(level="L3"), "left pedicle", phenotype=0.0, months=12.0)


@cache
def _skeleton() -> VoxelState:
    return lesion_fields(whole_skeleton(), [SkeletonLesion(bone="L3", phenotype=0.8, months=14.0)])


def _row(name: str, run: Callable[[], object], many: int, limit: float, **more: object) -> Measurement:
    return Measurement(name=name, unit="ms", samples=timed_ms(run, many), limit=limit, **more)  # type: ignore[arg-type]


def _films(many: int) -> list[Measurement]:
    ages = itertools.count(30)

    def unseen() -> Phantom:
        return vertebra(level="L1", age_years=float(next(ages)))

    phantoms = iter([unseen() for _ in range(many + 1)])
    seeds = itertools.count()
    return [
        _row("lateral film of a vertebra", lambda: film(_spine(), FilmSettings(projection="lateral"), seed=next(seeds)), many, 60.0),
        _row("film of a phantom not seen before", lambda: film(next(phantoms), FilmSettings()), many, 60.0),
    ]  # fmt: skip


def _ct(many: int, few: int) -> list[Measurement]:
    state = _spine()
    middle = state.phantom.shape[0] * state.phantom.voxel_mm / 2
    levels = itertools.cycle(np.linspace(middle - 10.0, middle + 10.0, 41))
    metal = with_rod(state, _rod(state.phantom))
    seeds = itertools.count()

    def image(of: VoxelState) -> np.ndarray:
        maps = axial_maps(of, level_mm=float(next(levels)), thickness_mm=3.0)
        return reconstruct(project_slice(maps, views=180), CtSettings(), seed=next(seeds)).hu

    kept = project_slice(axial_maps(state, level_mm=middle, thickness_mm=3.0), views=180)
    currents = itertools.cycle((20.0, 50.0, 100.0, 200.0))
    angles = np.arange(180.0)
    sinogram = radon(np.asarray(image(state), dtype=np.float64) / 1000.0 + 1.0, theta=angles, circle=False)
    plain = timed_ms(lambda: iradon(sinogram, theta=angles, circle=False), few)
    note = "scikit-image iradon, no noise"
    return [
        _row("CT slice 256 of a vertebra, new level", lambda: image(state), many, 60.0, baseline=plain, note=note),
        _row("CT slice 256 with a metal rod, new level", lambda: image(metal), many, 60.0, baseline=plain, note=note),
        _row(
            "CT slice 256, change of mAs",
            lambda: reconstruct(kept, CtSettings(tube_current_time_mas=next(currents)), seed=next(seeds)), many, 30.0,
            baseline=plain, note=note,
        ),
    ]  # fmt: skip


def _rod(phantom: Phantom) -> Rod:
    height, depth, width = (n * phantom.voxel_mm for n in phantom.shape)
    y, x = 0.7 * depth, 0.4 * width
    return Rod(start_mm=(0.1 * height, y, x), end_mm=(0.9 * height, y, x))


def _planar(many: int, few: int) -> Measurement:
    state = _skeleton()
    volume = state.phantom.bone_fraction

    def plain() -> np.ndarray:
        # Both views, each layer blurred by its distance, without attenuation, scatter and noise.
        views = [np.zeros(volume.shape[::2], dtype=np.float32) for _ in range(2)]
        for layer in range(volume.shape[1]):
            for view, away in zip(views, (layer, volume.shape[1] - layer), strict=True):
                np.add(view, gaussian_filter(volume[:, layer], 0.5 + 0.02 * away), out=view)
        return views[0] + views[1]

    return _row(
        "planar bone scan, both views", lambda: planar_scan(state), many, 60.0,
        baseline=timed_ms(plain, few), note="SciPy: blur layer by layer, no attenuation",
    )  # fmt: skip


def _spect(many: int, few: int) -> Measurement:
    state = _skeleton()
    middle = state.phantom.shape[0] // 2
    rows = itertools.cycle(range(middle - 5, middle + 5))
    size = max(state.phantom.shape[1:])
    truth = np.zeros((size, size))
    truth[size // 3 : size // 2, size // 3 : size // 2] = 1.0
    angles = np.arange(0.0, 360.0, 6.0)
    sinogram = radon(truth, theta=angles, circle=False)

    def plain() -> np.ndarray:
        image = None
        for _ in range(4):
            image = iradon_sart(sinogram[: truth.shape[0]], theta=angles, image=image)
        return np.asarray(image)

    return _row(
        "SPECT slice", lambda: spect_slice(state, next(rows)), many, 150.0,
        baseline=timed_ms(plain, few), note="scikit-image SART, 4 rounds, no blur in its model",
    )  # fmt: skip


def _pet(many: int, few: int) -> Measurement:
    state = _skeleton()
    rows = itertools.cycle(range(20, state.phantom.shape[2] - 20))
    volume = state.phantom.bone_fraction
    return _row(
        "PET slice", lambda: pet_slice(state, "sagittal", next(rows), PetSettings()), many, 60.0,
        baseline=timed_ms(lambda: gaussian_filter(volume, 0.7), few), note="SciPy: blur of the whole volume",
    )  # fmt: skip


def _mri(many: int, few: int) -> Measurement:
    state = _spine()
    middle = state.phantom.shape[2] // 2
    rng = np.random.default_rng(1)
    settings = itertools.cycle([MriSettings(sequence=name) for name in ("T1", "T2", "STIR")])
    plane = rng.standard_normal((256, 256)) + 0j
    return _row(
        "MR image 256 with noise", lambda: mri_slice(state, "sagittal", middle, next(settings), rng), many, 30.0,
        baseline=timed_ms(lambda: np.abs(np.fft.ifft2(np.fft.fft2(plane) + rng.standard_normal(plane.shape))), few),
        note="NumPy: to k-space and back",
    )  # fmt: skip
