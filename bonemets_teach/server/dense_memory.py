"""Fills the gaps in the memory of this process, so that what its forks allocate lies close together.

A fork shares each page with its parent until one of them writes to it. After the warm-up thousands of pages have a gap or
two; small objects of a fork would fall into them, each at the price of a whole page.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable, Iterator
from typing import Any, Final

__all__ = ["fill_gaps"]

# CPython keeps objects of up to 512 bytes in pools of one size each: 16 KB with a header of 48 bytes.
_POOL: Final = 16384
_POOL_HEADER: Final = 48
_STEP: Final = 16
_LARGEST_SMALL: Final = 512
_BYTES_HEADER: Final = 33
# A new pool is used from low to high; the numbers that are compared here take slots of their size in between.
_STRIDE: Final = 4
# Chosen: above what the warm-up leaves behind, and little enough to bear where memory is kept in another way.
_MOST_BYTES_A_SIZE: Final = 8_000_000
_MOST_BYTES_OF_HEAP: Final = 256_000_000
_LARGEST_PIECE: Final = 1 << 21
_LARGEST_LISTED: Final = 1032
_SMALLEST_PIECE: Final = 24

_fillers: list[list[object]] = []


def fill_gaps() -> None:
    """Take all gaps between objects, and never give them back.

    Notes
    -----
    What a fork allocates then comes from pages of its own, one object beside the other. Gaps of more than 512 bytes
    are the C library's; they are taken where it is the one of GNU, and left as they are elsewhere.
    """
    gc.collect()  # empties the lists of spare tuples, floats and the like, too
    _fillers.extend(_fill_pools(size) for size in range(_STEP, _LARGEST_SMALL + 1, _STEP))
    if sys.platform == "linux":
        _fill_heap()


def _fill_pools(size: int) -> list[object]:
    """Make objects of one size until a whole new pool is full of them."""
    make, made = _maker(size), []
    run, before, capacity = 0, 0, (_POOL - _POOL_HEADER) // size
    for _ in range(_MOST_BYTES_A_SIZE // size):
        one = make()
        made.append(one)
        run = run + 1 if 0 < id(one) - before <= _STRIDE * size else 1
        before = id(one)
        if run >= capacity:
            break
    return made


def _maker(size: int) -> Callable[[], object]:
    """Return what makes an object that takes so many bytes and refers to no other."""
    if size == _STEP:
        return object
    if size == 2 * _STEP:
        return lambda: float("0.5")  # a literal would be one object for all
    length = size - _BYTES_HEADER
    return lambda: bytes(length)


class _HeapState(ctypes.Structure):
    """``struct mallinfo2`` of the GNU C library."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
        )
    ]  # fmt: skip


def _fill_heap() -> None:
    """Take every free piece of the heap but its end, large ones first."""
    library: Any = ctypes.CDLL(None)
    if not hasattr(library, "mallinfo2"):
        return
    library.mallinfo2.restype = _HeapState
    library.malloc.restype = library.sbrk.restype = ctypes.c_void_p
    library.malloc.argtypes, library.sbrk.argtypes = [ctypes.c_size_t], [ctypes.c_ssize_t]
    library.free.argtypes = [ctypes.c_void_p]
    library.malloc_trim(0)
    end, left = library.sbrk(0) - library.mallinfo2().keepcost, _MOST_BYTES_OF_HEAP
    for size in _piece_sizes():
        while left > 0:
            at = library.malloc(size)
            if at is None or at >= end:
                library.free(at)
                break
            left -= size


def _piece_sizes() -> Iterator[int]:
    """Yield sizes from large to small; small free pieces stand in a list for each size."""
    size = _LARGEST_PIECE
    while size > _LARGEST_LISTED:
        yield size
        size >>= 1
    yield from range(_LARGEST_LISTED, _SMALLEST_PIECE - 1, -_STEP)
