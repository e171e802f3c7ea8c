"""Mass attenuation against NIST and against the library that the table was made with."""

import csv

import numpy as np
import pytest
import xraydb
from numpy.testing import assert_allclose

from bonemets_teach.content import asset
from bonemets_teach.imaging.attenuation import MATERIALS, mass


def compositions() -> dict[str, dict[str, float]]:
    """Read the element mass fractions of each material."""
    with asset("physics/compositions.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    skipped = {"material", "density_g_cm3", "source"}
    return {
        row["material"]: {name: float(value) for name, value in row.items() if name not in skipped and value}
        for row in rows
    }


def recomputed(material: str, energy_kev: np.ndarray) -> np.ndarray:
    """Make a column of assets/physics/mass_attenuation.csv again [cm2/g]."""
    parts = compositions()[material].items()
    return sum(share * xraydb.mu_elam(element, energy_kev * 1000.0) for element, share in parts)


@pytest.mark.parametrize(
    ("material", "energy_kev", "published"),
    [
        ("bone_cortical", 30.0, 1.331),
        ("bone_cortical", 60.0, 0.3148),
        ("water", 60.0, 0.2059),
        ("muscle", 60.0, 0.2048),
    ],
)
def test_coefficient_is_that_of_nist(material, energy_kev, published):
    """Coefficients agree within 0.5 % with NIST's tables of ICRU-44 tissues (models 27 to 30)."""
    assert_allclose(mass(material, energy_kev), published, rtol=0.005)


@pytest.mark.parametrize("material", MATERIALS)
def test_table_can_be_made_again(material):
    """The shipped column is what xraydb gives for the shipped composition, also between its rows."""
    energy = np.geomspace(10.0, 150.0, 173)

    assert_allclose(mass(material, energy), recomputed(material, energy), rtol=0.002)


@pytest.mark.parametrize("material", MATERIALS)
def test_mass_fractions_sum_to_one(material):
    """The elements of a material make up the whole of it."""
    assert_allclose(sum(compositions()[material].values()), 1.0, atol=1e-6)
