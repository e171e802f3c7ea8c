"""The same science written plainly with NumPy and SciPy: what the models are compared with."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.integrate import solve_ivp
from scipy.ndimage import map_coordinates

from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.biology import _lesion_constants as constant
from bonemets_teach.biology import _lesion_kernels as kernel
from bonemets_teach.biology._lesion_ground import prepare, seed_voxel
from bonemets_teach.biology._lesion_kernels import settle
from bonemets_teach.biology._lesion_tables import cell_tables
from bonemets_teach.biology._lpt_kernel import _derivatives
from bonemets_teach.biology._lpt_lesion import lesion_floats
from bonemets_teach.biology.lemaire2004_constants import LEMAIRE_2004
from bonemets_teach.biology.lesion_field import LesionSettings, _steps
from bonemets_teach.biology.lpt import Site, Treatment, Tumor
from bonemets_teach.imaging import attenuation
from bonemets_teach.imaging._radiograph_detector import absorbed_share
from bonemets_teach.imaging.projection import PATH_MATERIALS, PathLengths, project
from bonemets_teach.imaging.spectra import tube_spectrum

__all__ = ["film_signal", "lesion_with_lsoda", "lesion_year"]

_Array = npt.NDArray[np.float64]


def lesion_with_lsoda(phenotype: float, days: float) -> _Array:
    """Return R, B, C, V, T, P once a day by SciPy's LSODA on the compiled right-hand side."""
    floats = lesion_floats(phenotype, Tumor(), Treatment(), Site())
    start = (floats.R0, floats.B0, floats.C0, 1.0, float(Tumor().seed_fraction), 1.0)

    def rate(_time: float, y: _Array) -> tuple[float, ...]:
        return _derivatives((*y[:4], min(y[4], 1.0), y[5]), (0.0, 0.0, 0.0, 0.0), LEMAIRE_2004, floats)

    found = solve_ivp(rate, (0.0, days), start, method="LSODA", rtol=1e-6, t_eval=np.arange(days + 1))
    return np.asarray(found.y)


def film_signal(state: VoxelState, paths: PathLengths, tube_voltage_kv: float) -> _Array:
    """Return the energy behind a hip: every voxel projected anew, every keV of the spectrum in turn."""
    project(state)
    spectrum = tube_spectrum(tube_voltage_kv, filtration_mm_al=3.0)
    signal = np.zeros(paths.shape)
    weights = spectrum.fluence_per_cm2_mas * absorbed_share(spectrum.energy_kev) * spectrum.energy_kev
    per_mm = np.stack([attenuation.linear(name, spectrum.energy_kev) for name in PATH_MATERIALS]) / 10.0
    for weight, coefficients in zip(weights, per_mm.T, strict=True):
        signal += weight * np.exp(-np.tensordot(coefficients, paths.mm, axes=1))
    return signal


def lesion_year(bone_fraction: npt.NDArray[np.float32], settings: LesionSettings) -> _Array:
    """Return the bone fraction after ``settings.months`` by the same steps on whole NumPy arrays.

    Notes
    -----
    Cortex bared from within is left out: the bone here is all cancellous.
    """
    bone = bone_fraction[None]
    turnover = np.full(bone.shape, kernel.BARED_TURNOVER_PER_YEAR, dtype=np.float32)
    region = np.ones(bone.shape, dtype=np.uint8)
    moving, ground = prepare(bone, turnover, region, seed_voxel(settings, region, 2), settings)
    spread = constant.SPREAD_MM2_PER_DAY * settings.growth_speed**constant.SPREAD_EXPONENT
    steps, days = _steps(settings, spread, 2)
    settle(moving, ground, days)
    tumor, mineral = moving.tumor[1].astype(float), moving.bone[1].astype(float)
    factor, ease = moving.factor[1].astype(float), moving.ease[1].astype(float)
    rate = spread * days / settings.voxel_mm**2
    for step in range(steps * settings.months):
        if step % 2 == 0:
            mineral, factor, ease = _remodel(tumor, mineral, factor, ease, (ground, days))
        tumor = _spread(tumor, factor, ease, rate)
    return mineral[1:-1, 1:-1]


def _remodel(
    tumor: _Array, bone: _Array, factor: _Array, ease: _Array, place: tuple[object, float]
) -> tuple[_Array, _Array, _Array]:
    ground, days = place
    phenotype, initial = ground.phenotype[1], ground.initial[1]  # type: ignore[attr-defined]
    tables = cell_tables()
    ahead = tumor * factor / (1.0 + tumor * (factor - 1.0))
    rows, columns = tables.osteoclast.shape
    at = np.stack([phenotype * (rows - 1), np.clip(ahead, 0, 1) * (columns - 1)])
    osteoclast, osteoblast = (map_coordinates(t, at, order=1, mode="nearest") for t in tables)
    reference = np.clip(initial, kernel.LEAST_REFERENCE, kernel.MOST_REFERENCE)
    surface, volume = _surface(bone) / _surface(reference), bone / reference
    wear = 1.0 + kernel.DEPLETION
    at_start = wear * (initial / reference) / (initial / reference + kernel.DEPLETION)
    resorbed = surface * wear * volume / (volume + kernel.DEPLETION) * osteoclast
    formed = surface * np.maximum(0.0, osteoblast - 1.0 + at_start)
    change = 2.0 * days * ground.turnover[1] / 365.0 * reference * (formed - resorbed)  # type: ignore[attr-defined]
    active = tumor > kernel.QUIET_TUMOR
    bone = np.where(active, np.clip(bone + change, 0.0, 1.0), bone)
    share = 0.2 + 0.6 * phenotype
    given = (1.0 - share) * _support(resorbed) + share * _support(formed)
    drive = kernel.INDEPENDENT_GROWTH + (1.0 - kernel.INDEPENDENT_GROWTH) * given
    factor = np.where(active, np.exp(ground.growth[1] * drive * days), factor)  # type: ignore[attr-defined]
    eased = np.clip((1.0 - bone) / (1.0 - kernel.OPEN_BONE), kernel.TIGHT_FLOOR, 1.0)
    return bone, factor, np.where(active, eased, ease)


def _spread(tumor: _Array, factor: _Array, ease: _Array, rate: float) -> _Array:
    flow = np.zeros_like(tumor)
    for axis in (0, 1):
        for shift in (1, -1):
            flow += np.minimum(ease, np.roll(ease, shift, axis)) * (np.roll(tumor, shift, axis) - tumor)
    value = tumor + rate * flow
    grown = np.minimum(1.0, value * factor / (1.0 + value * (factor - 1.0)))
    return np.where(value < kernel.VANISHING_TUMOR, 0.0, grown)


def _surface(bone: _Array) -> _Array:
    p = 1.0 - bone
    return p * (32.3 + p * (-93.9 + p * (134.0 + p * (-101.0 + p * 28.8))))


def _support(activity: _Array) -> _Array:
    return (1.0 + kernel.SUPPORT_HALF) * activity / (kernel.SUPPORT_HALF + activity)
