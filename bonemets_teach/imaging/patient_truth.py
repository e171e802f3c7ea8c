"""Where the findings of a generated patient lie in each series, and how a reader's mark is held against them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bonemets_teach.anatomy.skeleton_lesions import usual_radius_mm
from bonemets_teach.imaging.observer_performance import Mark, TrueFinding
from bonemets_teach.imaging.patient_record import FRESH_KINDS, Appearance, Finding, Patient
from bonemets_teach.imaging.patient_series import StudySeries

__all__ = ["FindingInSeries", "mark_at", "true_findings", "truth_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingInSeries:
    """Where a finding lies in a series, whether or not the images show it.

    Parameters
    ----------
    finding_id : str
        Which finding.
    slice, row, column : float
        Its middle; of a projection slice 0.
    slices, rows, columns : float
        Half its extent along each index.
    """

    finding_id: str
    slice: float
    row: float
    column: float
    slices: float
    rows: float
    columns: float

    @property
    def middle(self) -> tuple[int, int, int]:
        """The nearest pixel to its middle: slice, row, column."""
        return round(self.slice), round(self.row), round(self.column)

    def share_at(self, slice_index: int) -> float:
        """Return the radius in a slice relative to the largest, 0 where the finding is not."""
        off = (slice_index - self.slice) / max(self.slices, 0.5)
        return float(np.sqrt(max(1 - off * off, 0.0)))

    def outline(self, slice_index: int, points: int = 24) -> tuple[tuple[float, float], ...]:
        """Return its outline in a slice.

        Parameters
        ----------
        slice_index : int
            Slice, from 0.
        points : int, default 24
            Corners.

        Returns
        -------
        polygon : tuple of (row, column)
            Empty where the finding is not.
        """
        share = self.share_at(slice_index)
        if share <= 0:
            return ()
        turn = np.arange(points) * 2 * np.pi / points
        rows = self.row + share * self.rows * np.sin(turn)
        columns = self.column + share * self.columns * np.cos(turn)
        return tuple((float(r), float(c)) for r, c in zip(rows, columns, strict=True))


def truth_in(series: StudySeries, finding: Finding) -> FindingInSeries | None:
    """Return where a finding lies in a series.

    Parameters
    ----------
    series : StudySeries
        One series of the study.
    finding : Finding
        One finding of its patient.

    Returns
    -------
    place : FindingInSeries or None
        None if its middle lies outside the images, or it was not there yet when they were taken.
    """
    half = np.asarray(finding.half_mm) * _share_of_size(finding, series.months_ago)
    if not half.any() or not series.holds(finding.center_mm):
        return None
    slices, rows, columns = series.pixel_of(finding.center_mm)
    # Length of a step of each index along the patient's axes.
    steps = np.abs(series.affine[:3, :3])
    lengths = np.linalg.norm(steps, axis=0)
    along = (steps / lengths * half[:, None]).max(axis=0) / lengths
    return FindingInSeries(
        finding_id=finding.id, slice=slices, row=rows, column=columns,
        slices=0.5 if series.projection else float(along[0]), rows=float(along[1]), columns=float(along[2]),
    )  # fmt: skip


def true_findings(patient: Patient) -> tuple[TrueFinding, ...]:
    """Return the findings of a patient as `bonemets_teach.imaging.observer_performance.score_reading` wants them."""
    return tuple(
        TrueFinding(
            id=one.id, position_mm=one.center_mm, radius_mm=one.half_mm, kind=one.appearance, malignant=one.malignant,
            bone=one.bone,
        )
        for one in patient.findings
    )  # fmt: skip


def mark_at(
    series: StudySeries,
    pixel: Sequence[float],
    *,
    kind: Appearance | Literal[""],
    malignant: bool,
    confidence: int,
) -> Mark:
    """Return a reader's mark on a pixel as a mark in the patient.

    Parameters
    ----------
    series : StudySeries
        Where the reader clicked.
    pixel : sequence of float
        Slice, row and column.
    kind : {"lytic", "blastic", "mixed"}
        What the reader calls it.
    malignant : bool
        Whether the reader calls it a metastasis.
    confidence : int
        How sure the reader is, 1 to 5.

    Returns
    -------
    mark : Mark
        A point, or on a projection a line through the body.
    """
    slice_index, row, column = (float(value) for value in pixel)
    return Mark(
        kind=kind, malignant=malignant, confidence=confidence, sight=series.sight,
        position_mm=series.point_at(slice_index, row, column),
    )  # fmt: skip


def _share_of_size(finding: Finding, months_ago: float) -> float:
    """Return the size of a finding some months ago relative to now, 0 if it was not there."""
    if not finding.malignant:
        return 0.0 if months_ago > 0 and finding.kind in FRESH_KINDS else 1.0
    age = finding.months - months_ago
    return usual_radius_mm(age) / usual_radius_mm(finding.months) if age > 0 else 0.0
