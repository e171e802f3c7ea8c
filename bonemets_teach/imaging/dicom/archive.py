"""DICOM files in one zip archive, as viewers take them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

__all__ = ["write_zip"]


def write_zip(target: Path | IO[bytes], files: Iterable[tuple[str, bytes]]) -> int:
    """Write files to an archive that depends on nothing but them.

    Parameters
    ----------
    target : Path or binary file
        Where the archive is written; an existing file is replaced.
    files : iterable of (str, bytes)
        Name below the archive, with "/", and content; taken one by one.

    Returns
    -------
    count : int
        How many files were written.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
        return len(archive.namelist())
