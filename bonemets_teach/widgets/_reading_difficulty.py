"""What each difficulty of a patient means, in words."""

from __future__ import annotations

from typing import Any

from bonemets_teach.anatomy.skeleton_lesions import usual_radius_mm
from bonemets_teach.imaging.patient_study import DIFFICULTIES, LEAST_SIZE_MM

__all__ = ["difficulty_words"]


def difficulty_words() -> list[dict[str, Any]]:
    """Return all difficulties, the easiest first.

    Returns
    -------
    difficulties : list of dict
        "value", "label" and "help": how many metastases, how large, and how many harmless findings.
    """
    return [
        {"value": name, "label": name.capitalize(), "help": _words(*meaning)}
        for name, meaning in DIFFICULTIES.items()
    ]


def _words(number: tuple[int, int], months: tuple[float, float], benign: tuple[int, int]) -> str:
    # The edge of a deposit fades, so that a rounded size is all that can be said.
    small, large = (5 * round(max(2 * usual_radius_mm(age), LEAST_SIZE_MM) / 5) for age in months)
    harmless = f"at most {benign[1]}" if benign[0] == 0 else f"{benign[0]} to {benign[1]}"
    findings = "finding" if harmless.endswith(" 1") else "findings"
    return f"{number[0]} to {number[1]} metastases of about {small} to {large} mm; {harmless} harmless {findings}."
