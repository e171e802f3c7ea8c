"""MR images of a small phantom: geometry, noise, resolution, artifacts."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.mri import mri_slice
from bonemets_teach.imaging.mri_metal import dephasing
from bonemets_teach.imaging.mri_settings import SEQUENCES, MriSettings
from bonemets_teach.imaging.mri_slab import cut_slab

VOXEL_MM = 3.0
SHAPE = (20, 32, 28)


def phantom(*, metal=False):
    """Make muscle in air with a skin of fat in front, a vertebral body, a disc and a dural sac."""
    label = np.full(SHAPE, Tissue.SOFT, dtype=np.uint8)
    label[:, :2], label[:, 2:5] = Tissue.AIR, Tissue.FAT
    label[:12, 12:20, 8:20], label[12:15, 12:20, 8:20] = Tissue.TRABECULAR, Tissue.DISC
    label[15:, 12:20, 8:20] = Tissue.TRABECULAR
    label[:, 21:25, 11:17] = Tissue.CSF
    if metal:
        label[4:7, 10:22, 12:15] = Tissue.METAL
    bone = (label == Tissue.TRABECULAR).astype(np.float32)
    return Phantom(
        bone_fraction=bone * np.float32(0.12), fat_fraction=bone * np.float32(0.5), label=label,
        turnover_per_year=bone * np.float32(0.2), voxel_mm=VOXEL_MM, name="small spine",
    )  # fmt: skip


STATE = VoxelState.healthy(phantom())
METAL = VoxelState.healthy(phantom(metal=True))


def take(state=STATE, plane="sagittal", index=13, rng=None, **settings):
    """Take one image."""
    return mri_slice(state, plane, index, MriSettings(**settings), rng)


def voxel_row(image, first, last, axis):
    """Return the rows or columns of the image that show voxels first..last."""
    count = SHAPE[axis]
    middle = (np.arange(image.values.shape[0]) + 0.5) * image.pixel_mm[0]
    middle += (count * VOXEL_MM - image.values.shape[0] * image.pixel_mm[0]) / 2
    return np.flatnonzero((middle > (first + 0.7) * VOXEL_MM) & (middle < (last + 0.3) * VOXEL_MM))


def region(image, rows, columns, axes=(0, 1)):
    """Return the pixels of a box of voxels."""
    return image.values[np.ix_(voxel_row(image, *rows, axes[0]), voxel_row(image, *columns, axes[1]))]


@pytest.mark.parametrize("sequence", SEQUENCES)
@pytest.mark.parametrize(("plane", "index"), [("axial", 6), ("coronal", 15), ("sagittal", 13)])
def test_every_sequence_gives_a_finite_image_in_every_plane(sequence, plane, index):
    """Images are square, finite, not negative, and carry their unit."""
    image = take(plane=plane, index=index, sequence=sequence, rng=np.random.default_rng(0))

    assert image.values.shape == (256, 256)
    assert image.values.dtype == np.float32
    assert np.all(np.isfinite(image.values))
    assert image.values.min() >= 0
    assert image.unit == {"fat fraction": "%", "ADC": "10⁻³ mm²/s"}.get(sequence, "signal")
    assert image.seconds > 0


def test_planes_lie_as_radiologists_hang_them():
    """Sagittal: front at the left, head up; axial: front up; the sac lies behind the body."""
    sagittal = take(sequence="T2")
    axial = take(plane="axial", index=5, sequence="T2")

    assert region(sagittal, (2, 9), (22, 23)).mean() > 2 * region(sagittal, (2, 9), (26, 30)).mean()
    assert (
        region(axial, (22, 23), (12, 15), (1, 2)).mean()
        > 2 * region(axial, (27, 30), (12, 15), (1, 2)).mean()
    )


def test_fluid_is_dark_on_t1_and_bright_on_t2():
    """CSF is the darkest tissue on T1 and brighter than muscle on T2; fat suppression takes the fat."""
    t1, t2, suppressed = take(sequence="T1"), take(sequence="T2"), take(sequence="T2", fat_suppressed=True)
    sac, muscle, fat = ((2, 9), (22, 23)), ((2, 9), (8, 10)), ((2, 9), (3, 4))

    assert region(t1, *sac).mean() < region(t1, *muscle).mean() < region(t1, *fat).mean()
    assert region(t2, *sac).mean() > 3 * region(t2, *muscle).mean()
    assert region(suppressed, *fat).mean() < 0.15 * region(t2, *fat).mean()


def test_a_seed_fixes_the_noise():
    """The same generator gives the same image, another one another."""
    first, again, other = (take(rng=np.random.default_rng(seed)).values for seed in (3, 3, 4))

    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_noise_of_the_background_is_rician():
    """In air the magnitude of the noise follows Rayleigh's distribution: mean 1.25 and spread 0.655 times sigma."""
    image = take(rng=np.random.default_rng(0))
    air = image.values[:40]

    assert_allclose(air.mean() / image.noise, np.sqrt(np.pi / 2), rtol=0.05)
    assert_allclose(air.std() / image.noise, np.sqrt(2 - np.pi / 2), rtol=0.08)


def spread(**settings):
    """Measure the noise in muscle, where the signal is far above it."""
    image = take(rng=np.random.default_rng(5), matrix=128, **settings)
    quiet = take(matrix=128, **settings)
    difference = region(image, (2, 17), (7, 10)) - region(quiet, (2, 17), (7, 10))
    assert_allclose(difference.std(), image.noise, rtol=0.25)
    return image.noise


def test_signal_to_noise_grows_with_averages_and_voxels():
    """SNR goes with the root of the averages, with thickness and with the area of a pixel."""
    base = spread(averages=1)

    assert_allclose(base / spread(averages=4), 2.0)
    assert_allclose(base / spread(averages=1, slice_thickness_mm=8), 2.0)
    # Twice the field of view: four times the area of a pixel.
    small, large = (spread(averages=1, field_of_view_mm=mm) for mm in (96, 192))
    assert_allclose(small / large, 4.0)


def test_signal_to_noise_grows_with_field_and_falls_with_bandwidth_and_acceleration():
    """Twice the field gives twice the SNR; twice the bandwidth or half the lines cost a root of two and more."""
    base = spread(averages=2, bandwidth_hz_px=200)

    assert_allclose(base / spread(averages=2, field_t=3.0, bandwidth_hz_px=200), 2.0)
    assert_allclose(spread(averages=2, bandwidth_hz_px=400) / base, np.sqrt(2))
    assert spread(averages=2, bandwidth_hz_px=200, acceleration=2) / base > np.sqrt(2)


def test_scan_time_follows_lines_averages_and_acceleration():
    """Twice the averages take twice, half the lines half the time."""
    base = take(matrix=128, averages=2).seconds

    assert_allclose(take(matrix=128, averages=4).seconds, 2 * base)
    assert_allclose(take(matrix=64, averages=2).seconds, base / 2)
    assert_allclose(take(matrix=128, averages=2, acceleration=2).seconds, base / 2)


def test_few_lines_blur_and_ring():
    """With 32 lines edges are less steep and ring in the muscle beside the sac; with 256 they don't."""
    sharp, coarse = take(sequence="T2", matrix=256), take(sequence="T2", matrix=32)
    steps = [
        np.abs(np.diff(image.values[voxel_row(image, 4, 6, 0)].mean(axis=0))).max()
        for image in (sharp, coarse)
    ]
    ripple = [region(image, (3, 9), (27, 30)).std() for image in (sharp, coarse)]

    assert steps[1] < 0.9 * steps[0]
    assert ripple[1] > 5 * ripple[0]


def test_chemical_shift_moves_fat_along_the_readout():
    """At a quarter of the bandwidth fat lies 4 times as far off, and along the other axis if that is read out."""

    def front_of_fat(**settings):
        image = take(matrix=128, te_ms=25, **settings)
        line = image.values[voxel_row(image, 4, 8, 0)].mean(axis=0)
        return np.interp(0.5 * line[:80].max(), line[:30], np.arange(30)) * image.pixel_mm[1]

    still = front_of_fat(phase_axis="columns", bandwidth_hz_px=100)
    wide, narrow = (still - front_of_fat(bandwidth_hz_px=hertz) for hertz in (400, 100))

    assert_allclose(wide, 217 / 400 * 96 / 128, atol=0.25)
    assert_allclose(narrow / wide, 4, rtol=0.3)


def test_breathing_makes_ghosts_along_the_phase_axis():
    """Ghosts of the abdominal wall cross the spine when the lines run front to back, and hardly otherwise."""
    still = take(matrix=128)
    across, along = (take(matrix=128, motion_mm=6, phase_axis=axis) for axis in ("columns", "rows"))
    spine = ((2, 10), (13, 18))
    ghost = [np.abs(region(image, *spine) - region(still, *spine)).mean() for image in (across, along)]

    assert ghost[0] > 5 * ghost[1]


def test_averages_weaken_ghosts():
    """Breathing is met in other phases by every average."""
    still = take(matrix=128).values
    ghost = [
        np.abs(take(matrix=128, motion_mm=6, phase_axis="columns", averages=n).values - still).mean()
        for n in (1, 8)
    ]

    assert ghost[1] < 0.8 * ghost[0]


def test_metal_tears_gradient_echoes_most():
    """A screw distorts more of a gradient echo than of a spin echo, and steel more than titanium."""

    def torn(sequence, **settings):
        pair = [take(state=state, sequence=sequence, **settings).values for state in (METAL, STATE)]
        return float((np.abs(pair[0] - pair[1]) > 0.3 * pair[1].max()).mean())

    assert torn("in phase", implant="steel") > torn("T1", implant="steel") > torn("T1")
    assert torn("T1") > 0


@pytest.mark.parametrize(("turns", "left"), [(0.0, 1.0), (0.5, 2 / np.pi), (1.0, 0.0)])
def test_a_gradient_echo_is_lost_where_neighbors_turn_apart(turns, left):
    """Half a turn from pixel to pixel within the echo time leaves 2/pi of the signal, a whole turn nothing."""
    ramp = np.arange(8, dtype=np.float32) * np.float32(turns / 10e-3)

    for field in (np.tile(ramp, (8, 1)), np.tile(ramp[:, None], (1, 8))):
        assert_allclose(dephasing(field, 10.0), left, atol=1e-5)


def test_fat_suppression_fails_near_metal():
    """Around steel spectral suppression misses the fat, while STIR, which asks for T1 only, still takes half of it."""

    def fat(sequence, state, **settings):
        return region(
            take(state=state, sequence=sequence, implant="steel", **settings), (8, 18), (3, 4)
        ).mean()

    spectral, stir = (
        fat(name, METAL, **settings) / fat("T2", METAL)
        for name, settings in (("T2", {"fat_suppressed": True}), ("STIR", {}))
    )

    assert fat("T2", STATE, fat_suppressed=True) < 0.1 * fat("T2", STATE)
    assert spectral > 0.5 > stir


def test_contrast_brightens_what_takes_it_up():
    """After gadolinium marrow rises on T1, CSF doesn't."""
    before, after = take(), take(contrast_mmol_kg=0.1)

    assert region(after, (2, 9), (14, 18)).mean() > 1.03 * region(before, (2, 9), (14, 18)).mean()
    assert_allclose(
        region(after, (2, 9), (22, 23)).mean(), region(before, (2, 9), (22, 23)).mean(), rtol=0.02
    )


@pytest.mark.parametrize(("plane", "index"), [("oblique", 3), ("axial", -1), ("axial", 20), ("axial", 2.5)])
def test_impossible_slices_are_refused(plane, index):
    """The message says what is allowed."""
    with pytest.raises(ParameterError, match="choose"):
        cut_slab(STATE, plane, index, 4.0)


def test_shares_of_a_slab_fill_the_room_that_bone_leaves():
    """Tissues, bone and air add up to one."""
    slab = cut_slab(STATE, "sagittal", 13, 6.0)
    air = np.zeros(slab.shape)
    air[:, :2] = 1

    assert_allclose(sum(slab.shares.values()) + slab.bone_fraction + air, 1, atol=1e-5)
