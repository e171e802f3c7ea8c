"""What the artifact scene computes: an image with its k-space, and how far it is from an undisturbed one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.mri_raw import RawScan, raw_scan
from bonemets_teach.imaging.mri_settings import MriSettings
from bonemets_teach.imaging.mri_signal import fat_shift_hz
from bonemets_teach.scenes._mr_artifact_body import MARROW, mask_of, slab_of
from bonemets_teach.scenes._mr_regions import FIELD_MM, SIZE
from bonemets_teach.scenes.scene import State

__all__ = ["GAP_PIXELS", "MOST_LINES", "SEQUENCES", "ArtifactResult", "settings_of", "take_scan"]

Float32 = npt.NDArray[np.float32]

GAP_PIXELS: Final = 8
"""Black columns between the image and its k-space."""
MOST_LINES: Final = 208
FIELD_T: Final = 1.5
SEQUENCES: Final = MappingProxyType({
    "t1": "T1", "t2-fat-suppressed": "T2, fat suppressed", "stir": "STIR", "gradient-echo": "Gradient echo",
})  # fmt: skip
"""Sequences of the scene: value of the control, and what the learner reads."""
_TIMES: Final[MappingProxyType[str, dict[str, Any]]] = MappingProxyType({
    "t1": {"sequence": "T1"},
    "t2-fat-suppressed": {"sequence": "T2", "fat_suppressed": True},
    "stir": {"sequence": "STIR"},
    # The second time at which fat and water are in phase; the first leaves no room for a slow readout.
    "gradient-echo": {"sequence": "in phase", "te_ms": 2000 / fat_shift_hz(FIELD_T)},
})  # fmt: skip
_SEED: Final = 7
_WHITE: Final = 900.0
# Chosen: 16 of 208 lines hold most of what makes bright and dark; a change of 20 % of white is plain to see.
_MIDDLE: Final = 16
_PLAIN: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ArtifactResult:
    """One scan and what is measured in it.

    Parameters
    ----------
    state : mapping
        Values of the controls.
    shown : ndarray of float32 of shape (row, column)
        Image and k-space side by side, both in gray values of 1000.
    lesion, marrow : float
        Means without noise [gray values].
    noise : float
        Spread of the noise [gray values].
    seconds : float
        How long the scan takes [s].
    pixel_mm : float
        Edge of a measured pixel [mm].
    fat_shift_mm : float
        How far fat is moved along the readout [mm].
    ghost_percent : float
        What breathing changes in the body of L3: root mean square, in percent of normal marrow.
    spoiled_cm2 : float
        Area in which metal changes the image by more than 20 % of the brightest normal tissue [cm2].
    """

    state: State
    shown: Float32
    lesion: float
    marrow: float
    noise: float
    seconds: float
    pixel_mm: float
    fat_shift_mm: float
    ghost_percent: float
    spoiled_cm2: float

    @property
    def relative(self) -> float:
        """Lesion over normal marrow."""
        return self.lesion / max(self.marrow, 1e-6)


def settings_of(state: State) -> MriSettings:
    """Return how the scan of a state is taken.

    Parameters
    ----------
    state : mapping
        Complete state of the scene.

    Returns
    -------
    settings : MriSettings
        At 1.5 T.
    """
    chosen: dict[str, Any] = {
        "field_t": FIELD_T,
        "field_of_view_mm": FIELD_MM,
        "matrix": int(state["lines"]),
        "bandwidth_hz_px": float(state["bandwidth_hz_px"]),
        "motion_mm": float(state["breathing_mm"]),
        "phase_axis": str(state["phase"]),
        "implant": "steel" if state["metal"] == "steel" else "titanium",
    }
    return MriSettings(**chosen, **_TIMES[str(state["sequence"])])


def take_scan(state: State) -> ArtifactResult:
    """Take the scan of a complete state.

    Parameters
    ----------
    state : mapping
        Complete state of the scene.

    Returns
    -------
    result : ArtifactResult
        Image, k-space and measures.
    """
    settings, screws = settings_of(state), state["metal"] != "none"
    left_out = _MIDDLE if state["without_middle"] else 0
    slab = slab_of(screws=screws)
    scan = raw_scan(slab, settings, np.random.default_rng(_SEED), without_middle=left_out)
    clean = raw_scan(slab, settings, without_middle=left_out).magnitude
    still = {**state, "breathing_mm": 0}
    undisturbed = _quiet(_key({**still, "metal": "none"}))
    marrow = _mean(undisturbed, *MARROW)
    moved = _quiet(_key({**state, "metal": "none"})) if settings.motion_mm else undisturbed
    metal = _quiet(_key(still)) if screws else undisturbed
    ghosts = (moved - undisturbed)[mask_of("L3")]
    white = _white(str(state["sequence"]))
    gain = _WHITE / white
    return ArtifactResult(
        state=state,
        shown=_side_by_side(scan, gain),
        lesion=gain * _mean(clean, "lesion"),
        marrow=gain * _mean(clean, *MARROW),
        noise=gain * scan.noise,
        seconds=scan.seconds,
        pixel_mm=scan.pixel_mm,
        fat_shift_mm=fat_shift_hz(FIELD_T) / settings.timing.bandwidth_hz_px * scan.pixel_mm,
        ghost_percent=100 * float(np.sqrt(np.mean(ghosts**2))) / marrow,
        spoiled_cm2=float(np.count_nonzero(np.abs(metal - undisturbed) > _PLAIN * white))
        * (FIELD_MM / SIZE) ** 2 / 100,
    )  # fmt: skip


def _key(state: State) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(state.items()))


@lru_cache(maxsize=8)
def _quiet(key: tuple[tuple[str, Any], ...]) -> Float32:
    """Return the image of a state without noise, with all of its k-space."""
    state = dict(key)
    return raw_scan(slab_of(screws=state["metal"] != "none"), settings_of(state)).magnitude


@lru_cache(maxsize=4)
def _white(sequence: str) -> float:
    """Return the brightest normal signal of a sequence, which is shown nearly white."""
    state = {
        "sequence": sequence, "lines": MOST_LINES, "bandwidth_hz_px": 200, "breathing_mm": 0, "phase": "rows",
        "metal": "none",
    }  # fmt: skip
    return float(np.percentile(_quiet(_key(state)), 99))


def _mean(image: Float32, *names: str) -> float:
    return float(np.mean([image[mask_of(name)].mean() for name in names]))


def _side_by_side(scan: RawScan, gain: float) -> Float32:
    gap = np.zeros((SIZE, GAP_PIXELS), dtype=np.float32)
    loudness = scan.loudness() * np.float32(1000)
    return np.hstack([scan.magnitude * np.float32(gain), gap, loudness])
