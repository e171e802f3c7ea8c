"""The voxels of a NIfTI file, plane by plane, as 16-bit integers with a step."""

from __future__ import annotations

import gzip
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.volume_file_error import ImageFileError

__all__ = ["NiftiVoxels", "StoredVoxels", "stored_voxels", "unpacked"]

_AGAIN: Final = "fetch or convert it again"
_LARGEST: Final = 32767
# Chosen: a CT holds air at -1000 HU, hardly another image is negative that far.
_AIR: Final = -500.0
# Chosen: far beyond counts, becquerels and signals.
_LARGEST_VALUE: Final = 1e12


@dataclass(frozen=True, slots=True, kw_only=True)
class NiftiVoxels:
    """Where the voxels stand in a file and how they become values.

    Parameters
    ----------
    name : str
        The file, for messages.
    content : bytes
        The whole file, packed or not.
    shape : tuple of int
        Voxels along x, y, z; x runs fastest.
    dtype : numpy.dtype
        Type in the file.
    offset : int
        Byte at which they begin.
    slope, intercept : float
        ``value = slope * voxel + intercept``.
    """

    name: str
    content: bytes
    shape: tuple[int, int, int]
    dtype: np.dtype[Any]
    offset: int
    slope: float
    intercept: float

    def planes(self) -> Iterator[npt.NDArray[np.float64]]:
        """Yield the values (y, x) plane by plane, and refuse a file that is shorter or longer than it says."""
        columns, rows, count = self.shape
        size = columns * rows * self.dtype.itemsize
        stream = unpacked(self.content)
        begun = len(stream.read(self.offset))
        for index in range(count):
            data = stream.read(size)
            if len(data) != size:
                self._refuse_length(f"only {begun + index * size + len(data)}")
            plane = np.frombuffer(data, dtype=self.dtype).reshape(rows, columns).astype(np.float64)
            yield plane * self.slope + self.intercept
        if stream.read(1):
            self._refuse_length("more")

    def _refuse_length(self, held: str) -> None:
        needed = self.offset + math.prod(self.shape) * self.dtype.itemsize
        problem = f"its header asks for {needed} bytes and it holds {held}; it is cut off or damaged"
        raise ImageFileError(self.name, problem, _AGAIN)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StoredVoxels:
    """Integers (z, y, x) of the file's own axes; ``value = scale * integer``."""

    integers: npt.NDArray[np.int16]
    scale: float
    is_ct: bool


def unpacked(content: bytes) -> io.BufferedIOBase:
    """Return a stream of the content, unpacked if it is a gzip file."""
    stream = io.BytesIO(content)
    return gzip.GzipFile(fileobj=stream) if content[:2] == b"\x1f\x8b" else stream


def stored_voxels(voxels: NiftiVoxels) -> StoredVoxels:
    """Read all voxels; only one plane at a time is held in another type.

    Parameters
    ----------
    voxels : NiftiVoxels
        Where they are.

    Returns
    -------
    stored : StoredVoxels
        In steps of 1 where the values are whole numbers of 16 bits or look like CT numbers, else in the finest steps
        that hold the largest value.

    Raises
    ------
    ImageFileError
        If the file is cut off, or holds values that are not numbers.
    """
    low, high, whole = _extent(voxels)
    fits = low >= -_LARGEST - 1 and high <= _LARGEST
    is_ct = fits and low <= _AIR
    scale = 1.0 if fits and (whole or is_ct) else max(-low, high, 1e-30) / _LARGEST
    columns, rows, count = voxels.shape
    integers: npt.NDArray[np.int16] = np.empty((count, rows, columns), dtype=np.int16)
    for target, plane in zip(integers, voxels.planes(), strict=True):
        target[...] = np.rint(plane / scale)
    return StoredVoxels(integers=integers, scale=scale, is_ct=is_ct)


def _extent(voxels: NiftiVoxels) -> tuple[float, float, bool]:
    """Return the lowest and highest value and whether all are whole numbers."""
    low, high, whole = math.inf, -math.inf, True
    for index, plane in enumerate(voxels.planes()):
        if not np.all(np.isfinite(plane)):
            problem = f"plane {index} holds values that are not numbers (NaN or infinity)"
            raise ImageFileError(voxels.name, problem, "replace them, for instance by 0, or by -1024 in a CT")
        low, high = min(low, float(plane.min())), max(high, float(plane.max()))
        if max(-low, high) > _LARGEST_VALUE:
            problem = f"plane {index} reaches {max(-low, high):g}, more than {_LARGEST_VALUE:g}"
            raise ImageFileError(voxels.name, problem, _AGAIN)
        whole = whole and bool(np.all(plane == np.rint(plane)))
    return low, high, whole
