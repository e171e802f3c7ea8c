"""Where the progress database lies, and whether SQLite can be trusted with that place."""

from __future__ import annotations

import os
import re
from pathlib import Path

from platformdirs import user_data_path

from bonemets_teach.errors import ProgressError

__all__ = ["MOUNTS", "default_folder", "network_filesystem", "require_usable"]

MOUNTS = Path("/proc/mounts")

_SHARED_KINDS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "lustre", "gpfs", "beegfs"}
    | {"glusterfs", "davfs", "ocfs2", "gfs2", "orangefs", "virtiofs", "vboxsf", "fuse"}
)


def default_folder() -> Path:
    """Return the folder for progress when none is named.

    Returns
    -------
    folder : Path
        ``$BONEMETS_DATA``, or the user's data folder of the operating system with ``bonemets`` below it.
    """
    named = os.environ.get("BONEMETS_DATA", "").strip()
    return Path(named).expanduser() if named else user_data_path("bonemets", appauthor=False)


def network_filesystem(folder: Path, mounts: Path = MOUNTS) -> str | None:
    """Return the kind of shared file system that holds a folder.

    Parameters
    ----------
    folder : Path
        The folder; it need not exist yet.
    mounts : Path
        Table of mounts in the form of Linux' ``/proc/mounts``.

    Returns
    -------
    kind : str or None
        For example ``"nfs4"``; None on a local disk or where there is no such table.

    Notes
    -----
    SQLite's locks are not reliable on these, and its write-ahead log needs shared memory that they lack.
    """
    try:
        table = mounts.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    real = Path(os.path.realpath(folder))
    kind, depth = "", -1
    for line in table.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), fields[1]))
        # A later mount on the same point hides the earlier one, hence >=.
        if (point == real or point in real.parents) and len(point.parts) >= depth:
            kind, depth = fields[2], len(point.parts)
    return kind if kind in _SHARED_KINDS or kind.startswith("fuse.") else None


def require_usable(folder: Path, mounts: Path = MOUNTS) -> None:
    """Make the folder if it is missing, or say why progress can't be kept there.

    Parameters
    ----------
    folder : Path
        Folder for the database.
    mounts : Path
        Table of mounts.

    Raises
    ------
    ProgressError
        If it is on a shared file system, is no folder or can't be made.
    """
    kind = network_filesystem(folder, mounts)
    if kind:
        message = (
            f"Progress is not saved: {folder} is on a shared file system ({kind}) where the database "
            "could be damaged. Set BONEMETS_DATA to a folder on a local disk and start again."
        )
        raise ProgressError(message)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        message = (
            f"Progress is not saved: the folder {folder} can't be used ({error.strerror or error}). "
            "Set BONEMETS_DATA to a folder that you may write to and start again."
        )
        raise ProgressError(message) from error
