"""Visibility of mineral loss: what must hold for every site."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.detectability import (
    GEOMETRIES,
    ROSE_THRESHOLD,
    Viewing,
    contrast,
    iso_attenuating_loss,
    noise,
    rose_snr,
    visible_loss,
)
from bonemets_teach.imaging.lesion_patch import LESION_PIXELS, PATCH_PIXELS, lesion_patch

sites = st.sampled_from(sorted(GEOMETRIES))


@settings(deadline=None)
@given(sites, st.floats(50, 140), st.booleans())
def test_contrast_rises_with_the_loss(site, voltage, tumor):
    """The more mineral is lost, the more lucent the lesion."""
    viewing = Viewing(tube_voltage_kv=voltage, tumor_fills_marrow=tumor)

    assert np.all(np.diff(contrast(GEOMETRIES[site], viewing, np.linspace(0, 1, 30))) > 0)


@settings(deadline=None)
@given(sites, st.floats(50, 140))
def test_no_loss_and_no_tumor_give_no_contrast(site, voltage):
    """Normal bone can't be told from normal bone."""
    viewing = Viewing(tube_voltage_kv=voltage, tumor_fills_marrow=False)

    assert_allclose(contrast(GEOMETRIES[site], viewing, 0.0), 0.0, atol=1e-12)


@settings(deadline=None)
@given(sites)
def test_tumor_without_loss_is_denser(site):
    """Tumor in the marrow makes bone denser before any mineral is lost."""
    assert contrast(GEOMETRIES[site], Viewing(), 0.0) < 0


@settings(deadline=None)
@given(sites)
def test_visible_loss_meets_the_threshold(site):
    """At the visible loss the ratio of contrast to noise is Rose's five."""
    viewing = Viewing(clutter=0.002)
    loss = visible_loss(GEOMETRIES[site], viewing)

    assert_allclose(rose_snr(GEOMETRIES[site], viewing, loss), ROSE_THRESHOLD, rtol=0.01)


@settings(deadline=None)
@given(sites, st.floats(0, 0.05), st.floats(0, 0.05))
def test_more_clutter_never_helps(site, first, second):
    """The more anatomy lies in the way, the more mineral must be lost."""
    low, high = sorted((first, second))
    geometry = GEOMETRIES[site]

    assert visible_loss(geometry, Viewing(clutter=low)) <= visible_loss(geometry, Viewing(clutter=high))


def test_fatty_marrow_hides_more():
    """The fattier the marrow, the later a tumor shows."""
    site = GEOMETRIES["lumbar-lateral-3"]
    losses = [iso_attenuating_loss(replace(site, fat_fraction=fat), Viewing()) for fat in (0.0, 0.5, 0.9)]

    assert losses == sorted(losses)


def test_photons_alone_need_almost_no_loss():
    """Without tumor and anatomy a few percent show at every site: the rule isn't about photons."""
    viewing = Viewing(tumor_fills_marrow=False, clutter=0.0)

    assert max(visible_loss(site, viewing) for site in GEOMETRIES.values()) < 0.05


def test_what_never_shows_is_infinite():
    """A lesion that even total loss does not show has no visible loss."""
    assert visible_loss(GEOMETRIES["lumbar-frontal-1.5"], Viewing(clutter=0.1)) == np.inf


def test_fewer_photons_are_noisier():
    """A quarter of the photons gives twice the noise where nothing else disturbs."""
    site = GEOMETRIES["proximal-femur-2"]
    many, few = (noise(site, Viewing(clutter=0.0, quanta_per_mm2=n)) for n in (4e4, 1e4))

    assert_allclose(few / many, 2.0)


@pytest.mark.parametrize("loss", [-0.1, 1.1, float("nan")])
def test_loss_outside_its_range_is_refused(loss):
    """A loss is a share of the mineral."""
    with pytest.raises(ParameterError, match="loss"):
        contrast(GEOMETRIES["femoral-cortex"], Viewing(), loss)


@pytest.mark.parametrize("wrong", [{"clutter": -0.1}, {"tube_voltage_kv": 10}, {"quanta_per_mm2": 0}])
def test_wrong_viewing_is_refused(wrong):
    """Each condition is checked."""
    with pytest.raises(ParameterError, match=next(iter(wrong))):
        Viewing(**wrong)


def test_patch_holds_the_lesion_at_its_contrast():
    """In the simulated patch the lesion differs from its rim by the computed contrast."""
    site, viewing = GEOMETRIES["proximal-femur-2"], Viewing(clutter=0.0)
    patch = lesion_patch(site, viewing, 0.6)
    offset = np.arange(PATCH_PIXELS) - PATCH_PIXELS / 2
    radius = np.hypot(offset[:, None], offset)
    difference = patch[radius < LESION_PIXELS * 0.4].mean() - patch[radius > LESION_PIXELS * 0.7].mean()

    assert_allclose(difference, contrast(site, viewing, 0.6), rtol=0.02)


def test_patch_has_the_stated_clutter():
    """Discs of the lesion's size scatter about their rims as the noise model says, within a third."""
    site, viewing = GEOMETRIES["proximal-femur-2"], Viewing(tumor_fills_marrow=False)
    patch = lesion_patch(site, viewing, 0.0)
    offset = np.arange(PATCH_PIXELS)
    found = []
    for row in range(20, 101, 10):
        for column in range(20, 101, 10):
            radius = np.hypot(offset[:, None] - row, offset - column)
            around = (radius > LESION_PIXELS / 2) & (radius <= LESION_PIXELS * 0.8)
            found.append(patch[radius <= LESION_PIXELS / 2].mean() - patch[around].mean())

    assert_allclose(np.std(found), noise(site, viewing), rtol=0.34)
