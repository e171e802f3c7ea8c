"""What the detectability scene computes from its controls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.detectability import (
    CLUTTER,
    GEOMETRIES,
    Geometry,
    Viewing,
    contrast,
    iso_attenuating_loss,
    noise,
    rose_snr,
    visible_loss,
)
from bonemets_teach.imaging.lesion_patch import lesion_patch
from bonemets_teach.scenes.scene import State

__all__ = ["LOSS_PERCENT", "STAGES", "DetectabilityResult", "capped_percent", "detect"]

Float64 = npt.NDArray[np.float64]

LOSS_PERCENT: Final = np.linspace(0.0, 100.0, 201)
STAGES: Final = (
    Viewing(tumor_fills_marrow=False, clutter=0.0),
    Viewing(tumor_fills_marrow=True, clutter=0.0),
    Viewing(tumor_fills_marrow=True, clutter=CLUTTER),
)
"""The three reasons one after another: photons alone, tumor in the marrow, anatomy in the way."""
_FAT: Final = {"red": 0.0, "half": 0.5, "fatty": 0.9}


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectabilityResult:
    """Visibility of one lesion against the mineral it has lost.

    Parameters
    ----------
    geometry_id : str
        Key of `GEOMETRIES`.
    geometry : Geometry
        With the marrow that was chosen.
    viewing : Viewing
        What stands in the way.
    loss : float
        Share of the mineral that is lost, 0..1.
    snr : ndarray of shape (201,)
        Contrast over noise at `LOSS_PERCENT`, as chosen.
    stage_snr : tuple of ndarray of shape (201,)
        The same for each of `STAGES`.
    stage_loss : tuple of float
        Visible loss of each of `STAGES`, infinity if never.
    contrast, snr_now, iso_loss, needed : float
        Contrast and contrast over noise at ``loss``; loss where tumor looks like bone; loss from which it
        shows.
    needed_by_site : dict of str to float
        Visible loss at every site, infinity if never.
    patch : ndarray of float32 of shape (row, column)
        Relative change of the detector signal.
    """

    geometry_id: str
    geometry: Geometry
    viewing: Viewing
    loss: float
    snr: Float64
    stage_snr: tuple[Float64, ...]
    stage_loss: tuple[float, ...]
    contrast: float
    snr_now: float
    iso_loss: float
    needed: float
    needed_by_site: dict[str, float]
    patch: npt.NDArray[np.float32]

    @property
    def is_seen(self) -> bool:
        """True if the lesion shows as lucent at the chosen loss."""
        return self.loss >= self.needed


def detect(state: State) -> DetectabilityResult:
    """Compute the result of a complete state.

    Parameters
    ----------
    state : mapping
        Control name to value.

    Returns
    -------
    result : DetectabilityResult
        Everything that the picture and the words need.
    """
    marrow = str(state["marrow"])
    geometry = _with_marrow(GEOMETRIES[str(state["site"])], marrow)
    viewing = Viewing(
        tube_voltage_kv=float(state["tube_voltage_kv"]),
        tumor_fills_marrow=bool(state["tumor_fills_marrow"]),
        clutter=CLUTTER if state["overlying_anatomy"] else 0.0,
    )
    loss = float(state["loss_percent"]) / 100.0
    stages = _stages(geometry, viewing.tube_voltage_kv)
    now = float(contrast(geometry, viewing, loss))
    return DetectabilityResult(
        geometry_id=str(state["site"]),
        geometry=geometry,
        viewing=viewing,
        loss=loss,
        snr=rose_snr(geometry, viewing, LOSS_PERCENT / 100.0),
        stage_snr=stages[0],
        stage_loss=stages[1],
        contrast=now,
        snr_now=now / noise(geometry, viewing),
        iso_loss=iso_attenuating_loss(geometry, viewing),
        needed=visible_loss(geometry, viewing),
        needed_by_site=_by_site(viewing, marrow),
        patch=lesion_patch(geometry, viewing, loss),
    )


def capped_percent(loss: float) -> float:
    """Return a loss in percent; 100 stands for never.

    Parameters
    ----------
    loss : float
        Share, or infinity.

    Returns
    -------
    percent : float
        In [0, 100].
    """
    return 100.0 * min(loss, 1.0)


def _with_marrow(geometry: Geometry, marrow: str) -> Geometry:
    return replace(geometry, fat_fraction=_FAT[marrow]) if marrow in _FAT else geometry


@lru_cache(maxsize=256)
def _stages(geometry: Geometry, voltage: float) -> tuple[tuple[Float64, ...], tuple[float, ...]]:
    views = [replace(stage, tube_voltage_kv=voltage) for stage in STAGES]
    curves = tuple(rose_snr(geometry, view, LOSS_PERCENT / 100.0) for view in views)
    return curves, tuple(visible_loss(geometry, view) for view in views)


@lru_cache(maxsize=256)
def _by_site(viewing: Viewing, marrow: str) -> dict[str, float]:
    return {name: visible_loss(_with_marrow(site, marrow), viewing) for name, site in GEOMETRIES.items()}
