"""From the controls of the MR scene to the settings of the scanner, and the words for both."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from bonemets_teach.imaging.mri_settings import MriSettings, Sequence
from bonemets_teach.scenes._mr_regions import FIELD_MM
from bonemets_teach.scenes.scene import State

__all__ = ["SCANNERS", "SEQUENCE_LABELS", "from_older", "scanner_settings", "weighting"]

SEQUENCE_LABELS: Final = MappingProxyType({
    "spin-echo": "Spin echo (TR and TE as set)",
    "spin-echo-fat-suppressed": "Spin echo, fat suppressed",
    "gadolinium": "Spin echo after gadolinium",
    "gadolinium-fat-suppressed": "Spin echo after gadolinium, fat suppressed",
    "stir": "STIR (TI as set)",
    "in-phase": "Dixon in phase",
    "opposed-phase": "Dixon opposed phase",
    "fat-fraction": "Fat fraction map",
    "diffusion": "Diffusion, b = 800 s/mm²",
    "adc": "ADC map",
})  # fmt: skip
"""Sequences of the scene: value of the control, and what the learner reads."""
SCANNERS: Final = MappingProxyType({
    "1.5-2": ("1.5 T, 2 averages", 1.5, 2), "1.5-8": ("1.5 T, 8 averages", 1.5, 8),
    "3-2": ("3 T, 2 averages", 3.0, 2), "3-8": ("3 T, 8 averages", 3.0, 8),
})  # fmt: skip
"""Scanners of the scene: value of the control; what the learner reads, field strength [T] and averages."""
_SUPPRESSED: Final = "-fat-suppressed"
_CAN_BE_SUPPRESSED: Final = ("spin-echo", "gadolinium")
_MANY_AVERAGES: Final = 5
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
    spin_echo = kind.removesuffix(_SUPPRESSED)
    _, field_t, averages = SCANNERS[str(state["scanner"])]
    chosen: dict[str, Any] = {
        "field_t": field_t,
        "averages": averages,
        "field_of_view_mm": FIELD_MM,
        "matrix": _DIFFUSION_MATRIX if kind in {"diffusion", "adc"} else _MATRIX,
    }
    if spin_echo in _CAN_BE_SUPPRESSED:
        chosen |= {
            "sequence": "T2" if state["tr_ms"] >= _LONG_TR else "T1",
            "tr_ms": float(state["tr_ms"]),
            "te_ms": float(state["te_ms"]),
            "fat_suppressed": kind.endswith(_SUPPRESSED),
            "contrast_mmol_kg": _DOSE_MMOL_KG if spin_echo == "gadolinium" else 0.0,
        }
    else:
        chosen["sequence"] = _SEQUENCES[kind]
        if kind == "stir":
            chosen["ti_ms"] = float(state["ti_ms"])
    return MriSettings(**chosen)


def from_older(raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Read a state from before fat suppression was a sequence, and field and averages were one choice.

    Parameters
    ----------
    raw : mapping
        Anything that a link may hold.

    Returns
    -------
    state : dict
        The same in today's names; what can't be read is left to be refused.
    notes : list of str
        What had to be changed, in words for the learner.
    """
    state, notes = dict(raw), []
    # A link holds words, a kept state what they stand for.
    suppressed = str(state.pop("fat_suppressed", "")).lower() in {"true", "1", "on"}
    if suppressed and state.get("sequence", "spin-echo") in _CAN_BE_SUPPRESSED:
        state["sequence"] = f"{state.get('sequence', 'spin-echo')}{_SUPPRESSED}"
    field, averages = state.pop("field_t", None), state.pop("averages", None)
    if (field is not None or averages is not None) and "scanner" not in state:
        many = str(averages).isdecimal() and int(averages) >= _MANY_AVERAGES
        state["scanner"] = f"{'3' if str(field) in {'3', '3.0'} else '1.5'}-{8 if many else 2}"
        if str(averages) not in {"None", "2", "8"}:
            notes.append(f"Averages are 2 or 8 now; set to {8 if many else 2}.")
    return state, notes


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
