"""The study of one generated patient, taken once for all tests of a run."""

from __future__ import annotations

import pytest

from bonemets_teach.imaging.patient_series import Study
from bonemets_teach.imaging.patient_study import acquire, generate_patient


class Taken:
    """A study and what the progress bar was told while it was taken."""

    def __init__(self, seed: int) -> None:
        self.told: list[tuple[float, str]] = []
        self.study: Study = acquire(
            generate_patient(seed), lambda share, words: self.told.append((share, words))
        )


@pytest.fixture(scope="session")
def taken() -> Taken:
    """Return the study of a woman with lytic metastases in L1, T6 and T8 and worn discs at L4."""
    return Taken(16)
