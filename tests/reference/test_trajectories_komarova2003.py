"""Komarova 2003 against trajectories of libroadrunner from the files of BioModels, within 0.1 %."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bonemets_teach.biology.komarova2003 import KomarovaParameters, simulate, steady_state


@pytest.mark.parametrize("quantity", ["osteoclast", "osteoblast", "bone_mass"])
def test_one_remodeling_event_follows_libroadrunner(trajectory: Any, quantity: str):
    """Cells and bone of one event stay within 0.1 % of BIOMD0000000401 over 1,000 days."""
    expected = trajectory("komarova2003_event.csv")
    extra = 11.06 - steady_state(KomarovaParameters()).osteoclast
    ours = simulate(1000, extra_osteoclasts=extra, sample_d=5.0)
    np.testing.assert_allclose(getattr(ours, quantity), expected[quantity], rtol=1e-3)


@pytest.mark.parametrize("cell", ["osteoclast", "osteoblast"])
def test_periodic_remodeling_follows_libroadrunner(trajectory: Any, cell: str):
    """Cells of the periodic orbit stay within 0.1 % of BIOMD0000000148 over 1,000 days."""
    expected = trajectory("komarova2003_periodic.csv")
    periodic = KomarovaParameters(osteoclast_autocrine=1.1, resorption=0.093, formation=0.0008)
    extra = 11.16 - steady_state(periodic).osteoclast
    ours = simulate(1000, parameters=periodic, extra_osteoclasts=extra, sample_d=5.0)
    np.testing.assert_allclose(getattr(ours, cell), expected[cell], rtol=1e-3)
