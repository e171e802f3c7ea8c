"""Beam hardening and metal: what they do to a slice, and that the picture stays defined."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.ct import CtSettings, SliceMaps, project_slice, reconstruct
from bonemets_teach.imaging.hounsfield import material_hu

SIZE = 96
OFFSET = np.arange(SIZE) - (SIZE - 1) / 2
RADIUS = np.hypot(OFFSET[:, None], OFFSET)


def body(*, bone_px: float = 0.0, metal_px: float = 0.0, metal: str = "titanium") -> SliceMaps:
    """Make 16 cm of water with a round piece of bone in the middle, or two rods of metal beside it."""
    shares = np.zeros((2, SIZE, SIZE), np.float32)
    shares[0, RADIUS <= 40] = 1
    shares[:, RADIUS <= bone_px] = np.array([0.0, 1.0])[:, None]
    rods = np.zeros((SIZE, SIZE), np.float32)
    for side in (-20, 20):
        rods[np.hypot(OFFSET[:, None], OFFSET - side) <= metal_px] = 1
    shares[:, rods > 0] = 0
    return SliceMaps(shares=shares, pixel_mm=2.0, metal=rods if metal_px else None, metal_name=metal)


def noiseless(maps: SliceMaps, **settings: object) -> np.ndarray:
    """Reconstruct without noise."""
    return reconstruct(project_slice(maps), CtSettings(**settings), noise=False).hu


def cup(hu: np.ndarray) -> float:
    """Return how much higher the rim of the water reads than its middle [HU]."""
    return float(hu[(RADIUS > 30) & (RADIUS < 36)].mean() - hu[RADIUS < 10].mean())


def test_without_correction_water_is_cupped_and_with_it_flat():
    """The rim reads higher by tens of HU; the correction takes this away."""
    assert cup(noiseless(body(), hardening="uncorrected")) > 15
    assert abs(cup(noiseless(body(), hardening="corrected"))) < 3
    assert abs(cup(noiseless(body(), hardening="none"))) < 3


def test_a_beam_of_one_energy_reads_bone_right():
    """Bone of 4 cm reads its CT number within 1 %; with a real beam it reads low."""
    true = material_hu("bone_cortical")
    found = {h: noiseless(body(bone_px=10), hardening=h)[RADIUS < 7].mean() for h in ("none", "corrected")}

    assert_allclose(found["none"], true, rtol=0.01)
    assert found["corrected"] < 0.97 * true


def test_hardening_darkens_water_between_two_rods():
    """The dark band between two pieces of metal is there with a real beam and gone with one energy."""
    between = (np.abs(OFFSET[:, None]) < 2) & (np.abs(OFFSET) < 10)
    real, ideal = (
        noiseless(body(metal_px=3), hardening=hardening)[between].mean()
        for hardening in ("corrected", "none")
    )

    assert real < -50
    assert abs(ideal) < 40


def test_steel_does_more_than_titanium():
    """The heavier metal reads higher and darkens more."""
    between = (np.abs(OFFSET[:, None]) < 2) & (np.abs(OFFSET) < 10)
    titanium, steel = (noiseless(body(metal_px=3, metal=name)) for name in ("titanium", "steel"))

    assert steel.max() > titanium.max() > 3000
    assert steel[between].mean() < titanium[between].mean()


def test_streaks_of_noise_run_through_starved_rays():
    """Where rays cross both rods the noise is more than three times that of rows beyond them."""
    projections = project_slice(body(metal_px=5, metal="steel"))
    settings = CtSettings(tube_voltage_kv=80, tube_current_time_mas=20)
    noise = reconstruct(projections, settings).hu - reconstruct(projections, settings, noise=False).hu
    row, column = np.abs(OFFSET[:, None]), np.abs(OFFSET)
    starved, free = (noise[(rows) & (column < 10)] for rows in (row < 4, (row > 12) & (row < 20)))

    assert np.sqrt(np.mean(starved**2)) > 3 * np.sqrt(np.mean(free**2))


@pytest.mark.parametrize("hardening", ["corrected", "uncorrected", "none"])
@pytest.mark.parametrize("noise", [True, False])
def test_starvation_gives_a_finite_picture(hardening, noise):
    """Rods of 4 cm of steel at the lowest dose and voltage."""
    settings = CtSettings(
        tube_voltage_kv=80, tube_current_time_mas=1, slice_thickness_mm=0.5, hardening=hardening
    )
    hu = reconstruct(project_slice(body(metal_px=10, metal="steel")), settings, noise=noise).hu

    assert np.isfinite(hu).all()


def test_no_metal_is_the_same_as_an_empty_map():
    """An implant of no size changes nothing."""
    plain = body()
    empty = SliceMaps(shares=plain.shares, pixel_mm=2.0, metal=np.zeros((SIZE, SIZE), np.float32))

    assert np.array_equal(noiseless(plain), noiseless(empty))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"metal": np.zeros((3, 3), np.float32)}, "metal has the shape"),
        ({"metal_name": "gold"}, "titanium, steel"),
    ],
)
def test_wrong_metal_is_refused(wrong, words):
    """Shape and name are checked."""
    with pytest.raises(ParameterError, match=words):
        SliceMaps(shares=np.zeros((2, SIZE, SIZE), np.float32), pixel_mm=2.0, **wrong)


def test_an_unknown_hardening_is_refused():
    """The message lists the choices."""
    with pytest.raises(ParameterError, match="corrected, uncorrected, none"):
        CtSettings(hardening="maybe")
