"""What the PET scene computes: three tracers of one patient, and what each reads in the measured lesion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.pet_patches import PetPatch, coronal_slice, frontal_projection
from bonemets_teach.imaging.pet_tracers import TracerName
from bonemets_teach.scenes._film_letters import stamp
from bonemets_teach.scenes._nuclear_body import body
from bonemets_teach.scenes._pet_lesions import (
    PLACES,
    TRACERS,
    Lesions,
    benign_patches,
    patches,
    under,
)
from bonemets_teach.scenes.scene import State

__all__ = ["GAP_PIXELS", "PetResult", "Reading", "take_pet"]

_Array = npt.NDArray[np.float32]

GAP_PIXELS: Final = 6
# Chosen: a lesion is called hot or cold from these ratios to healthy bone on, if it also differs by this SUV.
_HOT: Final = 1.5
_COLD: Final = 0.67
_LEAST_SUV: Final = 1.0
_LETTERS_SUV: Final = 40.0
_LARGE_MM: Final = 36.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One tracer in the middle of one finding, without noise.

    Parameters
    ----------
    suv, healthy : float
        SUV there, and at the same place of a healthy patient.
    recovered : float
        SUV gained or lost over that of a lesion too large for blur to matter; 1 without a lesion.
    """

    suv: float
    healthy: float
    recovered: float = 1.0

    @property
    def ratio(self) -> float:
        """SUV over that of healthy bone there."""
        return self.suv / max(self.healthy, 1e-6)

    @property
    def looks(self) -> str:
        """Hot, cold or like bone."""
        if abs(self.suv - self.healthy) < _LEAST_SUV:
            return "like bone"
        return "hot" if self.ratio >= _HOT else "cold" if self.ratio <= _COLD else "like bone"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PetResult:
    """Three pictures and their readings.

    Parameters
    ----------
    suv : ndarray of float32, shape (row, column)
        FDG, fluoride and PSMA side by side.
    lesions : Lesions
        What the patient has.
    view : str
        "projection" or "slice".
    minutes : float
        Time for which each point was seen [min].
    benign : bool
        Whether wear and a fracture are there as well.
    readings : mapping of str to Reading
        L3 by tracer.
    worn : mapping of str to Reading
        The fracture of rib 8 by tracer; like health without it.
    """

    suv: _Array
    lesions: Lesions
    view: str
    minutes: float
    benign: bool
    readings: Mapping[str, Reading]
    worn: Mapping[str, Reading]

    @property
    def has_lesions(self) -> bool:
        """True if there are metastases."""
        return self.lesions.diameter_mm >= 2

    @property
    def order(self) -> tuple[str, ...]:
        """Tracers, the one with the highest ratio in L3 first."""
        return tuple(sorted(self.readings, key=lambda name: -self.readings[name].ratio))


def take_pet(state: State) -> PetResult:
    """Make the pictures of a complete state.

    Parameters
    ----------
    state : mapping
        Complete state of the scene.

    Returns
    -------
    result : PetResult
        Pictures and readings.
    """
    lesions = Lesions(
        kind=str(state["kind"]), diameter_mm=float(state["diameter_mm"]), week=float(state["week"]),
        receptor=float(state["receptor_percent"]) / 100,
    )  # fmt: skip
    minutes, view, benign = float(state["minutes"]), str(state["view"]), bool(state["benign"])
    found = {name: patches(name, lesions) for name in TRACERS}
    worn = {name: benign_patches(name) if benign else [] for name in TRACERS}
    panels = [_panel(name, [*found[name], *worn[name]], view, minutes) for name in TRACERS]
    gap = np.zeros((panels[0].shape[0], GAP_PIXELS), dtype=np.float32)
    return PetResult(
        suv=np.concatenate([panels[0], gap, panels[1], gap, panels[2]], axis=1), lesions=lesions, view=view,
        minutes=minutes, benign=benign,
        readings=MappingProxyType({name: _reading(name, found[name], lesions) for name in TRACERS}),
        worn=MappingProxyType({name: _read(name, worn[name], "left rib 8") for name in TRACERS}),
    )  # fmt: skip


def _panel(name: TracerName, parts: list[PetPatch], view: str, minutes: float) -> _Array:
    if view == "projection":
        image = frontal_projection(under(name), parts, minutes)
    else:
        plane = body().index_of(body().sites[PLACES["L3"]])[1]
        image = coronal_slice(under(name), parts, minutes, plane)
    stamp(image, name, (2, 2), _LETTERS_SUV)
    stamp(image, "R", (44, 2), _LETTERS_SUV)
    return image


def _read(name: TracerName, parts: list[PetPatch], site: str) -> Reading:
    index = body().index_of(body().sites[site])
    healthy = float(under(name).clean[index])
    return Reading(suv=max(healthy + sum(part.at(index) for part in parts), 0.0), healthy=healthy)


def _reading(name: TracerName, parts: list[PetPatch], lesions: Lesions) -> Reading:
    found = _read(name, parts, PLACES["L3"])
    if not parts:
        return found
    large = Lesions(kind=lesions.kind, diameter_mm=_LARGE_MM, week=lesions.week, receptor=lesions.receptor)
    full = _read(name, patches(name, large)[:1], PLACES["L3"]).suv - found.healthy
    share = (found.suv - found.healthy) / full if abs(full) > 1e-3 else 1.0
    return Reading(suv=found.suv, healthy=found.healthy, recovered=share)
