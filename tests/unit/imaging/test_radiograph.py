"""The radiograph obeys Beer and Lambert, Poisson, and what scatter and voltage do to contrast."""

import numpy as np
import numpy.typing as npt
import pytest

from bonemets_teach.anatomy.lesion_placement import place
from bonemets_teach.anatomy.proximal_femur import proximal_femur
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging import attenuation
from bonemets_teach.imaging._radiograph_detector import absorbed_share
from bonemets_teach.imaging._radiograph_display import blur_by_cells
from bonemets_teach.imaging.projection import PATH_MATERIALS, PathLengths
from bonemets_teach.imaging.radiograph import (
    RadiographSettings,
    expose,
    healthy_hip,
    hip_with_lesion,
    processed,
    transmit,
)
from bonemets_teach.imaging.spectra import tube_spectrum


def flat(bone_mm: float, muscle_mm: float, pixels: int = 8) -> PathLengths:
    """Return a slab: left half muscle alone, right half with bone in its place."""
    mm = np.zeros((len(PATH_MATERIALS), pixels, pixels), np.float32)
    mm[PATH_MATERIALS.index("muscle")] = muscle_mm
    mm[PATH_MATERIALS.index("muscle"), :, pixels // 2 :] = muscle_mm - bone_mm
    mm[PATH_MATERIALS.index("bone_cortical"), :, pixels // 2 :] = bone_mm
    return PathLengths(mm=mm, pixel_mm=1.0)


def contrast(settings: RadiographSettings) -> float:
    """Return the contrast of 2 mm of bone in 120 mm of muscle."""
    signal = transmit(flat(2.0, 120.0), settings).signal
    return float(1 - signal[0, -1] / signal[0, 0])


@pytest.mark.parametrize("tube_voltage_kv", [60.0, 77.0, 120.0])
@pytest.mark.parametrize(("bone_mm", "muscle_mm"), [(0.0, 50.0), (5.0, 100.0), (20.0, 150.0)])
def test_signal_is_the_sum_over_the_spectrum(
    tube_voltage_kv: float, bone_mm: float, muscle_mm: float
) -> None:
    """Twenty bins agree with the full 1-keV spectrum within 1 %."""
    settings = RadiographSettings(
        tube_voltage_kv=tube_voltage_kv, scatter=False, grid=False, focus_detector_mm=1000
    )
    spectrum = tube_spectrum(tube_voltage_kv, filtration_mm_al=settings.filtration_mm_al)
    energy = spectrum.energy_kev
    depth = bone_mm / 10 * attenuation.linear("bone_cortical", energy)
    depth += (muscle_mm - bone_mm) / 10 * attenuation.linear("muscle", energy)
    expected = np.sum(spectrum.fluence_per_cm2_mas / 100 * energy * absorbed_share(energy) * np.exp(-depth))
    assert transmit(flat(bone_mm, muscle_mm), settings).signal[0, -1] == pytest.approx(expected, rel=0.01)


def test_signal_falls_with_the_square_of_the_distance() -> None:
    """Twice as far, a quarter."""
    near, far = (
        transmit(flat(0, 50), RadiographSettings(focus_detector_mm=d)).signal[0, 0] for d in (800.0, 1600.0)
    )
    assert near / far == pytest.approx(4.0, rel=1e-4)


@pytest.mark.parametrize("factor", [4.0, 16.0])
def test_noise_falls_with_the_root_of_the_exposure(factor: float) -> None:
    """Measured on the picture, with different seeds."""
    paths = flat(0.0, 120.0, pixels=128)
    exposure = transmit(paths, RadiographSettings(scatter=False))

    def spread(mas: float, seed: int) -> float:
        return float(expose(exposure, RadiographSettings(tube_current_time_mas=mas), seed=seed).values.std())

    assert spread(1.0, 1) / spread(factor, 2) == pytest.approx(np.sqrt(factor), rel=0.05)


def test_stated_noise_is_the_noise_of_the_picture() -> None:
    """Standard deviation over mean of a uniform field."""
    radiograph = expose(flat(0.0, 120.0, pixels=128), RadiographSettings(scatter=False))
    measured = radiograph.signal.std() / radiograph.signal.mean()
    assert measured == pytest.approx(float(radiograph.relative_noise.mean()), rel=0.05)


def test_contrast_of_bone_falls_with_the_voltage() -> None:
    """At every step from 50 to 140 kV."""
    contrasts = [contrast(RadiographSettings(tube_voltage_kv=kv)) for kv in (50, 60, 70, 80, 100, 120, 140)]
    assert contrasts == sorted(contrasts, reverse=True)


def test_scatter_lowers_contrast_and_a_grid_brings_most_of_it_back() -> None:
    """No scatter, then grid, then no grid."""
    none = contrast(RadiographSettings(scatter=False))
    grid = contrast(RadiographSettings(grid=True))
    bare = contrast(RadiographSettings(grid=False))
    assert none > grid > 1.5 * bare


def test_scatter_divides_contrast_by_one_plus_its_ratio() -> None:
    """Behind a uniform field, as the textbook says."""
    exposure = transmit(flat(0.01, 120.0), RadiographSettings(grid=False))
    ratio = float(exposure.scatter_to_primary.mean())
    diluted = contrast(RadiographSettings(scatter=False)) / (1 + ratio)
    assert contrast(RadiographSettings(grid=False)) == pytest.approx(diluted, rel=0.06)


def test_a_grid_costs_signal() -> None:
    """Less primary and less scatter reach the detector."""
    with_grid, without = (
        transmit(flat(0, 120), RadiographSettings(grid=g)).signal.mean() for g in (True, False)
    )
    assert with_grid < 0.5 * without


def test_same_seed_same_picture() -> None:
    """And another seed another noise."""
    first, again, other = (expose(flat(5, 100), seed=seed).values for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert np.any(first != other)


def test_without_a_seed_there_is_no_noise() -> None:
    """The mean picture."""
    values = expose(flat(0, 100), seed=None).values
    assert float(np.ptp(values)) < 1e-3


def test_bone_is_displayed_higher_than_muscle_and_air_lowest() -> None:
    """White, gray, black."""
    mm = flat(10, 100).mm.copy()
    mm[:, 0] = 0
    values = expose(PathLengths(mm=mm, pixel_mm=1.0), seed=None).values
    assert values[4, -1] > values[4, 0] > values[0, 0]


def test_a_picture_with_a_handful_of_photons_is_finite() -> None:
    """Thick steel-like bone at the lowest exposure and voltage."""
    settings = RadiographSettings(tube_voltage_kv=50, tube_current_time_mas=0.01)
    radiograph = expose(flat(200, 400), settings)
    assert np.isfinite(processed(radiograph.values, radiograph.pixel_mm)).all()


def test_an_empty_beam_is_finite() -> None:
    """Nothing in the beam: no division by zero."""
    radiograph = expose(PathLengths(mm=np.zeros((6, 5, 7), np.float32), pixel_mm=1.0))
    assert np.isfinite(radiograph.values).all()
    assert not radiograph.scatter_to_primary.any()


def test_dose_is_proportional_to_the_exposure() -> None:
    """At skin and detector."""
    one, ten = (expose(flat(5, 120), RadiographSettings(tube_current_time_mas=mas)) for mas in (1.0, 10.0))
    assert ten.entrance_kerma_ugy == pytest.approx(10 * one.entrance_kerma_ugy, rel=1e-5)
    assert ten.detector_kerma_ugy == pytest.approx(10 * one.detector_kerma_ugy, rel=1e-5)
    assert one.entrance_kerma_ugy > 10 * one.detector_kerma_ugy


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tube_voltage_kv", 49.0), ("tube_voltage_kv", float("nan")), ("tube_current_time_mas", 0.0),
        ("tube_current_time_mas", -5.0), ("tube_current_time_mas", "much"), ("filtration_mm_al", 0.0),
        ("focus_detector_mm", 10.0),
    ],
)  # fmt: skip
def test_impossible_settings_are_refused(name: str, value: object) -> None:
    """The message names setting and range."""
    with pytest.raises(ParameterError, match=rf"{name} = .* is outside"):
        RadiographSettings(**{name: value})  # type: ignore[arg-type]


def test_wide_blur_keeps_a_flat_field_and_the_sum_of_a_spot() -> None:
    """Coarse cells change neither."""
    flat_field = np.full((90, 70), 3.0, np.float32)
    np.testing.assert_allclose(blur_by_cells(flat_field, 1.0, 20.0), 3.0, rtol=1e-5)
    spot: npt.NDArray[np.float32] = np.zeros((201, 201), np.float32)
    spot[100, 100] = 1.0
    assert blur_by_cells(spot, 1.0, 12.0).sum() == pytest.approx(1.0, rel=0.05)


def test_lesion_laid_into_the_fine_hip_keeps_its_mass() -> None:
    """Bone lost on the film's columns equals bone lost in the voxels, within 10 %."""
    state = place(proximal_femur(), "intertrochanteric", phenotype=0.0, months=18)
    lost_voxels = float((state.phantom.bone_fraction[state.roi] - state.roi_bone_fraction).sum()) * 1.25**3
    change = hip_with_lesion(state, overlying=True).mm - healthy_hip(overlying=True).mm
    lost_film = -float(change[0].sum()) * 0.625**2
    assert lost_film == pytest.approx(lost_voxels, rel=0.10)
    np.testing.assert_allclose(change.sum(axis=0), 0, atol=0.02)


def test_hip_without_overlying_anatomy_is_evenly_thick() -> None:
    """The femur alone, in 125 mm of muscle."""
    np.testing.assert_allclose(healthy_hip(overlying=False).total_mm, 125.0, atol=1e-3)
