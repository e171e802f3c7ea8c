"""From the controls of the MR scene to the settings of the scanner, and the words for both."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

from bonemets_teach.imaging.mri_settings import MriSettings, Sequence
from bonemets_teach.scenes._mr_regions import FIELD_MM
from bonemets_teach.scenes.scene import State

__all__ = ["SEQUENCE_LABELS", "scanner_settings", "weighting"]

SEQUENCE_LABELS: Final = MappingProxyType({
    "spin-echo": "Spin echo (TR and TE as set)",
    "gadolinium": "Spin echo after gadolinium",
    "stir": "STIR (TI as set)",
    "in-phase": "Dixon in phase",
    "opposed-phase": "Dixon opposed phase",
    "fat-fraction": "Fat fraction map",
    "diffusion": "Diffusion, b = 800 s/mm²",
    "adc": "ADC map",
})  # fmt: skip
"""Sequences of the scene: value of the control, and what the learner reads."""
_SEQUENCES: Final[dict[str, Sequence]] = {
    "stir": "STIR", "in-phase": "in phase", "opposed-phase": "opposed phase", "fat-fraction": "fat fraction",
    "diffusion": "diffusion", "adc": "ADC",
}  # fmt: skip
# Chosen: usual borders between the weightings of a spin echo [ms]; from the longer TR on lines come in long trains.
_LONG_TR: Final = 1500.0
_LONG_TE: Final = 60.0
_MATRIX: Final = 208
_DIFFUSION_MATRIX: Final = 104
_DOSE_MMOL_KG: Final = 0.1


def scanner_settings(state: State, sequence: str | None = None) -> MriSettings:
    """Return how an image is taken.

    Parameters
    ----------
    state : mapping
        Complete state of the scene.
    sequence : str or None
        Another sequence with otherwise the same state.

    Returns
    -------
    settings : MriSettings
        Times that a sequence has no use for are left out.
    """
    kind = sequence or str(state["sequence"])
    chosen: dict[str, Any] = {
        "field_t": float(state["field_t"]),
        "averages": int(state["averages"]),
        "field_of_view_mm": FIELD_MM,
        "matrix": _DIFFUSION_MATRIX if kind in {"diffusion", "adc"} else _MATRIX,
    }
    if kind in {"spin-echo", "gadolinium"}:
        chosen |= {
            "sequence": "T2" if state["tr_ms"] >= _LONG_TR else "T1",
            "tr_ms": float(state["tr_ms"]),
            "te_ms": float(state["te_ms"]),
            "fat_suppressed": bool(state["fat_suppressed"]),
            "contrast_mmol_kg": _DOSE_MMOL_KG if kind == "gadolinium" else 0.0,
        }
    else:
        chosen["sequence"] = _SEQUENCES[kind]
        if kind == "stir":
            chosen["ti_ms"] = float(state["ti_ms"])
    return MriSettings(**chosen)


def weighting(tr_ms: float, te_ms: float) -> str:
    """Name the weighting of a spin echo.

    Parameters
    ----------
    tr_ms, te_ms : float
        Repetition and echo time [ms].

    Returns
    -------
    words : str
        "T1-weighted", "T2-weighted", "proton-density-weighted" or "mixed weighting".
    """
    if te_ms < _LONG_TE / 2:
        return "T1-weighted" if tr_ms < _LONG_TR else "proton-density-weighted"
    return "T2-weighted" if tr_ms >= _LONG_TR and te_ms >= _LONG_TE else "mixed weighting"
