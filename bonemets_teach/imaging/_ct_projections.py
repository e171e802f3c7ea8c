"""One slice as the scanner sees it, and the path lengths of all rays through it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging._ct_beam import ct_beam, transmission
from bonemets_teach.imaging._ct_metal import replace_metal_rays
from bonemets_teach.imaging._ct_projector import project
from bonemets_teach.imaging.hounsfield import effective_attenuation
from bonemets_teach.imaging.tissue_materials import require_metal
from bonemets_teach.units import CM_PER_MM

__all__ = ["SliceMaps", "SliceProjections", "project_slice"]

Float32 = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SliceMaps:
    """One slice of the body as the scanner sees it.

    Parameters
    ----------
    shares : ndarray of float32 of shape (2, row, column)
        Water share and bone share of each pixel, square and even; both 0 in air.
    pixel_mm : float
        Pixel size [mm], in [0.1, 5].
    metal : ndarray of float32 of shape (row, column), optional
        Share of each pixel that is implant, 0..1.
    metal_name : {"titanium", "steel"}, default "titanium"
        What the implant is made of.
    """

    shares: Float32
    pixel_mm: float
    metal: Float32 | None = None
    metal_name: str = "titanium"

    def __post_init__(self) -> None:
        shape = self.shares.shape
        if len(shape) != 3 or shape[0] != 2 or shape[1] != shape[2]:
            message = f"shares have the shape {shape}; give (2, size, size)"
            raise ParameterError(message)
        if not np.all(np.isfinite(self.shares)):
            message = "shares hold values that are not numbers; replace them by 0, which is air"
            raise ParameterError(message)
        if self.metal is not None and (self.metal.shape != shape[1:] or not np.all(np.isfinite(self.metal))):
            message = f"metal has the shape {self.metal.shape} or gaps; give {shape[1:]} finite shares"
            raise ParameterError(message)
        require_metal(self.metal_name)
        require_in_range("pixel_mm", self.pixel_mm, 0.1, 5.0, "mm")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SliceProjections:
    """Path lengths of all rays; everything but voltage, dose and kernel is in here.

    Parameters
    ----------
    lengths_cm : ndarray of float32 of shape (2, view, ray)
        Water and bone in each ray [cm].
    pixel_mm : float
        Spacing of the rays [mm].
    metal_cm : ndarray of float32 of shape (view, ray), optional
        Implant in each ray [cm].
    metal_name : str
        What the implant is made of.
    """

    lengths_cm: Float32
    pixel_mm: float
    metal_cm: Float32 | None = None
    metal_name: str = "titanium"
    _passing: dict[tuple[float, bool], Float32] = field(default_factory=dict, repr=False)

    def passing(self, tube_voltage_kv: float, *, one_energy: bool = False) -> Float32:
        """Return the share of the beam that passes along each ray, kept for the next call.

        Parameters
        ----------
        tube_voltage_kv : float
            Tube voltage [kV].
        one_energy : bool, default False
            Every photon is weakened as the beam is on average behind 20 cm of water.

        Returns
        -------
        share : ndarray of float32 of shape (view, ray)
            Share of the energy.
        """
        key = (tube_voltage_kv, one_energy)
        if key not in self._passing:
            self._passing[key] = self._single(tube_voltage_kv) if one_energy else self._full(tube_voltage_kv)
        return self._passing[key]

    def _full(self, voltage: float) -> Float32:
        share = transmission(ct_beam(voltage), self.lengths_cm)
        if self.metal_cm is None:
            return share
        return replace_metal_rays(share, self.lengths_cm, self.metal_cm, voltage, self.metal_name)

    def _single(self, voltage: float) -> Float32:
        water, bone = (np.float32(effective_attenuation(m, voltage)) for m in ("water", "bone_cortical"))
        loss = water * self.lengths_cm[0] + bone * self.lengths_cm[1]
        if self.metal_cm is not None:
            loss += np.float32(effective_attenuation(self.metal_name, voltage)) * self.metal_cm
        return np.asarray(np.exp(-loss), dtype=np.float32)


def project_slice(maps: SliceMaps, *, views: int = 240) -> SliceProjections:
    """Trace all rays through a slice.

    Parameters
    ----------
    maps : SliceMaps
        The slice.
    views : int, default 240
        Angles over 180 degrees, even, in [8, 2000].

    Returns
    -------
    projections : SliceProjections
        For `reconstruct`.

    Raises
    ------
    ParameterError
        If ``views`` or the size of the slice is odd or outside its range.

    Notes
    -----
    Parallel rays stand in for the fan of a real scanner, to which they are equivalent after rebinning.
    """
    count = int(require_in_range("views", views, 8, 2000))
    step_cm = np.float32(maps.pixel_mm * CM_PER_MM)
    lengths = project(maps.shares, count) * step_cm
    metal = None
    if maps.metal is not None and maps.metal.any():
        metal = project(np.stack([maps.metal, maps.metal]), count)[0] * step_cm
    return SliceProjections(
        lengths_cm=lengths, pixel_mm=maps.pixel_mm, metal_cm=metal, metal_name=maps.metal_name
    )
