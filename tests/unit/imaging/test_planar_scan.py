"""The planar bone scan on small bodies: physics of the camera, and what never breaks."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging._planar_attenuation import BODY_MU
from bonemets_teach.imaging.collimator import system_fwhm_mm
from bonemets_teach.imaging.planar_scan import PlanarSettings, planar_scan

SHARP = {"scatter": False, "gap_mm": 0.0}


def body(
    *,
    size: tuple[int, int, int] = (40, 40, 40),
    voxel_mm: float = 2.0,
    around: Tissue = Tissue.AIR,
    bone: tuple | None = None,
) -> Phantom:
    """Make a block of one tissue with bone in some voxels."""
    label = np.full(size, around, dtype=np.uint8)
    fraction = np.zeros(size, dtype=np.float32)
    if bone is not None:
        label[bone], fraction[bone] = Tissue.TRABECULAR, 0.15
    zero = np.zeros(size, dtype=np.float32)
    return Phantom(
        bone_fraction=fraction,
        fat_fraction=zero,
        label=label,
        turnover_per_year=zero.copy(),
        voxel_mm=voxel_mm,
        name="block",
    )


def lesion(phantom: Phantom, ratio: float, where: tuple[slice, slice, slice]) -> VoxelState:
    """Set the osteoblasts of a region."""
    part = phantom.bone_fraction[where]
    return VoxelState(
        phantom=phantom, roi=where, roi_bone_fraction=part, roi_tumor=np.ones_like(part),
        roi_osteoblast_ratio=np.full_like(part, ratio), roi_osteoclast_ratio=np.ones_like(part),
    )  # fmt: skip


def width_mm(view: np.ndarray, pixel_mm: float) -> float:
    """Measure the full width at half maximum of a spot from its second moment."""
    profile = view.sum(axis=0, dtype=np.float64)
    x = np.arange(profile.size) * pixel_mm
    middle = np.average(x, weights=profile)
    return float(2.3548 * np.sqrt(np.average((x - middle) ** 2, weights=profile)))


@pytest.mark.parametrize("gap", [0.0, 50.0, 100.0, 200.0])
@pytest.mark.parametrize("name", ["LEHR", "LEGP"])
def test_a_point_is_as_wide_as_its_distance_says(gap, name):
    """Away from the collimator a spot widens as the geometric and the intrinsic resolution add up."""
    point = VoxelState.healthy(body(bone=(20, 0, 20)))

    scan = planar_scan(point, PlanarSettings(collimator=name, scatter=False, gap_mm=gap))

    assert_allclose(width_mm(scan.expected_anterior, 2.0), system_fwhm_mm(name, gap), rtol=0.03)


def test_distance_blurs_but_takes_no_counts():
    """A parallel-hole collimator is as sensitive far as near."""
    point = VoxelState.healthy(body(bone=(20, 20, 20)))
    near, far = (
        planar_scan(point, PlanarSettings(scatter=False, gap_mm=gap)).expected_anterior.sum()
        for gap in (0.0, 60.0)
    )

    assert_allclose(far, near, rtol=0.01)


def test_general_purpose_counts_more_and_shows_less():
    """Sensitivity is bought with resolution."""
    point = VoxelState.healthy(body(bone=(20, 20, 20)))
    sharp, fast = (planar_scan(point, PlanarSettings(collimator=name, **SHARP)) for name in ("LEHR", "LEGP"))

    assert fast.expected_anterior.sum() > 1.4 * sharp.expected_anterior.sum()
    assert width_mm(fast.expected_anterior, 2.0) > width_mm(sharp.expected_anterior, 2.0)


def test_water_weakens_by_its_attenuation():
    """Five centimeters of soft tissue in front of a source leave exp(-mu d), apart from muscle being denser than water."""
    where = (slice(8, 10), 25, slice(8, 10))
    free, deep = (
        planar_scan(
            lesion(
                body(size=(20, 30, 20), around=tissue, bone=where),
                10.0,
                (slice(8, 10), slice(25, 26), slice(8, 10)),
            ),
            PlanarSettings(**SHARP),
        )
        for tissue in (Tissue.AIR, Tissue.DISC)
    )
    spot = (slice(4, 14), slice(4, 14))
    empty = planar_scan(
        VoxelState.healthy(body(size=(20, 30, 20), around=Tissue.DISC, bone=where)), PlanarSettings(**SHARP)
    )
    bare = planar_scan(VoxelState.healthy(body(size=(20, 30, 20), bone=where)), PlanarSettings(**SHARP))
    kept = (deep.expected_anterior - empty.expected_anterior)[spot].sum() / (
        free.expected_anterior - bare.expected_anterior
    )[spot].sum()

    assert_allclose(kept, np.exp(-BODY_MU * 50.0), rtol=0.05)


def test_the_geometric_mean_forgets_depth():
    """Anterior alone changes several times with depth, the root of both views within a few percent."""
    scans = []
    for depth in (8, 30, 52):
        where = (slice(9, 11), slice(depth - 1, depth + 1), slice(9, 11))
        hot = lesion(body(size=(20, 60, 20), around=Tissue.SOFT, bone=where), 50.0, where)
        cold = VoxelState.healthy(hot.phantom)
        scans.append([planar_scan(state, PlanarSettings(**SHARP)) for state in (hot, cold)])
    front = [float((hot.expected_anterior - cold.expected_anterior).sum()) for hot, cold in scans]
    back = [float((hot.expected_posterior - cold.expected_posterior).sum()) for hot, cold in scans]
    mean = np.sqrt(np.multiply(front, back))

    assert max(front) > 3 * min(front)
    assert_allclose(mean, mean.mean(), rtol=0.05)


def test_noise_falls_with_the_root_of_counts():
    """The relative spread goes with the counts to the power -0.5, within 0.03."""
    slab = VoxelState.healthy(body(size=(80, 10, 80), around=Tissue.SOFT))
    means, spreads = [], []
    for counts in (3e4, 3e5, 3e6):
        scan = planar_scan(slab, PlanarSettings(total_counts=counts))
        middle = (slice(20, 60), slice(20, 60))
        difference = scan.anterior[middle] - scan.expected_anterior[middle]
        means.append(scan.expected_anterior[middle].mean())
        spreads.append(difference.std() / scan.expected_anterior[middle].mean())
    slope = np.polyfit(np.log(means), np.log(spreads), 1)[0]

    assert abs(slope + 0.5) < 0.03


def test_a_fixed_number_of_counts_is_reached():
    """Counting stops when the anterior view holds what was asked for."""
    slab = VoxelState.healthy(
        body(size=(40, 10, 40), around=Tissue.SOFT, bone=(slice(10, 20), 5, slice(10, 20)))
    )

    assert_allclose(planar_scan(slab, PlanarSettings(total_counts=1e6)).anterior.sum(), 1e6, rtol=0.01)


def test_lesions_are_added_to_the_healthy_view():
    """A lesion drawn as a patch equals the same body computed as a whole."""
    where = (slice(15, 22), slice(15, 22), slice(15, 22))
    phantom = body(around=Tissue.SOFT, bone=(slice(5, 35), slice(10, 30), slice(10, 30)), voxel_mm=4.0)
    every = (slice(0, 40), slice(0, 40), slice(0, 40))
    small = lesion(phantom, 8.0, where)
    ratio = np.ones(phantom.shape, dtype=np.float32)
    ratio[where] = 8.0
    large = VoxelState(
        phantom=phantom, roi=every, roi_bone_fraction=phantom.bone_fraction, roi_tumor=np.ones_like(ratio),
        roi_osteoblast_ratio=ratio, roi_osteoclast_ratio=np.ones_like(ratio),
    )  # fmt: skip
    patch, whole = (planar_scan(state).expected_posterior for state in (small, large))

    assert_allclose(patch, whole, rtol=0.02, atol=0.002 * float(whole.max()))


def test_the_views_face_each_other():
    """What is at the patient's right is left in the anterior view and right in the posterior one."""
    scan = planar_scan(VoxelState.healthy(body(bone=(20, 20, 5))))

    assert scan.expected_anterior.sum(axis=0).argmax() == 5
    assert scan.expected_posterior.sum(axis=0).argmax() == 34


@pytest.mark.parametrize(
    "settings",
    [{"seconds": 0.0}, {"activity_mbq": 0.0}, {"total_counts": 0.0}, {"time_h": 0.0}, {"gap_mm": 400.0}],
)
def test_without_counts_the_picture_is_finite(settings):
    """No time, no activity, no counts: zero or few counts, never a value that is not a number."""
    scan = planar_scan(
        VoxelState.healthy(body(around=Tissue.SOFT, bone=(20, 20, 20))), PlanarSettings(**settings)
    )

    assert np.isfinite(scan.anterior).all()
    assert np.isfinite(scan.geometric_mean()).all()


def test_an_empty_field_is_black():
    """Air gives no counts, also when a number of counts is asked for."""
    scan = planar_scan(VoxelState.healthy(body()), PlanarSettings(total_counts=1e6))

    assert scan.anterior.sum() == 0.0
    assert scan.posterior.sum() == 0.0


def test_a_lesion_outside_bone_adds_nothing():
    """Osteoblasts without bone take up nothing."""
    phantom = body(around=Tissue.SOFT, bone=(20, 20, 20))
    outside = lesion(phantom, 12.0, (slice(0, 5), slice(0, 5), slice(0, 5)))
    with_it, without = (
        planar_scan(state).expected_anterior for state in (outside, VoxelState.healthy(phantom))
    )

    assert_allclose(with_it, without)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("time_h", -1.0),
        ("activity_mbq", np.nan),
        ("seconds", np.inf),
        ("gap_mm", 1e4),
        ("total_counts", -1.0),
        ("collimator", "XYZ"),
    ],
)
def test_impossible_settings_are_refused(name, value):
    """A setting that no camera has is explained."""
    with pytest.raises(ParameterError, match="choose"):
        PlanarSettings(**{name: value})
