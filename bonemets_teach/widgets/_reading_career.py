"""What a learner's readings amount to over many patients: hits, false marks, the free-response curve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from bonemets_teach.errors import BonemetsError
from bonemets_teach.imaging.observer_performance import Reading, figure_of_merit, free_response_roc
from bonemets_teach.imaging.patient_study import DIFFICULTIES
from bonemets_teach.widgets._reading_truth import Judged

__all__ = ["READINGS", "career_message", "reading_record"]

READINGS: Final = "reading-room"
"""Name under which readings stand in the log."""
_ENOUGH: Final = 5
"""Patients from which on the figure of merit is told; fewer make an interval without use; chosen."""


def reading_record(judged: Judged) -> dict[str, Any]:
    """Return a reading as it is recorded.

    Parameters
    ----------
    judged : Judged
        A reading beside the truth.

    Returns
    -------
    record : dict
        "scene_id", "task_id", "prediction" (the marks) and "outcome" (what the curve needs), all plain values.
    """
    score = judged.score
    return {
        "scene_id": READINGS,
        "task_id": f"patient-{_name(judged.patient.seed, judged.patient.difficulty)}",
        "prediction": [one.as_json() for one in judged.marks],
        "outcome": {
            "patient": judged.patient.seed,
            "difficulty": judged.patient.difficulty,
            "lesions": list(score.reading.lesions),
            "false_marks": list(score.reading.false_marks),
            "marked": len(score.hits),
            "type_right": score.type_right,
            "malignancy_right": score.malignancy_right,
        },
    }


def career_message(records: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return what all readings amount to.

    Parameters
    ----------
    records : iterable of dict
        As recorded, oldest first; what can't be read is left out.

    Returns
    -------
    message : dict
        "patients", "next" (the first patient of each difficulty that was not read), "text", and "points" of the curve.

    Notes
    -----
    Only the first reading of a patient counts: the truth was known at the second.
    """
    first: dict[str, tuple[Reading, dict[str, Any]]] = {}
    for record in records:
        known = _read(record)
        if known is not None:
            first.setdefault(known[0], known[1:])
    following = {
        level: next(seed for seed in range(1, len(first) + 2) if _name(seed, level) not in first)
        for level in DIFFICULTIES
    }
    if not first:
        return {"patients": 0, "next": following, "text": "", "points": []}
    readings = [reading for reading, _ in first.values()]
    text = _words(readings, [outcome for _, outcome in first.values()])
    return {"patients": len(first), "next": following, "text": text, "points": _points(readings)}


def _name(seed: int, difficulty: str) -> str:
    """Return the name of a patient; before there was a choice, all were mixed."""
    return str(seed) if difficulty == "mixed" else f"{seed}-{difficulty}"


def _read(record: dict[str, Any]) -> tuple[str, Reading, dict[str, Any]] | None:
    outcome = record.get("outcome")
    try:
        reading = Reading(
            lesions=tuple(int(rating) for rating in outcome["lesions"]),  # type: ignore[index]
            false_marks=tuple(int(rating) for rating in outcome["false_marks"]),  # type: ignore[index]
        )
        known = dict(outcome)  # type: ignore[arg-type]
        return _name(int(known["patient"]), str(known.get("difficulty", "mixed"))), reading, known
    except (BonemetsError, KeyError, TypeError, ValueError):
        return None


def _points(readings: Sequence[Reading]) -> list[dict[str, Any]]:
    curve = free_response_roc(readings)
    if not curve.lesions:
        return []
    rows = zip(curve.confidences, curve.false_per_case, curve.sensitivity, strict=True)
    return [
        {"certainty": step, "false_marks": round(float(false), 4), "sensitivity": round(float(found), 4)}
        for step, false, found in rows
        if step <= 5
    ]


def _words(readings: Sequence[Reading], outcomes: Sequence[dict[str, Any]]) -> str:
    cases = len(readings)
    lesions = [rating for reading in readings for rating in reading.lesions]
    found = sum(rating > 0 for rating in lesions)
    wrong = sum(len(reading.false_marks) for reading in readings)
    said = f"{cases} {'patient' if cases == 1 else 'patients'} read: "
    said += f"{found} of {len(lesions)} metastases found ({found / len(lesions):.0%}), " if lesions else ""
    said = f"{said}{wrong / cases:.1f} false marks a patient.".replace("%", " %")
    marked = sum(int(outcome.get("marked", 0)) for outcome in outcomes)
    if marked:
        types, natures = (
            sum(int(outcome.get(name, 0)) for outcome in outcomes)
            for name in ("type_right", "malignancy_right")
        )
        said += f" Of {marked} marked findings the type was right in {types}, the nature in {natures}."
    return said + _merit_words(readings)


def _merit_words(readings: Sequence[Reading]) -> str:
    if len(readings) < _ENOUGH:
        return f" After {_ENOUGH} patients the curve begins to mean something."
    merit = figure_of_merit(readings)
    if merit is None or merit.low is None or merit.high is None:
        return ""
    return (
        f" Figure of merit {merit.value:.2f} (95 % interval {merit.low:.2f} to {merit.high:.2f}): "
        "how often a metastasis was rated above the worst false mark of a patient."
    )
