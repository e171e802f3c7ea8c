"""The CT scanner's settings, noise and hostile input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.ct import CtSettings, SliceMaps, project_slice, reconstruct, scan, warm_up
from bonemets_teach.imaging.hounsfield import material_hu
from bonemets_teach.imaging.tissue_basis import basis_shares

SIZE = 96
OFFSET = np.arange(SIZE) - (SIZE - 1) / 2
RADIUS = np.hypot(OFFSET[:, None], OFFSET)


def cylinder(insert: str = "water") -> SliceMaps:
    """Make a water cylinder of 16 cm with an insert of 4 cm in the middle."""
    shares = np.zeros((2, SIZE, SIZE), dtype=np.float32)
    shares[0, RADIUS <= 40] = 1.0
    shares[:, RADIUS <= 10] = np.array(basis_shares(insert), dtype=np.float32)[:, None]
    return SliceMaps(shares=shares, pixel_mm=2.0)


@pytest.mark.parametrize("material", ["marrow_yellow", "muscle", "tumor", "adipose"])
def test_insert_measures_its_ct_number(material):
    """A soft insert reads the CT number of its material within 4 HU."""
    hu = reconstruct(project_slice(cylinder(material)), CtSettings(), noise=False).hu

    assert_allclose(hu[RADIUS <= 7].mean(), material_hu(material), atol=4)


def test_bone_insert_is_underestimated_by_beam_hardening():
    """Much bone in the beam reads low after a correction made for water, by less than a tenth."""
    hu = reconstruct(project_slice(cylinder("bone_cortical")), CtSettings(), noise=False).hu

    assert 0.85 * material_hu("bone_cortical") < hu[RADIUS <= 7].mean() < material_hu("bone_cortical")


def test_air_around_the_body_is_minus_1000():
    """Air reads -1000 HU on average, inside the field and outside of it."""
    hu = scan(cylinder(), CtSettings(tube_current_time_mas=400)).hu

    assert_allclose(hu[(RADIUS > 43) & (RADIUS < 47)].mean(), -1000, atol=5)
    assert np.all(hu[RADIUS > 48] == -1000)


@pytest.mark.parametrize("kernel", ["soft", "bone"])
def test_nothing_in_the_scanner_gives_air(kernel):
    """An empty field is air everywhere, with finite numbers."""
    hu = scan(
        SliceMaps(shares=np.zeros((2, SIZE, SIZE), np.float32), pixel_mm=2.0), CtSettings(kernel=kernel)
    ).hu

    assert np.all(np.isfinite(hu))
    assert_allclose(hu.mean(), -1000, atol=2)


def test_photon_starvation_stays_finite():
    """A meter of bone at the lowest dose gives finite numbers."""
    shares = np.stack([np.zeros((SIZE, SIZE)), np.ones((SIZE, SIZE))]).astype(np.float32)
    settings = CtSettings(tube_current_time_mas=1, slice_thickness_mm=0.5, tube_voltage_kv=80)

    assert np.all(np.isfinite(scan(SliceMaps(shares=shares, pixel_mm=5.0), settings).hu))


def test_sharp_kernel_is_noisier():
    """The bone kernel shows at least twice the noise of the soft kernel."""
    projections = project_slice(cylinder())
    spread = {}
    for kernel in ("soft", "bone"):
        clean = reconstruct(projections, CtSettings(kernel=kernel), noise=False).hu
        spread[kernel] = np.std((reconstruct(projections, CtSettings(kernel=kernel)).hu - clean)[RADIUS < 25])

    assert spread["bone"] > 2 * spread["soft"]


def test_same_seed_gives_the_same_noise():
    """Noise is set by its seed alone."""
    projections = project_slice(cylinder())
    first, again, other = (reconstruct(projections, CtSettings(), seed=seed).hu for seed in (1, 1, 2))

    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@settings(max_examples=25, deadline=None)
@given(st.floats(80, 140), st.floats(1, 1000), st.floats(0.5, 20), st.sampled_from(["soft", "bone"]))
def test_every_allowed_setting_gives_finite_numbers(voltage, mas, thickness, kernel):
    """Whatever is allowed gives an image without gaps."""
    setting = CtSettings(
        tube_voltage_kv=round(voltage), tube_current_time_mas=mas, slice_thickness_mm=thickness, kernel=kernel
    )

    assert np.all(np.isfinite(scan(cylinder("bone_cortical"), setting).hu))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"tube_voltage_kv": 79}, r"tube_voltage_kv = 79 kV is outside \[80, 140\]"),
        ({"tube_current_time_mas": 0}, "tube_current_time_mas"),
        ({"slice_thickness_mm": float("nan")}, "slice_thickness_mm"),
        ({"kernel": "magic"}, "magic.*bone, soft"),
    ],
)
def test_wrong_settings_are_refused(wrong, words):
    """Each setting is checked and the message names it."""
    with pytest.raises(ParameterError, match=words):
        CtSettings(**wrong)


@pytest.mark.parametrize("shape", [(2, 10, 12), (1, 10, 10), (10, 10)])
def test_maps_of_a_wrong_shape_are_refused(shape):
    """Maps are two square images."""
    with pytest.raises(ParameterError, match="2, size, size"):
        SliceMaps(shares=np.zeros(shape, np.float32), pixel_mm=1.0)


def test_maps_with_gaps_are_refused():
    """Values that are not numbers are refused with a way out."""
    shares = np.zeros((2, 10, 10), np.float32)
    shares[0, 3, 3] = np.nan

    with pytest.raises(ParameterError, match="replace them by 0"):
        SliceMaps(shares=shares, pixel_mm=1.0)


def test_warm_up_runs():
    """Warming up needs no arguments and changes nothing."""
    warm_up()
