"""Windows of the bone scan."""

from dataclasses import replace

import pytest
from numpy.testing import assert_allclose

from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.anatomy.whole_skeleton import WholeSkeleton, whole_skeleton
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.planar_display import display_window
from bonemets_teach.imaging.planar_scan import PlanarSettings, planar_scan
from bonemets_teach.imaging.planar_superscan import diffuse_disease
from bonemets_teach.imaging.window import to_gray


@pytest.fixture(scope="module")
def skeleton() -> WholeSkeleton:
    """Return a coarse body."""
    return whole_skeleton(voxel_mm=8.0)


def test_a_superscan_is_dark_in_the_window_of_a_normal_scan(skeleton):
    """The window is the same for both, so much more of the superscan is black."""
    normal, superscan = (
        planar_scan(s) for s in (VoxelState.healthy(skeleton), diffuse_disease(skeleton, 12.0))
    )
    window = display_window(normal)
    black = [(to_gray(scan.posterior, window, invert=True) == 0).sum() for scan in (normal, superscan)]

    assert display_window(superscan) == window
    assert black[1] > 3 * black[0]


def test_kidneys_fade_in_a_superscan(skeleton):
    """Counts of the kidneys fall while those of the spine rise."""
    row, _, column = (int(c / 8.0) for c in skeleton.landmarks["left kidney"])
    scans = [
        planar_scan(s, PlanarSettings(scatter=False))
        for s in (VoxelState.healthy(skeleton), diffuse_disease(skeleton, 12.0))
    ]
    factor = scans[0].expected_posterior.shape[0] // skeleton.shape[0]
    kidney = [scan.expected_posterior[:, ::-1][row * factor, column * factor] for scan in scans]

    assert kidney[1] < 0.7 * kidney[0]
    assert scans[1].expected_posterior.sum() > scans[0].expected_posterior.sum() * 0.8


def test_a_healthy_scan_uses_the_gray_scale(skeleton):
    """In the bone window the healthy spine is neither white nor black, and the whole body holds 1 to 4 million counts."""
    scan = planar_scan(VoxelState.healthy(skeleton))
    row, _, column = (int(c / 8.0) for c in skeleton.sites["L3"])
    factor = scan.posterior.shape[0] // skeleton.shape[0]
    spine = scan.expected_posterior[:, ::-1][
        row * factor : row * factor + factor, column * factor : column * factor + factor
    ].mean()

    assert 0.3 < spine / display_window(scan).width < 0.9
    assert 1e6 < scan.anterior.sum() < 4e6


def test_the_window_follows_time_not_the_patient(skeleton):
    """Twice the seconds double the window; without time it is one count."""
    healthy = VoxelState.healthy(skeleton)
    settings = PlanarSettings(seconds=200.0)
    one, two, none = (
        display_window(planar_scan(healthy, replace(settings, seconds=s))) for s in (200.0, 400.0, 0.0)
    )

    assert_allclose(two.width, 2 * one.width)
    assert none.width == 1.0


def test_unknown_windows_are_refused(skeleton):
    """There are three."""
    with pytest.raises(ParameterError, match="choose"):
        display_window(planar_scan(VoxelState.healthy(skeleton)), "liver")
