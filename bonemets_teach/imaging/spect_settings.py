"""How a SPECT is made and reconstructed."""

from __future__ import annotations

from dataclasses import dataclass

from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging.collimator import CollimatorName, collimator

__all__ = ["SpectSettings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpectSettings:
    """How a SPECT is made and reconstructed; defaults are usual ones (chosen).

    Parameters
    ----------
    collimator : {"LEHR", "LEGP", "LEUHR"}, default "LEHR"
        Collimator.
    activity_mbq : float, default 740
        Injected activity [MBq], in [0, 2000].
    time_h : float, default 3
        Time after injection [h], in [0, 24].
    views : int, default 64
        Views over 360 degrees, in [16, 128]; a multiple of ``subsets``.
    seconds_per_view : float, default 30
        Time of a view [s], in [0, 600]; 16 min in all with two heads.
    iterations, subsets : int, default 4 and 8
        Of the reconstruction, in [1, 20] and [1, 16].
    attenuation_correction, resolution_recovery : bool, default True
        Whether the reconstruction knows of attenuation and of the blur of the collimator.
    filter_fwhm_mm : float, default 7
        Gaussian filter afterwards [mm], in [0, 30].
    gap_mm : float, default 20
        Air between body and collimator [mm], in [0, 200].
    pixel_mm : float, default 4
        Edge of a pixel [mm], in [2, 10]; the nearest multiple of the phantom's voxel is taken.

    Raises
    ------
    ParameterError
        If a value is outside its range.
    """

    collimator: CollimatorName = "LEHR"
    activity_mbq: float = 740.0
    time_h: float = 3.0
    views: int = 64
    seconds_per_view: float = 30.0
    iterations: int = 4
    subsets: int = 8
    attenuation_correction: bool = True
    resolution_recovery: bool = True
    filter_fwhm_mm: float = 7.0
    gap_mm: float = 20.0
    pixel_mm: float = 4.0

    def __post_init__(self) -> None:
        collimator(self.collimator)
        require_in_range("activity_mbq", self.activity_mbq, 0, 2000, "MBq")
        require_in_range("time_h", self.time_h, 0, 24, "h")
        require_in_range("seconds_per_view", self.seconds_per_view, 0, 600, "s")
        require_in_range("filter_fwhm_mm", self.filter_fwhm_mm, 0, 30, "mm")
        require_in_range("gap_mm", self.gap_mm, 0, 200, "mm")
        require_in_range("pixel_mm", self.pixel_mm, 2, 10, "mm")
        for name, low, high in (("views", 16, 128), ("iterations", 1, 20), ("subsets", 1, 16)):
            value = getattr(self, name)
            require_in_range(name, value, low, high)
            if value != int(value):
                message = f"{name} = {value} is not a whole number; choose one in [{low}, {high}]"
                raise ParameterError(message)
        if self.views % self.subsets:
            message = f"views = {self.views} is no multiple of subsets = {self.subsets}; choose for example 64 and 8"
            raise ParameterError(message)
