"""Ayati 2010 against trajectories of libroadrunner from the files of BioModels, within 0.1 %."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bonemets_teach.biology.ayati2010 import (
    AyatiParameters,
    AyatiTreatment,
    MyelomaTrajectory,
    StartingCells,
    simulate,
    steady_state,
)

RUNS = {
    "komarova2003_event.csv": lambda: simulate(
        1000,
        parameters=AyatiParameters(osteoclast_autocrine=0.5, resorption=0.24, formation=0.0017),
        start=StartingCells(osteoclast=11.06, osteoblast=212.13, tumor=0.0),
        sample_d=5.0,
    ),
    "ayati2010_bone.csv": lambda: simulate(1000, start=StartingCells(tumor=0.0), sample_d=5.0),
    "ayati2010_tumor.csv": lambda: simulate(2000, sample_d=10.0),
    "ayati2010_treatment.csv": lambda: simulate(
        2000,
        start=StartingCells(osteoclast=13.0, osteoblast=300.0),
        treatment=AyatiTreatment(),
        sample_d=10.0,
    ),
}


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("quantity", ["osteoclast", "osteoblast", "tumor", "bone_mass"])
def test_a_run_follows_libroadrunner(trajectory: Any, name: str, quantity: str):
    """Each value stays within 0.1 % of the reference; bone mass, which crosses zero, within 0.1 points of %."""
    expected = trajectory(name)
    ours = RUNS[name]()
    if quantity not in expected:
        assert not getattr(ours, quantity).any()
        return
    near = {"atol": 0.1, "rtol": 0.0} if quantity == "bone_mass" else {"rtol": 1e-3, "atol": 1e-6}
    np.testing.assert_allclose(getattr(ours, quantity), expected[quantity], **near)


@pytest.fixture(scope="module")
def myeloma() -> MyelomaTrajectory:
    """Run the untreated myeloma of the paper for 1,000 days."""
    return simulate(1000)


def test_tumor_follows_gompertz(myeloma: MyelomaTrajectory):
    """The tumor is at 79.51 % on day 600 (BIOMD0000000402; exact solution of the Gompertz law)."""
    assert myeloma.tumor[600] == pytest.approx(79.51, abs=0.01)
    assert myeloma.tumor[600] == pytest.approx(100 * np.exp(-np.log(100) * np.exp(-3)), rel=1e-8)


def test_rest_in_full_tumor_matches_the_paper():
    """Cells at rest in a bone full of tumor are 5.0 and 316 within 0.1 (Ayati 2010; BIOMD0000000402)."""
    rest = steady_state(tumor=True)
    assert (rest.osteoclast, rest.osteoblast) == pytest.approx((5.0, 316.0), abs=0.1)


def test_rest_without_tumor_matches_the_paper():
    """Cells at rest without a tumor are 1.16 and 231.72 within 0.5 % (Ayati 2010)."""
    rest = steady_state()
    assert (rest.osteoclast, rest.osteoblast) == pytest.approx((1.16, 231.72), rel=5e-3)


def test_bone_mass_of_untreated_myeloma(myeloma: MyelomaTrajectory):
    """The count of bone is at 35.7 % on day 1,000, within 0.5 (BIOMD0000000402)."""
    assert myeloma.bone_mass[1000] == pytest.approx(35.7, abs=0.5)
