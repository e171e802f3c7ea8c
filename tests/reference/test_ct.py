"""The CT scanner against identities and theory."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bonemets_teach.imaging._ct_filter import filter_projections
from bonemets_teach.imaging._ct_projector import back_project, project
from bonemets_teach.imaging.ct import CtSettings, SliceMaps, project_slice, reconstruct

SIZE = 256
OFFSET = np.arange(SIZE) - (SIZE - 1) / 2
RADIUS = np.hypot(OFFSET[:, None], OFFSET)


def water_cylinder(diameter_mm: float, pixel_mm: float) -> SliceMaps:
    """Make a round water phantom."""
    shares = np.zeros((2, SIZE, SIZE), dtype=np.float32)
    shares[0, RADIUS * pixel_mm <= diameter_mm / 2] = 1.0
    return SliceMaps(shares=shares, pixel_mm=pixel_mm)


@pytest.mark.parametrize("kernel", ["bone", "soft"])
@pytest.mark.parametrize("views", [180, 360])
def test_reconstruction_keeps_the_mean(kernel, views):
    """Filtered back projection of a disc of 0.2 gives 0.2 in its middle within 0.5 % (model 37)."""
    disc = np.where(RADIUS <= 100, 0.2, 0.0)
    sinogram = project(np.stack([disc, disc]), views)[0]

    image = back_project(filter_projections(sinogram, kernel))

    assert_allclose(image[RADIUS < 60].mean(), 0.2, rtol=0.005)


def test_noise_halves_with_four_times_the_current():
    """The standard deviation falls by two for each factor of four in mAs, within 8 % (model 38)."""
    projections = project_slice(water_cylinder(270.0, 1.1), views=180)
    clean = reconstruct(projections, CtSettings(), noise=False).hu
    middle = RADIUS < 60
    spread = [
        np.std((reconstruct(projections, CtSettings(tube_current_time_mas=mas)).hu - clean)[middle])
        for mas in (10, 40, 160, 640)
    ]

    assert_allclose(np.divide(spread[:-1], spread[1:]), 2.0, rtol=0.08)


def test_noise_falls_with_the_root_of_the_thickness():
    """A slice four times as thick has half the noise."""
    projections = project_slice(water_cylinder(200.0, 0.9), views=180)
    clean = reconstruct(projections, CtSettings(), noise=False).hu
    thin, thick = (
        np.std((reconstruct(projections, CtSettings(slice_thickness_mm=mm)).hu - clean)[RADIUS < 60])
        for mm in (2.0, 8.0)
    )

    assert_allclose(thin / thick, 2.0, rtol=0.08)


def test_water_measures_zero_at_every_voltage():
    """Water measures 0 HU in the middle of a thick cylinder: the beam hardening correction works."""
    projections = project_slice(water_cylinder(270.0, 1.1), views=180)
    for voltage in (80, 100, 120, 140):
        hu = reconstruct(projections, CtSettings(tube_voltage_kv=voltage), noise=False).hu

        assert abs(hu[RADIUS < 60].mean()) < 2.0


def test_noise_of_the_calibration_phantom():
    """20 cm of water at 120 kV, 200 mAs, 5 mm and the soft kernel shows 5 HU of noise (calibrated)."""
    settings = CtSettings(tube_current_time_mas=200, slice_thickness_mm=5)
    projections = project_slice(water_cylinder(200.0, 0.9375))
    clean = reconstruct(projections, settings, noise=False).hu

    assert_allclose(np.std((reconstruct(projections, settings).hu - clean)[RADIUS < 40]), 5.0, rtol=0.2)
