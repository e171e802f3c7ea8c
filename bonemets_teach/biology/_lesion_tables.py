"""Look-up tables of cells at rest over phenotype and tumor, from the tumor-bone model."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from bonemets_teach.biology._lesion_kernels import Tables
from bonemets_teach.biology.lpt import quasi_steady

_PHENOTYPES: Final = 11


@cache
def cell_tables() -> Tables:
    """Return osteoclasts and osteoblasts, times normal, shape (11 phenotypes, 41 tumor fractions)."""
    rows = [quasi_steady(float(q)) for q in np.linspace(0.0, 1.0, _PHENOTYPES)]
    return Tables(
        osteoclast=np.array([row.osteoclast_ratio for row in rows]),
        osteoblast=np.array([row.osteoblast_ratio for row in rows]),
    )
