"""Keeps a patient's images in a file without a name, so that they cost a learner's kernel no memory of its own."""

from __future__ import annotations

import contextlib
import mmap
import os
import tempfile
import weakref
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import BonemetsError

__all__ = ["Spool", "Spooled"]

_DISK: Final = "/var/tmp"  # noqa: S108 - the file in it never has a name that anybody could guess
_NO_ROOM: Final = (
    "the images of the patient could not be put on disk ({why}); make room there and open the patient again"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spooled:
    """Where an array lies in a spool; arrays that share their memory lie in one place."""

    at: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    dtype: str


class Spool:
    """A file that ends with the last process that holds it.

    Notes
    -----
    Written by a process that makes images, read by the one that shows them: both have it from before the fork. What
    is read is a copy of the machine's own, which it can drop whenever it needs the memory.
    """

    def __init__(self) -> None:
        self._fd = _unnamed_file()
        weakref.finalize(self, os.close, self._fd)
        self._owners: dict[int, tuple[npt.NDArray[Any], int]] = {}
        self._end = 0
        self._map: mmap.mmap | None = None

    def put(self, array: npt.NDArray[Any]) -> Spooled:
        """Write an array, once for all arrays that share its memory.

        Parameters
        ----------
        array : ndarray
            A whole array or a view of one.

        Returns
        -------
        spooled : Spooled
            For `get`, in this process or another one.

        Raises
        ------
        BonemetsError
            If there is no room on disk.
        """
        owner = _owner(array)
        if not _flat(owner).flags.c_contiguous:
            array = owner = np.ascontiguousarray(array)
        if id(owner) not in self._owners:
            # The owner is kept, so that nothing else gets its id.
            self._owners[id(owner)] = (owner, self._write(owner))
        _, start = self._owners[id(owner)]
        return Spooled(
            at=start + array.ctypes.data - owner.ctypes.data, shape=array.shape, strides=array.strides,
            dtype=array.dtype.str,
        )  # fmt: skip

    def let_go(self) -> None:
        """Forget the arrays that were written; they stay in the file."""
        self._owners.clear()

    def get(self, spooled: Spooled) -> npt.NDArray[Any]:
        """Return an array that was put here, read-only; it stays on disk until it is looked at."""
        if self._map is None:
            self._map = mmap.mmap(self._fd, 0, access=mmap.ACCESS_READ)
        return np.ndarray(
            spooled.shape, np.dtype(spooled.dtype), self._map, offset=spooled.at, strides=spooled.strides
        )

    def rest(self) -> None:
        """Give back the memory of what has been looked at."""
        if self._map is not None and hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def _write(self, owner: npt.NDArray[Any]) -> int:
        start, self._end = self._end, self._end + -(-owner.nbytes // mmap.PAGESIZE) * mmap.PAGESIZE
        left = _flat(owner).data.cast("B") if owner.size else memoryview(b"")
        place = start
        try:
            os.ftruncate(self._fd, self._end)
            while left:
                written = os.pwrite(self._fd, left, place)
                left, place = left[written:], place + written
        except OSError as error:
            raise BonemetsError(_NO_ROOM.format(why=error.strerror or error)) from error
        return start


def _owner(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the array whose memory a view shows."""
    return _owner(array.base) if isinstance(array.base, np.ndarray) else array


def _flat(owner: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return an array with its axes in the order in which they lie in memory."""
    return owner.transpose(np.argsort([-step for step in owner.strides], kind="stable"))


def _unnamed_file() -> int:
    try:
        descriptor, name = tempfile.mkstemp(prefix="bonemets-", dir=_folder())
        os.unlink(name)  # noqa: PTH108 - a name of the machine's, not a path of ours
    except OSError as error:
        raise BonemetsError(_NO_ROOM.format(why=error.strerror or error)) from error
    return descriptor


def _folder() -> str | None:
    """Return a folder on a disk: often ``/tmp`` is memory."""
    if os.environ.get("TMPDIR"):
        return None
    with contextlib.suppress(OSError):
        if os.access(_DISK, os.W_OK | os.X_OK):
            return _DISK
    return None
