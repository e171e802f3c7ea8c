"""A loaded volume as slices for the image view: 16-bit integers and window presets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.dicom.geometry import Plane
from bonemets_teach.imaging.volume_file_loaded import LoadedVolume
from bonemets_teach.imaging.window import BONE, SOFT_TISSUE, WindowSetting

__all__ = ["CT_WINDOWS", "OFFSET_HU", "SliceStack", "slices_for_view"]

OFFSET_HU: Final = -32768
"""CT number of the integer 0 [HU]."""

CT_WINDOWS: Final[Mapping[str, WindowSetting]] = MappingProxyType(
    {
        "bone": BONE,
        "soft tissue": SOFT_TISSUE,
        "lung": WindowSetting(center=-600.0, width=1500.0),
        "brain": WindowSetting(center=40.0, width=80.0),
    }
)
"""Windows in common use [HU]; chosen, departments differ. The first is the default."""
_PLANES: Final[Mapping[str, tuple[int, int, int]]] = MappingProxyType({
    "axial": (0, 1, 2), "coronal": (1, 0, 2), "sagittal": (2, 0, 1),
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SliceStack:
    """Slices of one plane, ready for the page.

    Parameters
    ----------
    hu : ndarray of int16 of shape (slice, row, column)
        CT numbers [HU], a view of the volume.
    pixel_mm : tuple of float
        Spacing of rows and of columns [mm].
    slice_mm : float
        Distance of the slices [mm].
    windows : mapping of str to WindowSetting
        Presets; the first is the default.
    edges : tuple of str
        What lies at the left, right, top and bottom of a slice: R, L, A, P, H, F.
    """

    hu: npt.NDArray[np.int16]
    pixel_mm: tuple[float, float]
    slice_mm: float
    windows: Mapping[str, WindowSetting]
    edges: tuple[str, str, str, str]

    def slice_bytes(self, index: int) -> bytes:
        """Return one slice as the page wants it; ``value = OFFSET_HU + integer``, slope 1, unit HU.

        Parameters
        ----------
        index : int
            From 0.

        Returns
        -------
        data : bytes
            Little-endian unsigned 16-bit integers, row by row.

        Raises
        ------
        ParameterError
            If there is no such slice.
        """
        if not 0 <= index < len(self.hu):
            raise ParameterError.out_of_range("index", index, 0, len(self.hu) - 1)
        # Flipping the sign bit adds 32768.
        shifted = self.hu[index].view(np.uint16) ^ np.uint16(0x8000)
        data: bytes = shifted.astype("<u2").tobytes()
        return data


_EDGES: Final[Mapping[str, tuple[str, str, str, str]]] = MappingProxyType({
    "axial": ("R", "L", "A", "P"), "coronal": ("R", "L", "H", "F"), "sagittal": ("A", "P", "H", "F"),
})  # fmt: skip


def slices_for_view(volume: LoadedVolume, plane: Plane = "axial") -> SliceStack:
    """Cut a volume into slices for the image view.

    Parameters
    ----------
    volume : LoadedVolume
        CT numbers.
    plane : {"axial", "coronal", "sagittal"}, default "axial"
        Axial slices run from head to feet, coronal ones to the back, sagittal ones to the patient's left.

    Returns
    -------
    stack : SliceStack
        Shares the volume's memory.

    Raises
    ------
    ParameterError
        If the plane is unknown.
    """
    if plane not in _PLANES:
        message = f"plane = {plane!r} is not one of {', '.join(_PLANES)}; choose one of them"
        raise ParameterError(message)
    axes = _PLANES[plane]
    distances = [volume.voxel_mm[axis] for axis in axes]
    return SliceStack(
        hu=volume.hu.transpose(axes), pixel_mm=(distances[1], distances[2]), slice_mm=distances[0],
        windows=CT_WINDOWS, edges=_EDGES[plane],
    )  # fmt: skip
