"""How much an image file may hold, so that no file can fill a server's memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["LIMITS", "ReadingLimits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """Bounds that are checked before anything is unpacked; all chosen.

    Parameters
    ----------
    files : int, default 4096
        Files of a folder or archive.
    file_bytes : int, default 64 MiB
        One DICOM file.
    total_bytes : int, default 512 MiB
        All files together, unpacked.
    voxels : int, default 2**27
        Voxels of the volume, as many as 512 slices of 512 x 512; 2 bytes each.
    """

    files: int = 4096
    file_bytes: int = 64 * 2**20
    total_bytes: int = 512 * 2**20
    voxels: int = 2**27


LIMITS: Final = ReadingLimits()
"""What is used where nothing else is asked for."""
