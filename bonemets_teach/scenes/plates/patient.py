"""Pictures of a generated patient for questions: one series, or two side by side, with every finding's place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import ClassVar, Final

import numpy as np

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.patient_record import Finding, Patient
from bonemets_teach.imaging.patient_series import StudySeries
from bonemets_teach.imaging.patient_study import LARGEST_SEED, generate_patient
from bonemets_teach.imaging.patient_truth import FindingInSeries, truth_in
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter
from bonemets_teach.scenes.plates._body_places import bone_places, trunk_rows
from bonemets_teach.scenes.plates._patient_views import VIEWS, series_of, skeleton_of
from bonemets_teach.scenes.plates.exposed import Exposed, beside, cut, enlarged, in_grays, lettered, shades
from bonemets_teach.scenes.plates.plate import Plate
from bonemets_teach.scenes.scene import State

__all__ = ["PatientPlate"]

_LETTERS: Final = ("A", "B", "C", "D", "E", "F", "G", "H")
# Chosen: bones this near to a plane count as seen in it [mm]; pixels of a whole-body picture for each of its own.
_NEAR_MM: Final = 30.0
_TRUNK_COLUMNS: Final = 360
# Chosen: fewer grays in noisy pictures make them half as large to send.
_GRAYS: Final = 20
_MR_GRAYS: Final = 32
_MR_HALF_MM: Final = 50.0
_BODY_HU: Final = -300.0
_WORDS: Final = MappingProxyType({"lytic": 0.0, "mixed": 1.0, "blastic": 2.0})


class PatientPlate(Plate):
    """One or two series of a generated patient."""

    id: ClassVar[str] = "patient-plate"
    title: ClassVar[str] = "A patient to read"
    summary: ClassVar[str] = "Images of a generated patient, with the places of what the patient has."
    controls: ClassVar[tuple[Control, ...]] = (
        Parameter(
            name="seed", label="Number of the patient", low=0, high=LARGEST_SEED, step=1, default=3,
            source="chosen: any patient",
        ),
        Choice(
            name="difficulty", label="Difficulty", default="mixed",
            options=tuple(Option(value=value, label=value) for value in ("easy", "mixed", "hard")),
        ),
        Choice(
            name="view", label="Images", default="bone-scan-posterior",
            options=tuple(Option(value=value, label=label) for value, label in VIEWS.items()),
        ),
        Choice(
            name="finding", label="Slice through finding, or finding that the numbers are about", default="A",
            options=tuple(Option(value=letter, label=letter) for letter in _LETTERS),
        ),
    )  # fmt: skip

    def expose(self, state: State) -> Exposed:
        """Take the images; see `Plate.expose`."""
        patient = generate_patient(int(state["seed"]), difficulty=str(state["difficulty"]))
        found = _found(patient, str(state["finding"]))
        series = series_of(patient, str(state["view"]), found)
        shown = [_shown(patient, one, found) for one in series]
        numbers = _numbers(patient, found)
        words = "; ".join(one.title for one in patient.findings) or "nothing"
        if len(shown) == 1:
            return replace(shown[0], numbers=numbers, words=f"{series[0].title}: {words}.")
        both = beside(shown[0], shown[1], ("left", "right"))
        return replace(both, numbers=numbers, words=f"{series[0].title} and {series[1].title}: {words}.")


def _found(patient: Patient, letter: str) -> Finding:
    for finding in patient.findings:
        if finding.id == letter:
            return finding
    known = ", ".join(finding.id for finding in patient.findings) or "none"
    message = f"patient {patient.seed} has no finding {letter}; the findings are {known}"
    raise ParameterError(message)


def _shown(patient: Patient, series: StudySeries, found: Finding) -> Exposed:
    """Return the slice of a series through a finding, or the trunk of a whole-body picture."""
    place = truth_in(series, found)
    index = 0 if series.projection or place is None else min(max(place.middle[0], 0), series.shape[0] - 1)
    window = series.windows[0]
    values = shades(series.values(index), window.center, window.width, inverted=series.inverted)
    shown = Exposed(values=values, pixel_mm=series.pixel_mm[1], marks=_marks(patient, series, index))
    if series.region != "whole body":
        return _near(series, shown, place)
    rows, columns = (
        trunk_rows(skeleton_of(patient), series.pixel_mm[0], values.shape[0]),
        (0, values.shape[1]),
    )
    shown = enlarged(cut(shown, rows, columns), max(1, round(_TRUNK_COLUMNS / values.shape[1])))
    shown = replace(shown, values=in_grays(shown.values, _GRAYS))
    side = "BACK" if "posterior" in series.id else "FRONT"
    lettered(shown.values, f"{side} BEFORE" if series.date == "prior" else side, dark=True)
    return shown


def _near(series: StudySeries, shown: Exposed, place: FindingInSeries | None) -> Exposed:
    """Return the part of a detailed picture that matters: no air of a CT, the finding's surroundings of an MRI."""
    rows, columns = shown.values.shape
    if series.modality == "MR" and place is not None:
        half = round(_MR_HALF_MM / series.pixel_mm[1])
        left = min(max(round(place.column) - half, 0), columns - 2 * half)
        part = enlarged(cut(shown, (0, rows), (left, left + 2 * half)), 2)
        return replace(part, values=in_grays(part.values, _MR_GRAYS))
    if series.modality == "CT":
        used = np.flatnonzero((series.values(0) > _BODY_HU).mean(axis=1) > 0.1)
        return cut(shown, (max(int(used[0]) - 6, 0), min(int(used[-1]) + 6, rows)), (0, columns))
    if series.plane == "coronal":
        lettered(shown.values, "R", dark=False)
    return shown


def _marks(patient: Patient, series: StudySeries, index: int) -> dict[str, tuple[float, float]]:
    """Return findings and bones that lie in a slice, as row and column."""
    marks: dict[str, tuple[float, float]] = {}
    for name, point in bone_places(skeleton_of(patient)).items():
        at, row, column = series.pixel_of(point)
        if series.projection or abs(at - index) * series.slice_mm <= _NEAR_MM:
            marks[name] = (row, column)
    for finding in patient.findings:
        place = truth_in(series, finding)
        if place is not None and (series.projection or place.share_at(index) > 0):
            marks[f"finding {finding.id}"] = (place.row, place.column)
    return marks


def _numbers(patient: Patient, found: Finding) -> Mapping[str, float]:
    kinds: Iterable[str] = (one.kind for one in patient.metastases)
    return {
        "findings": float(len(patient.findings)),
        "metastases": float(len(patient.metastases)),
        "blastic_metastases": float(sum(kind == "blastic" for kind in kinds)),
        "is_metastasis": float(found.malignant),
        "size_mm": found.size_mm,
        "months": found.months,
        "kind": _WORDS[found.appearance],
    }
