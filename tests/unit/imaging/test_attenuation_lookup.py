"""Looking up attenuation coefficients."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.attenuation import ENERGY_RANGE_KEV, MATERIALS, density_g_cm3, linear, mass

energies = st.floats(*ENERGY_RANGE_KEV)


@settings(deadline=None)
@given(st.sampled_from(MATERIALS), energies, energies)
def test_higher_energy_is_weakened_less(material, first, second):
    """Between 10 and 150 keV every material lets higher energies through better."""
    low, high = sorted((first, second))

    assert mass(material, high) <= mass(material, low) * (1 + 1e-12)


@settings(deadline=None)
@given(st.sampled_from(MATERIALS), energies)
def test_linear_is_mass_times_density(material, energy):
    """The linear coefficient is the mass coefficient times the density."""
    assert_allclose(linear(material, energy), mass(material, energy) * density_g_cm3(material))


def test_shape_is_that_of_the_energies():
    """A grid of energies gives a grid of coefficients."""
    assert mass("water", np.full((2, 3), 60.0)).shape == (2, 3)


def test_no_energies_give_no_coefficients():
    """An empty array is a valid question."""
    assert mass("water", []).shape == (0,)


def test_bone_weakens_more_than_tumor_and_tumor_more_than_fatty_marrow():
    """The order that makes lesions visible, and hides them, holds at diagnostic energies."""
    energy = np.linspace(20, 120, 50)

    assert np.all(linear("bone_cortical", energy) > linear("tumor", energy))
    assert np.all(linear("tumor", energy) > linear("marrow_red", energy))
    assert np.all(linear("marrow_red", energy) > linear("marrow_yellow", energy))


@pytest.mark.parametrize("energy", [9.9, 151.0, float("nan"), float("inf"), -60.0])
def test_energy_outside_the_table_is_refused(energy):
    """An energy outside 10 to 150 keV is refused with the allowed range."""
    with pytest.raises(ParameterError, match=r"energy_kev.*\[10, 150\] keV"):
        mass("water", energy)


def test_unknown_material_is_refused():
    """An unknown material is refused and the known ones are named."""
    with pytest.raises(ParameterError, match=r"unobtainium.*water"):
        linear("unobtainium", 60.0)
