"""What is exported: one acquisition as pixels, unit, geometry and settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging.dicom.codes import CAMERA_VIEW_CODES, VIEW_CODES
from bonemets_teach.imaging.dicom.geometry import PlanarGeometry, RotationGeometry, VolumeGeometry

__all__ = ["UNITS", "Geometry", "Modality", "Series"]

Modality = Literal["CT", "CR", "DX", "NM", "PT", "MR"]
Geometry = VolumeGeometry | PlanarGeometry | RotationGeometry

UNITS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "CT": ("HU",),
        "CR": ("display",),
        "DX": ("display",),
        "NM": ("counts", "Bq/mL", "SUV"),
        "PT": ("SUV", "Bq/mL"),
        "MR": ("signal", "1e-6 mm2/s", "%"),
    }
)
"""Units that each modality can be exported in."""
_GEOMETRIES: Final[Mapping[str, tuple[type, ...]]] = MappingProxyType(
    {
        "CT": (VolumeGeometry,),
        "CR": (PlanarGeometry,),
        "DX": (PlanarGeometry,),
        "NM": (VolumeGeometry, PlanarGeometry, RotationGeometry),
        "PT": (VolumeGeometry,),
        "MR": (VolumeGeometry,),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """One acquisition, ready for export.

    Parameters
    ----------
    modality : {"CT", "CR", "DX", "NM", "PT", "MR"}
        A radiograph is DX (or CR); a bone scan with `PlanarGeometry` becomes an NM WHOLE BODY image, SPECT with
        `VolumeGeometry` an NM RECON TOMO image, its projections with `RotationGeometry` an NM TOMO image.
    description : str
        Name in a viewer's list, 1 to 64 characters, for instance "CT bone kernel 3 mm".
    pixels : ndarray of shape (image, row, column)
        Finite values in ``unit``: slices, views or angles; one image may be given as (row, column).
    unit : str
        One of `UNITS` of the modality.
    geometry : VolumeGeometry, PlanarGeometry or RotationGeometry
        Where the pixels lie.
    settings : mapping of str to value
        More DICOM attributes by keyword, as ``{"KVP": 120, "ConvolutionKernel": "bone"}``. They replace defaults; the
        export puts them into the sequence where they belong. See `bonemets_teach.imaging.dicom.settings`.
    minutes_after_injection : float, optional
        Of a nuclear image [min], in [0, 2880]; by default 60 for PET and 180 for a bone scan (chosen; EANM procedure
        guidelines). Sets the time of injection in the file.

    Raises
    ------
    ParameterError
        If the parts don't fit one another or a value is not a finite number.
    """

    modality: Modality
    description: str
    pixels: npt.NDArray[Any]
    unit: str
    geometry: Geometry
    settings: Mapping[str, Any] = field(default_factory=dict)
    minutes_after_injection: float | None = None

    def __post_init__(self) -> None:
        if self.modality not in UNITS:
            message = f"modality = {self.modality!r} is not one of {', '.join(UNITS)}; choose one of them"
            raise ParameterError(message)
        if self.unit not in UNITS[self.modality]:
            allowed = ", ".join(UNITS[self.modality])
            message = f"unit = {self.unit!r} is none of {self.modality} ({allowed}); convert the pixels"
            raise ParameterError(message)
        if not isinstance(self.geometry, _GEOMETRIES[self.modality]):
            allowed = " or ".join(kind.__name__ for kind in _GEOMETRIES[self.modality])
            message = f"{self.modality} has a {type(self.geometry).__name__}; give a {allowed}"
            raise ParameterError(message)
        if (
            not 1 <= len(self.description) <= 64
            or "\\" in self.description
            or not self.description.isprintable()
        ):
            message = f"description = {self.description!r}; give 1 to 64 printable characters, no backslash"
            raise ParameterError(message)
        if self.minutes_after_injection is not None:
            require_in_range("minutes_after_injection", self.minutes_after_injection, 0.0, 2880.0, "min")
        self._check_pixels()

    def injection_before(self, default_min: float) -> dt.timedelta:
        """Return the time from injection to scan, with a default in minutes."""
        return dt.timedelta(
            minutes=default_min if self.minutes_after_injection is None else self.minutes_after_injection
        )

    def _check_pixels(self) -> None:
        images = self.images
        if images.ndim != 3 or not all(
            1 <= size <= limit for size, limit in zip(images.shape, _LARGEST, strict=True)
        ):
            message = (
                f"pixels have the shape {self.pixels.shape}; give (image, row, column), at most {_LARGEST}"
            )
            raise ParameterError(message)
        if images.dtype.kind not in "iuf" or not np.all(np.isfinite(images)):
            message = (
                f"pixels of {self.description!r} hold values that are not finite numbers; replace them first"
            )
            raise ParameterError(message)
        if isinstance(self.geometry, PlanarGeometry):
            self._check_views(self.geometry.views, len(images))

    def _check_views(self, views: tuple[str, ...], count: int) -> None:
        if len(views) != count:
            message = f"{count} images but {len(views)} views; give one view for each image"
            raise ParameterError(message)
        known = CAMERA_VIEW_CODES if self.modality == "NM" else VIEW_CODES
        if unknown := [view for view in views if view not in known]:
            message = f"{self.modality} has no view {unknown[0]!r}; give {', '.join(known)}"
            raise ParameterError(message)

    @property
    def images(self) -> npt.NDArray[Any]:
        """Pixels of shape (image, row, column)."""
        return self.pixels[None] if self.pixels.ndim == 2 else self.pixels


_LARGEST: Final = (4096, 4096, 4096)
