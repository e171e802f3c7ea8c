"""CT numbers of tissues and of cancellous bone."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bonemets_teach.imaging.hounsfield import bone_fraction_at_age, cancellous_hu, material_hu


def test_cancellous_bone_follows_the_published_line():
    """HU = -21 + 1667 f at 120 kV with half-fat marrow, within 2 % of cortical bone."""
    fraction = np.array([0.05, 0.10, 0.15, 0.20, 0.30, 1.0])

    assert_allclose(cancellous_hu(fraction), -21 + 1667 * fraction, rtol=0.02, atol=3)


@pytest.mark.parametrize(
    ("material", "expected"),
    [
        ("bone_cortical", (2226, 1861, 1646, 1497)),
        ("marrow_yellow", (-74, -60, -52, -47)),
        ("muscle", (45, 44, 43, 43)),
    ],
)
def test_hu_of_tissues_by_voltage(material, expected):
    """CT numbers at 80, 100, 120 and 140 kV agree within 2 % or 3 HU with an independent computation."""
    found = [material_hu(material, tube_voltage_kv=voltage) for voltage in (80, 100, 120, 140)]

    assert_allclose(found, expected, rtol=0.02, atol=3)


@pytest.mark.parametrize(("age", "published", "spread"), [(25, 226, 44), (90, 89, 38)])
def test_vertebra_at_an_age(age, published, spread):
    """L1 measures what Jang 2019 found, within one standard deviation (model 32)."""
    fraction = bone_fraction_at_age(age)

    assert abs(float(cancellous_hu(fraction)) - published) <= spread
    assert 0.05 <= fraction <= 0.16


@pytest.mark.parametrize(("age", "fraction"), [(25, 0.148), (90, 0.066)])
def test_bone_fraction_at_an_age(age, fraction):
    """Bone volume falls from 14.8 % at 25 to 6.6 % at 90 years (model 32)."""
    assert_allclose(bone_fraction_at_age(age), fraction, atol=0.002)


def test_tumor_hides_the_first_third_of_the_loss_on_ct():
    """Tumor in spongiosa of f = 0.12 has the CT number of normal bone at about 30 % loss."""
    normal = float(cancellous_hu(0.12))
    loss = np.linspace(0, 1, 101)
    lesion = cancellous_hu(0.12 * (1 - loss), tumor=1.0)

    assert_allclose(loss[np.argmin(np.abs(lesion - normal))], 0.33, atol=0.05)
