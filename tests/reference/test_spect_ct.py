"""SPECT and SPECT/CT: what iterations, size, time and corrections do to the SUV, and what depth tells."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging.spect import SpectSettings, spect_slice
from bonemets_teach.scenes import load_scene

SCENE = load_scene("spect-ct")
EDGE = 4.0
QUIET = {"seconds": 60, "filter_mm": 4}


def quantity(name: str, **state: object) -> float:
    """Return a number of the explorer in a state."""
    return SCENE.quantities(SCENE.compute(SCENE.defaults() | state))[name]


@pytest.fixture(scope="module")
def cylinder() -> VoxelState:
    """Return an even round body of 20 cm."""
    offset = (np.arange(56) - 27.5) * EDGE
    label = np.zeros((10, 56, 56), dtype=np.uint8)
    label[:, np.hypot(offset[:, None], offset) < 100] = Tissue.SOFT
    zero = np.zeros(label.shape, dtype=np.float32)
    return VoxelState.healthy(
        Phantom(
            bone_fraction=zero, fat_fraction=zero.copy(), label=label, turnover_per_year=zero.copy(), voxel_mm=EDGE,
            name="even cylinder",
        )
    )  # fmt: skip


def middle_over_edge(image: np.ndarray) -> float:
    """Return the middle of the cylinder over a ring of 6 to 8 cm from its axis."""
    offset = (np.arange(56) - 27.5) * EDGE
    distance = np.hypot(offset[:, None], offset)
    return float(image[distance < 25].mean() / image[(distance > 60) & (distance < 80)].mean())


def taken(state: VoxelState, *, seconds: float, seed: int, **settings: object) -> np.ndarray:
    """Return a slice of the cylinder."""
    used = SpectSettings(seconds_per_view=seconds, filter_fwhm_mm=8.0, **settings)
    return spect_slice(state, 5, used, np.random.default_rng(seed)).values


def test_attenuation_correction_restores_the_middle(cylinder):
    """An even body reads even within 5 % with the correction, and less than three quarters in the middle without."""
    corrected, raw = (
        taken(cylinder, seconds=600, seed=1, attenuation_correction=flag) for flag in (True, False)
    )

    assert_allclose(middle_over_edge(corrected), 1.0, atol=0.05)
    assert middle_over_edge(raw) < 0.75


def test_the_corrected_middle_has_its_suv(cylinder):
    """Its SUV is the true one within 5 %."""
    settings = SpectSettings(seconds_per_view=600.0)
    image = spect_slice(cylinder, 5, settings, np.random.default_rng(1))

    assert_allclose(image.values[22:34, 22:34].mean(), image.truth[22:34, 22:34].mean(), rtol=0.05)


def test_noise_falls_with_the_root_of_time(cylinder):
    """From 30 to 480 s a view the spread falls as time to the power -0.5, within 0.1."""
    times = np.array([30.0, 120.0, 480.0])
    spread = [
        np.stack([taken(cylinder, seconds=s, seed=k, iterations=2) for k in range(4)])[:, 18:38, 18:38]
        .std(axis=0, ddof=1)
        .mean()
        for s in times
    ]
    slope = np.polyfit(np.log(times), np.log(spread), 1)[0]

    assert_allclose(slope, -0.5, atol=0.1)


def test_suv_rises_with_iterations_and_so_does_noise():
    """Of a lesion of 10 mm more is read after each doubling, as in a phantom (J Nucl Med Technol 2021; 49: 143)."""
    state = {"finding": "pedicle", "diameter_mm": 10, **QUIET}
    numbers = [(quantity("suv_max", iterations=n, **state), quantity("noise_percent", iterations=n, **state)) for n in (1, 2, 4, 8)]  # fmt: skip
    suv, noise = zip(*numbers, strict=True)

    assert list(suv) == sorted(suv)
    assert list(noise) == sorted(noise)
    # The gain of each doubling shrinks: it converges.
    assert suv[3] - suv[2] < suv[1] - suv[0]


def test_recovery_rises_with_size():
    """Spheres of 13 to 28 mm in a phantom recover the more, the larger they are; here a blastic lesion does."""
    share = [quantity("recovered_percent", finding="body", diameter_mm=mm, **QUIET) for mm in (8, 13, 17, 22)]

    assert share == sorted(share)
    assert share[0] < 40
    assert share[-1] > 70


def test_facet_and_pedicle_are_apart_in_the_slice_only():
    """8 mm or more apart from front to back, and from behind within the width of the camera's blur there."""
    joint, pedicle = {"finding": "facet", "diameter_mm": 16}, {"finding": "pedicle", "diameter_mm": 14}
    depth = quantity("behind_mm", **joint) - quantity("behind_mm", **pedicle)
    step = np.hypot(*(quantity(f"planar_{axis}_mm", **joint) - quantity(f"planar_{axis}_mm", **pedicle) for axis in ("row", "column")))  # fmt: skip

    assert depth > 8.0
    assert step < quantity("planar_fwhm_mm", **joint)
    assert_allclose(quantity("planar_percent", **joint), quantity("planar_percent", **pedicle), rtol=0.1)
    assert_allclose(quantity("suv_max", **joint), quantity("suv_max", **pedicle), rtol=0.25)
