"""Opens the attempt log of a folder, whatever state the folder is in."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from bonemets_teach.errors import ProgressError
from bonemets_teach.progress.engine import DATABASE
from bonemets_teach.progress.folder import MOUNTS, default_folder, require_usable
from bonemets_teach.progress.log import AttemptLog
from bonemets_teach.progress.problems import is_passing, sentence
from bonemets_teach.progress.store import STORE_ERRORS, DatabaseStore

__all__ = ["open_log"]


def open_log(folder: Path | None = None, *, mounts: Path = MOUNTS) -> AttemptLog:
    """Open the log of a folder; never raises.

    Parameters
    ----------
    folder : Path, optional
        Folder of the database; ``$BONEMETS_DATA`` or the user's data folder by default.
    mounts : Path
        Table of mounts by which shared file systems are recognized.

    Returns
    -------
    log : AttemptLog
        If the folder can't be used, a log with `AttemptLog.problem` set that keeps this session in memory.
    """
    try:
        chosen = Path(folder) if folder is not None else default_folder()
        require_usable(chosen, mounts)
    except (ProgressError, OSError, RuntimeError, ValueError) as error:
        words = str(error) if isinstance(error, ProgressError) else sentence(error, Path(str(folder or "~")))
        return AttemptLog(None, words)
    saved = DatabaseStore(chosen / DATABASE)
    try:
        saved.prepare()
    except ProgressError as error:
        saved.close()
        return AttemptLog(None, str(error))
    except STORE_ERRORS as error:
        saved.close()
        # A full disk or a lock may pass, so the database is tried again at the next answer.
        return AttemptLog(saved if is_passing(error) else None, sentence(error, saved.path))
    with suppress(OSError):
        saved.path.chmod(0o600)
    return AttemptLog(saved)
