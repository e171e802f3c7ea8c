"""Reads trajectories of independent solvers; each file says in its head how it was made."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

DATA = Path(__file__).resolve().parent / "data"
Table = dict[str, npt.NDArray[np.float64]]


@pytest.fixture(scope="session")
def trajectory() -> Callable[..., Table]:
    """Return a table by file name, of one case if the file holds several."""

    def read(name: str, case: str | None = None) -> Table:
        lines = [line for line in (DATA / name).read_text("utf-8").splitlines() if not line.startswith("#")]
        rows = [row for row in csv.DictReader(lines) if case is None or row["case"] == case]
        columns = [column for column in rows[0] if column != "case"]
        return {column: np.array([float(row[column]) for row in rows]) for column in columns}

    return read
