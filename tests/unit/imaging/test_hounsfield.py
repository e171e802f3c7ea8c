"""CT numbers of cancellous bone: what is refused and what must hold."""

import numpy as np
import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.hounsfield import bone_fraction_at_age, cancellous_hu, material_hu


def test_water_is_zero():
    """Water has 0 HU at every voltage."""
    assert [material_hu("water", tube_voltage_kv=voltage) for voltage in (80, 100, 120, 140)] == [0, 0, 0, 0]


def test_full_and_empty_are_bone_and_marrow():
    """No bone at all is marrow, nothing but bone is cortical bone."""
    empty, full = cancellous_hu([0.0, 1.0], fat_fraction=1.0)

    assert empty == pytest.approx(material_hu("marrow_yellow"))
    assert full == pytest.approx(material_hu("bone_cortical"))


def test_tumor_raises_the_ct_number():
    """Tumor in place of fatty marrow makes spongiosa denser."""
    fraction = np.linspace(0, 0.9, 10)

    assert np.all(cancellous_hu(fraction, tumor=1.0) > cancellous_hu(fraction, fat_fraction=0.9))


def test_bone_is_lost_with_age():
    """Bone volume falls from year to year."""
    fractions = [bone_fraction_at_age(age) for age in range(18, 96)]

    assert np.all(np.diff(fractions) < 0)


@pytest.mark.parametrize("fraction", [-0.01, 1.01, float("nan"), [0.1, 7.0]])
def test_bone_fraction_outside_its_range_is_refused(fraction):
    """A bone fraction is a share."""
    with pytest.raises(ParameterError, match="bone_fraction"):
        cancellous_hu(fraction)


@pytest.mark.parametrize("age", [17, 96, float("nan")])
def test_age_outside_the_study_is_refused(age):
    """Ages that the study did not cover are refused."""
    with pytest.raises(ParameterError, match="age_years"):
        bone_fraction_at_age(age)


def test_voltage_of_a_radiograph_is_refused():
    """CT numbers are stated for the voltages of a scanner."""
    with pytest.raises(ParameterError, match=r"tube_voltage_kv.*\[80, 140\] kV"):
        material_hu("water", tube_voltage_kv=60)
