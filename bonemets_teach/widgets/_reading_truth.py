"""What is told after a reading: where everything lies, and how each mark was counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bonemets_teach.imaging.observer_performance import Hit, ReadingScore, score_reading
from bonemets_teach.imaging.patient_record import KIND_TITLES, Finding, Patient
from bonemets_teach.imaging.patient_series import Study
from bonemets_teach.imaging.patient_truth import true_findings, truth_in
from bonemets_teach.widgets._reading_marks import NumberedMark

__all__ = ["Judged", "judge", "truth_message"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A reading beside the truth.

    Parameters
    ----------
    patient : Patient
        Who was read.
    marks : tuple of NumberedMark
        What was marked.
    score : ReadingScore
        How the marks were counted.
    """

    patient: Patient
    marks: tuple[NumberedMark, ...]
    score: ReadingScore

    def hit_of(self, finding: Finding) -> Hit | None:
        """Return how a finding was marked, or None if it was not."""
        return next((hit for hit in self.score.hits if hit.finding_id == finding.id), None)

    def finding_of(self, index: int) -> Finding | None:
        """Return the finding that a mark was given to, or None."""
        ids = [hit.finding_id for hit in self.score.hits if hit.mark == index]
        return next((finding for finding in self.patient.findings if finding.id in ids), None)

    def verdict(self, finding: Finding) -> str:
        """Return "hit", "miss" or, of a benign finding, "benign"."""
        if not finding.malignant:
            return "benign"
        hit = self.hit_of(finding)
        return "hit" if hit and hit.malignancy_right else "miss"


def judge(patient: Patient, marks: Sequence[NumberedMark]) -> Judged:
    """Score a reading.

    Parameters
    ----------
    patient : Patient
        Who was read.
    marks : sequence of NumberedMark
        What was marked.

    Returns
    -------
    judged : Judged
        The reading beside the truth.
    """
    score = score_reading(true_findings(patient), [one.mark for one in marks])
    return Judged(patient=patient, marks=tuple(marks), score=score)


def truth_message(study: Study, judged: Judged) -> dict[str, Any]:
    """Return the truth of a patient beside a reading of it.

    Parameters
    ----------
    study : Study
        What was read.
    judged : Judged
        The reading.

    Returns
    -------
    message : dict
        "text" the result in words, "findings" with verdicts, "verdicts" of marks by number, "shapes" to draw.
    """
    findings = study.patient.findings
    return {
        "text": _summary(judged),
        "findings": [_finding(study, finding, judged) for finding in findings],
        "verdicts": {str(one.number): _mark_words(index, judged) for index, one in enumerate(judged.marks)},
        "shapes": [shape for finding in findings for shape in _shapes(study, finding, judged)],
    }


def _summary(judged: Judged) -> str:
    reading = judged.score.reading
    wrong = len(reading.false_marks)
    if not reading.lesions:
        ending = f"You made {_count(wrong, 'false mark')}." if wrong else "You were right to call none."
        return f"This patient has no metastasis. {ending}"
    found = sum(rating > 0 for rating in reading.lesions)
    return (
        f"{found} of {_count(len(reading.lesions), 'metastasis', 'metastases')} found, "
        f"{len(reading.lesions) - found} missed, {_count(wrong, 'false mark')}."
    )


def _finding(study: Study, finding: Finding, judged: Judged) -> dict[str, Any]:
    return {
        "id": finding.id,
        "title": f"{finding.id}: {finding.title}",
        "text": _finding_words(finding, judged),
        "verdict": judged.verdict(finding),
        "position": list(finding.center_mm),
        # Series of one region show it closer than whole-body images.
        "series": [series.id for series in reversed(study.series) if truth_in(series, finding)],
    }


def _finding_words(finding: Finding, judged: Judged) -> str:
    hit = judged.hit_of(finding)
    size = f"{finding.size_mm / 10:.1f} cm."
    if hit is None:
        return f"{size} {'No mark.' if finding.malignant else 'Needs no mark.'}"
    one = judged.marks[hit.mark]
    if not hit.malignancy_right:
        called = "benign" if finding.malignant else "a metastasis"
        return f"{size} Mark {one.number} called it {called}."
    if not one.mark.kind:
        return f"{size} Mark {one.number}, type left open."
    named = "type right" if hit.type_right else f"it looks {finding.appearance}, you said {one.mark.kind}"
    return f"{size} Mark {one.number}, {named}."


def _mark_words(index: int, judged: Judged) -> str:
    finding = judged.finding_of(index)
    malignant = judged.marks[index].mark.malignant
    if index in judged.score.repeats:
        return "again"
    if finding is None:
        return "✕ false" if malignant else "nothing here"
    right = malignant == finding.malignant
    return f"{'✓' if right else '✕'} {finding.id}, {KIND_TITLES[finding.kind]}"


def _shapes(study: Study, finding: Finding, judged: Judged) -> Iterator[dict[str, Any]]:
    """Yield where a finding lies in each series that holds it, in slices and pixels."""
    for series in study.series:
        place = truth_in(series, finding)
        if place is None:
            continue
        numbers = {name: round(value, 2) for name, value in asdict(place).items() if name != "finding_id"}
        yield {"series": series.id, "label": finding.id, "verdict": judged.verdict(finding)} | numbers


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
