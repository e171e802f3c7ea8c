"""PET with three tracers."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.anatomy.whole_skeleton import whole_skeleton
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.pet import PetSettings, pet, pet_fwhm_mm, pet_slice
from bonemets_teach.imaging.pet_organs import organ_masks
from bonemets_teach.imaging.pet_tracers import TRACERS, uptake_factors


def body(size: int = 36, voxel_mm: float = 3.0) -> Phantom:
    """Make a cube of muscle with a cube of vertebral bone inside."""
    shape = (size, size, size)
    label = np.full(shape, Tissue.SOFT, dtype=np.uint8)
    inner = slice(6, size - 6)
    label[inner, inner, inner] = Tissue.TRABECULAR
    fraction = np.where(label == Tissue.TRABECULAR, np.float32(0.15), np.float32(0)).astype(np.float32)
    zero = np.zeros(shape, dtype=np.float32)
    return Phantom(
        bone_fraction=fraction,
        fat_fraction=zero + np.float32(0.5),
        label=label,
        turnover_per_year=zero,
        voxel_mm=voxel_mm,
        name="cube",
    )


def deposit(
    phantom: Phantom, radius_mm: float, *, blasts: float = 0.3, clasts: float = 7.0, bone: float = 0.05
) -> VoxelState:
    """Put a ball of tumor in the middle."""
    size = phantom.shape[0]
    offset = (np.arange(size) - (size - 1) / 2) * phantom.voxel_mm
    inside = offset[:, None, None] ** 2 + offset[:, None] ** 2 + offset**2 <= radius_mm**2
    one = np.ones(phantom.shape, dtype=np.float32)
    every = slice(0, size)
    return VoxelState(
        phantom=phantom, roi=(every, every, every),
        roi_bone_fraction=np.where(inside, np.float32(bone), phantom.bone_fraction).astype(np.float32),
        roi_tumor=np.where(inside, one, 0).astype(np.float32),
        roi_osteoblast_ratio=np.where(inside, np.float32(blasts), one).astype(np.float32),
        roi_osteoclast_ratio=np.where(inside, np.float32(clasts), one).astype(np.float32),
    )  # fmt: skip


@pytest.fixture(scope="module")
def cube() -> Phantom:
    """Return the cube."""
    return body()


def peak(state: VoxelState, settings: PetSettings) -> float:
    """Return the SUV in the middle without noise worth speaking of."""
    loud = replace(settings, activity_mbq=1000.0, minutes=60.0)
    return float(pet_slice(state, "axial", 18, loud).values[17:19, 17:19].mean())


def test_fdg_prefers_lytic_and_fluoride_blastic(cube):
    """The same tumor is bright on FDG when lytic, on fluoride when blastic."""
    lytic = deposit(cube, 15.0)
    blastic = deposit(cube, 15.0, blasts=13.0, clasts=1.0, bone=0.45)
    fdg, naf = PetSettings(tracer="FDG"), PetSettings(tracer="NaF")

    assert peak(lytic, fdg) > 2 * peak(blastic, fdg)
    assert peak(blastic, naf) > 10 * peak(lytic, naf)


def test_psma_needs_the_receptor(cube):
    """Tumor without the receptor does not show on PSMA."""
    state = deposit(cube, 15.0)

    assert peak(state, PetSettings(tracer="PSMA")) > 15
    assert peak(state, PetSettings(tracer="PSMA", receptor=0.0)) < 1


def test_small_lesions_look_faint(cube):
    """Partial volume: recovery rises with size towards 1, and falls with the width of the blur."""
    truth = 0.95 * TRACERS["FDG"].tumor
    recovery = [peak(deposit(cube, r), PetSettings()) / truth for r in (3.5, 6.0, 10.0, 20.0)]

    assert np.all(np.diff(recovery) > 0)
    assert recovery[0] < 0.7
    assert recovery[-1] > 0.9
    assert peak(deposit(cube, 6.0), PetSettings(fwhm_mm=10.0)) < peak(deposit(cube, 6.0), PetSettings())


def test_a_point_has_the_width_of_the_scanner(cube):
    """The second moment of a small hot spot is that of the blur and the voxel."""
    hot = deposit(cube, 1.6 * 3.0)
    difference = (
        pet(hot, PetSettings(fwhm_mm=8.0)).truth
        - pet(VoxelState.healthy(cube), PetSettings(fwhm_mm=8.0)).truth
    )
    strong = PetSettings(fwhm_mm=8.0, activity_mbq=1000.0, minutes=60.0)
    image = pet(hot, strong).values - pet(VoxelState.healthy(cube), strong).values
    x = np.arange(36) * 3.0

    def variance(volume: np.ndarray) -> float:
        profile = volume[13:23, 13:23].sum(axis=(0, 1), dtype=np.float64)[8:28]
        middle = np.average(x[8:28], weights=profile)
        return float(np.average((x[8:28] - middle) ** 2, weights=profile))

    width = 2.3548 * np.sqrt(variance(image) - variance(difference))

    assert_allclose(width, pet_fwhm_mm(strong), rtol=0.15)


def test_gallium_blurs_more_than_fluorine():
    """The range of its positrons adds to the scanner."""
    assert pet_fwhm_mm(PetSettings(tracer="PSMA")) > pet_fwhm_mm(PetSettings(tracer="FDG"))


def test_noise_falls_with_the_root_of_activity_and_time(cube):
    """The spread goes with activity times time to the power -0.5, within 0.03."""
    state = VoxelState.healthy(cube)
    settings = PetSettings()
    clean = pet_slice(state, "axial", 18, replace(settings, activity_mbq=1000.0, minutes=60.0)).values
    doses, spread = (2.0, 6.0, 20.0, 60.0), []
    for minutes in doses:
        noisy = [
            pet_slice(state, "axial", 18, replace(settings, minutes=minutes), np.random.default_rng(s)).values
            for s in range(8)
        ]
        spread.append(np.std([(image - clean)[10:26, 10:26] for image in noisy]))
    slope = np.polyfit(np.log(doses), np.log(spread), 1)[0]

    assert abs(slope + 0.5) < 0.03


def test_a_slice_is_a_plane_of_the_volume(cube):
    """The quick way has the same mean as the whole."""
    state = deposit(cube, 12.0)
    strong = PetSettings(activity_mbq=1000.0, minutes=60.0)
    volume = pet(state, strong).values
    for plane, part in (("axial", volume[18]), ("coronal", volume[:, 18]), ("sagittal", volume[:, :, 18])):
        assert_allclose(pet_slice(state, plane, 18, strong).values, part, atol=0.6)


def test_lesions_gain_and_background_clears_with_time():
    """Two hours after injection tumor has more and soft tissue less than after one."""
    for name in TRACERS:
        bound, unbound = uptake_factors(name, 120.0)
        assert bound > 1 > unbound
        assert uptake_factors(name, TRACERS[name].time_min) == (1.0, 1.0)


@pytest.mark.parametrize("change", [{"activity_mbq": 0.0}, {"minutes": 0.0}])
def test_without_counts_the_picture_is_black(cube, change):
    """No activity or time: zeros."""
    assert pet(deposit(cube, 10.0), PetSettings(**change)).values.max() == 0.0


def test_right_after_injection_the_picture_is_finite(cube):
    """At time zero nothing is bound yet."""
    assert np.isfinite(pet(deposit(cube, 10.0), PetSettings(tracer="NaF", time_min=0.0)).values).all()


def test_tumor_outside_bone_adds_nothing(cube):
    """A region of muscle with tumor in its fields stays muscle."""
    corner = slice(0, 4)
    one = np.ones((4, 4, 4), dtype=np.float32)
    state = VoxelState(
        phantom=cube, roi=(corner, corner, corner), roi_bone_fraction=0 * one, roi_tumor=one, roi_osteoblast_ratio=one,
        roi_osteoclast_ratio=one,
    )  # fmt: skip

    assert_allclose(pet(state).truth, pet(VoxelState.healthy(cube)).truth)


@pytest.mark.parametrize(
    "bad",
    [{"tracer": "XYZ"}, {"fwhm_mm": 0.0}, {"receptor": 2.0}, {"time_min": np.nan}, {"activity_mbq": -1.0}],
)
def test_impossible_settings_are_refused(bad):
    """What no scanner does is explained."""
    with pytest.raises(ParameterError, match="choose"):
        PetSettings(**bad)


def test_unknown_planes_are_refused(cube):
    """There are three planes, with as many slices as voxels."""
    with pytest.raises(ParameterError, match="choose"):
        pet_slice(VoxelState.healthy(cube), "oblique", 3)
    with pytest.raises(ParameterError, match="index"):
        pet_slice(VoxelState.healthy(cube), "axial", 99)


def test_the_maximum_projection_keeps_the_hottest_voxel(cube):
    """No view loses it."""
    volume = pet(deposit(cube, 10.0))

    assert volume.maximum_projection("coronal").max() == volume.values.max()


def test_the_liver_lies_right_and_takes_up_fdg():
    """In a body whose bones are named the organs appear, the liver on the patient's right."""
    skeleton = whole_skeleton(voxel_mm=8.0)
    masks = dict(organ_masks(skeleton, tuple(slice(0, n) for n in skeleton.shape)))
    liver = pet(VoxelState.healthy(skeleton)).truth[masks["liver"]]

    assert (
        np.nonzero(masks["liver"])[2].mean() < skeleton.shape[2] / 2 < np.nonzero(masks["spleen"])[2].mean()
    )
    assert_allclose(liver, 2.2, rtol=1e-5)
