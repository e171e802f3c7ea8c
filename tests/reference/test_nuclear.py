"""Nuclear medicine against published values."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.anatomy.whole_skeleton import whole_skeleton
from bonemets_teach.biology.lpt import quasi_steady
from bonemets_teach.imaging.bone_uptake import SUPPLY_LIMIT
from bonemets_teach.imaging.bone_uptake_kinetics import HALF_LIFE_H, bone_tracer
from bonemets_teach.imaging.bone_uptake_mimics import add_mimic
from bonemets_teach.imaging.collimator import system_fwhm_mm
from bonemets_teach.imaging.flare_course import TreatedLesion, lesion_course
from bonemets_teach.imaging.pet_tracers import TRACERS
from bonemets_teach.imaging.planar_scan import PlanarSettings, planar_scan
from bonemets_teach.imaging.planar_superscan import superscan_signs
from bonemets_teach.imaging.spect import SpectSettings, spect_slice
from bonemets_teach.imaging.suv_cutoff import (
    DEGENERATIVE,
    METASTASIS,
    NORMAL_VERTEBRA,
    area_under_curve,
    at_cutoff,
)

EDGE = 4.0


@pytest.fixture(scope="module")
def trunk() -> Phantom:
    """Return a trunk of muscle with a spine of cancellous bone, its middle 6 cm from the back."""
    shape = (48, 52, 84)
    y, x = ((np.arange(n) - (n - 1) / 2) * EDGE for n in shape[1:])
    body = (y[:, None] / 100) ** 2 + (x / 160) ** 2 < 1
    spine = ((y[:, None] - 40) / 20) ** 2 + (x / 22) ** 2 < 1
    label = np.zeros(shape, dtype=np.uint8)
    label[:, body] = Tissue.SOFT
    label[:, spine] = Tissue.TRABECULAR
    fraction = np.where(label == Tissue.TRABECULAR, np.float32(0.15), np.float32(0)).astype(np.float32)
    zero = np.zeros(shape, dtype=np.float32)
    return Phantom(
        bone_fraction=fraction,
        fat_fraction=zero,
        label=label,
        turnover_per_year=zero,
        voxel_mm=EDGE,
        name="trunk",
    )


def with_ball(phantom: Phantom, radius_mm: float, *, ratio: float, bone: float = 0.15) -> VoxelState:
    """Put a ball of tumor into the middle of the spine."""
    center = (23.5, 25.5 + 10.0, 41.5)
    z, y, x = ((np.arange(n) - c) * EDGE for n, c in zip(phantom.shape, center, strict=True))
    inside = z[:, None, None] ** 2 + y[:, None] ** 2 + x**2 <= radius_mm**2
    one = np.ones(phantom.shape, dtype=np.float32)
    every = tuple(slice(0, n) for n in phantom.shape)
    return VoxelState(
        phantom=phantom, roi=every,
        roi_bone_fraction=np.where(inside & (phantom.bone_fraction > 0), np.float32(bone), phantom.bone_fraction).astype(np.float32),
        roi_tumor=np.where(inside, one, 0).astype(np.float32),
        roi_osteoblast_ratio=np.where(inside, np.float32(ratio), one).astype(np.float32), roi_osteoclast_ratio=one,
    )  # fmt: skip


def image_ratio(phantom: Phantom, state: VoxelState) -> float:
    """Return the lesion over the healthy spine at the same place of the posterior view, without noise."""
    settings = PlanarSettings(scatter=False)
    place = (slice(46, 50), slice(82, 86))
    lesion, normal = (
        planar_scan(one, settings).expected_posterior[place].mean()
        for one in (state, VoxelState.healthy(phantom))
    )
    return float(lesion / normal)


def test_resolution_at_ten_centimeters():
    """Low energy high resolution 7.4 mm, general purpose 8.8 mm, within 5 % (model 40)."""
    assert_allclose(system_fwhm_mm("LEHR", 100.0), 7.4, rtol=0.05)
    assert_allclose(system_fwhm_mm("LEGP", 100.0), 8.8, rtol=0.05)


def test_metastases_are_five_times_as_hot_as_vertebrae(trunk):
    """Mixed to blastic lesions of 24 to 40 mm span the published ratio of SUVmax, 36.64 / 7.08 = 5.2 (model 41)."""
    settings = SpectSettings(seconds_per_view=200.0, views=32)
    normal = spect_slice(VoxelState.healthy(trunk), 24, settings).values.max()
    ratios = []
    for phenotype, bone, radius in ((0.45, 0.13, 12.0), (0.7, 0.25, 16.0), (1.0, 0.40, 20.0)):
        cells = quasi_steady(phenotype)
        state = with_ball(trunk, radius, ratio=float(cells.osteoblast_ratio[-1]), bone=bone)
        ratios.append(float(spect_slice(state, 24, settings).values.max() / normal))

    assert ratios[0] < METASTASIS.mean / NORMAL_VERTEBRA.mean < ratios[-1]
    assert 1.5 < ratios[0]
    assert ratios[-1] < (METASTASIS.mean + 2 * METASTASIS.sd) / NORMAL_VERTEBRA.mean


def test_a_cutoff_of_twenty():
    """Sensitivity 73.8 %, specificity 85.4 %, within 5 points; area 0.874 within 0.03 (model 42)."""
    result = at_cutoff(20.0)

    assert_allclose(100 * result.sensitivity, 73.8, atol=5.0)
    assert_allclose(100 * result.specificity, 85.4, atol=5.0)
    assert_allclose(area_under_curve(), 0.874, atol=0.03)


def test_degenerative_disease_is_warm():
    """In L3 degenerative disease reaches 1.8 times the SUVmax of a normal vertebra, 12.59 / 7.08, within a quarter."""
    healthy = VoxelState.healthy(whole_skeleton())
    settings = SpectSettings(seconds_per_view=300.0)
    plane = healthy.phantom.index_of(healthy.phantom.sites["L3"])[0]
    worn = add_mimic(healthy, "degenerative disease", "L3")
    warm, normal = (
        max(float(spect_slice(state, z, settings).values.max()) for z in range(plane - 4, plane + 5, 2))
        for state in (worn, healthy)
    )

    assert_allclose(warm / normal, DEGENERATIVE.mean / NORMAL_VERTEBRA.mean, rtol=0.25)
    assert_allclose(normal, NORMAL_VERTEBRA.mean, atol=NORMAL_VERTEBRA.sd)


def test_a_cold_lesion_must_be_large(trunk):
    """A lesion of 12 mm radius without uptake leaves more than half of the counts behind it, one of 20 mm much less (model 43)."""
    small, large = (image_ratio(trunk, with_ball(trunk, radius, ratio=0.0)) for radius in (12.0, 20.0))

    assert 0.45 < small < 0.8
    assert large < small - 0.1


@pytest.mark.parametrize(
    ("radius", "uptake", "published"),
    [(12.0, 2.0, 1.35), (12.0, 5.0, 2.47), (20.0, 2.0, 1.72), (20.0, 5.0, 3.84)],
)
def test_true_and_image_ratio(trunk, radius, uptake, published):
    """Uptake of 2 and 5 in the spine gives about the ratios of an independent projector with another body (25 %)."""
    saturated = uptake * (1 - 1 / SUPPLY_LIMIT) / (1 - uptake / SUPPLY_LIMIT)

    assert_allclose(image_ratio(trunk, with_ball(trunk, radius, ratio=saturated)), published, rtol=0.25)


def test_retention_of_the_tracer():
    """MDP keeps 31.0 +- 2.4 % of the activity after 24 h (Calcif Tissue Int 1989; 44: 322)."""
    kept = 1.0 - bone_tracer(24.0).excreted

    assert_allclose(kept, 0.31, atol=0.024)


@pytest.mark.parametrize(("hours", "published"), [(1.0, 0.30), (2.0, 0.48), (6.0, 0.60)])
def test_excretion_of_a_sister_tracer(hours, published):
    """About 30, 48 and 60 % of oxidronate are in urine after 1, 2 and 6 h (label, 2020), within 8 points."""
    assert_allclose(bone_tracer(hours).excreted, published, atol=0.08)


def test_half_lives():
    """Technetium-99m 6.0072 h, fluorine-18 109.77 min, gallium-68 67.71 min."""
    assert HALF_LIFE_H == 6.0072
    assert (TRACERS["FDG"].half_life_min, TRACERS["PSMA"].half_life_min) == (109.77, 67.71)


def test_superscan():
    """With soft tissue at 0.45 of normal, bone over soft tissue and kidney over bone go the way of the sign."""
    healthy, sick = superscan_signs(1.0), superscan_signs(4.65)

    assert_allclose(sick.soft_factor, 0.45, atol=0.01)
    assert_allclose(sick.bone_to_soft / healthy.bone_to_soft, 4.65, rtol=0.02)
    assert sick.kidney_to_bone < 0.25 * healthy.kidney_to_bone


def test_flare_lasts_weeks():
    """Uptake of a responding lytic lesion peaks 4 to 12 weeks after treatment began (window 8 to 12 weeks, PCWG3)."""
    course = lesion_course(TreatedLesion(phenotype=0.0, age_d=270), 40)
    peak = float(course.week[course.uptake.argmax()])

    assert 4.0 <= peak <= 12.0
    assert course.tumor[-1] < 0.01
