"""Says what the three PETs show."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from bonemets_teach.scenes._pet_lesions import BENIGN, PLACES
from bonemets_teach.scenes._pet_result import PetResult

__all__ = ["TRACER_WORDS", "describe", "reading_words"]

TRACER_WORDS: Final = MappingProxyType({"FDG": "FDG", "NaF": "fluoride", "PSMA": "PSMA"})
"""Tracers: id, and what the learner reads."""
_BLURRED: Final = 0.9


def describe(result: PetResult) -> str:
    """Return the text alternative of the pictures.

    Parameters
    ----------
    result : PetResult
        From `bonemets_teach.scenes._pet_result.take_pet`.

    Returns
    -------
    words : str
        A few sentences with numbers.
    """
    picture = "Greatest SUV from front to back" if result.view == "projection" else "Coronal slice through L3"
    return (
        f"{picture} in one patient with FDG (tumor that burns sugar), fluoride (osteoblasts at work) and PSMA (tumor that "
        f"carries the protein), an hour after injection, {result.minutes:g} min over each point. {_lesion_words(result)} {_readings(result)}{_blur_words(result)}{_benign_words(result)} In health FDG is "
        "strong in brain and bladder, fluoride in all bone and the bladder, PSMA in kidneys, salivary glands, spleen, liver "
        "and bladder."
    )


def reading_words(result: PetResult, name: str) -> str:
    """Return what one tracer reads in L3.

    Parameters
    ----------
    result : PetResult
        Pictures.
    name : str
        Tracer.

    Returns
    -------
    words : str
        For example "FDG 8.4 (healthy 1.2, hot)".
    """
    reading = result.readings[name]
    return f"{TRACER_WORDS[name]} {reading.suv:.1f} (healthy {reading.healthy:.1f}, {reading.looks})"


def _lesion_words(result: PetResult) -> str:
    lesions = result.lesions
    if not result.has_lesions:
        return "No metastases."
    *others, last = PLACES
    treated = f", week {lesions.week:g} of a treatment that works" if lesions.week > 0 else ", not treated"
    carries = f"; {100 * lesions.receptor:.0f} % of the tumor carries PSMA" if lesions.receptor < 1 else ""
    return (
        f"{lesions.kind.capitalize()} metastases of {lesions.diameter_mm:g} mm in {', '.join(others)} and {last}{treated}"
        f"{carries}."
    )


def _readings(result: PetResult) -> str:
    parts = ", ".join(reading_words(result, name) for name in result.readings)
    return f"SUV in the middle of L3, without noise: {parts}."


def _blur_words(result: PetResult) -> str:
    faint = [
        f"{TRACER_WORDS[name]} {100 * reading.recovered:.0f} %"
        for name, reading in result.readings.items()
        if 0 < reading.recovered < _BLURRED
    ]
    if not (result.has_lesions and faint):
        return ""
    return f" Blur leaves only a part of the difference that a large lesion would have: {', '.join(faint)}."


def _benign_words(result: PetResult) -> str:
    if not result.benign:
        return ""
    names = ", ".join(one.label for one in BENIGN)
    readings = ", ".join(
        f"{TRACER_WORDS[name]} {reading.suv:.1f} (healthy {reading.healthy:.1f}, {reading.looks})"
        for name, reading in result.worn.items()
    )
    return f" Benign as well: {names}; the healing left rib 8 reads {readings}."
