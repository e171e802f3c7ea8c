"""Windows of a planar bone scan: the same counts are the same gray in every patient."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, Literal

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.bone_uptake_kinetics import decay_factor
from bonemets_teach.imaging.collimator import collimator
from bonemets_teach.imaging.planar_scan import BODY_MASS_G, PlanarScan, PlanarSettings
from bonemets_teach.imaging.window import WindowSetting

__all__ = ["WINDOWS", "WindowName", "display_window", "reference_counts"]

WindowName = Literal["soft tissue", "bone", "lesion"]

WINDOWS: Final = MappingProxyType({"soft tissue": 0.5, "bone": 1.7, "lesion": 5.0})
"""Counts shown as full black over those of a normal lumbar vertebra; chosen."""
# Chosen: what is meant by the normal vertebra: SUV 4 in 3 cm of bone, with 0.46 of the photons from 5 cm deep.
_SUV_CM: Final = 4.0 * 3.0
_TRANSMISSION: Final = 0.46


def reference_counts(settings: PlanarSettings, seconds: float, pixel_mm: tuple[float, float]) -> float:
    """Return what a pixel over a normal lumbar vertebra counts from behind.

    Parameters
    ----------
    settings : PlanarSettings
        Activity, time and collimator.
    seconds : float
        Time for which each point was seen [s].
    pixel_mm : tuple of float
        Edges of a pixel [mm].

    Returns
    -------
    counts : float
        From the settings alone, whatever the patient has.
    """
    rate = settings.activity_mbq * decay_factor(settings.time_h) / BODY_MASS_G
    rate *= collimator(settings.collimator).sensitivity_cps_per_mbq
    return rate * seconds * _SUV_CM * _TRANSMISSION * pixel_mm[0] * pixel_mm[1] / 100.0


def display_window(scan: PlanarScan, name: WindowName = "bone") -> WindowSetting:
    """Return a window for both views of a scan.

    Parameters
    ----------
    scan : PlanarScan
        The scan; its counts have no influence.
    name : {"bone", "lesion", "soft tissue"}, default "bone"
        What is to be told apart; show it inverted, so that counts are dark.

    Returns
    -------
    window : WindowSetting
        From 0 to a multiple of `reference_counts` [counts]; at least one count wide.

    Raises
    ------
    ParameterError
        If there is no window of that name.

    Notes
    -----
    A window set by the hottest pixel hides the superscan: there everything is hot, and nothing stands out.
    """
    if name not in WINDOWS:
        message = f"there is no window “{name}”; choose one of {', '.join(WINDOWS)}"
        raise ParameterError(message)
    top = max(1.0, WINDOWS[name] * reference_counts(scan.settings, scan.seconds, scan.pixel_mm))
    return WindowSetting(center=top / 2, width=top)
