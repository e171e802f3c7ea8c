"""Opens the attempt log, whatever state its folder or its database is in."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from bonemets_teach.errors import ProgressError
from bonemets_teach.progress.engine import DATABASE
from bonemets_teach.progress.folder import MOUNTS, default_folder, require_usable
from bonemets_teach.progress.log import AttemptLog
from bonemets_teach.progress.problems import is_passing, sentence
from bonemets_teach.progress.store import STORE_ERRORS, DatabaseStore
from bonemets_teach.progress.target import Target, named_target

__all__ = ["open_log"]


def open_log(folder: Path | None = None, *, mounts: Path = MOUNTS) -> AttemptLog:
    """Open the log; never raises.

    Parameters
    ----------
    folder : Path, optional
        Folder of a SQLite file. By default the database that ``$BONEMETS_DATABASE_URL`` names, else the
        folder ``$BONEMETS_DATA``, else the user's data folder.
    mounts : Path
        Table of mounts by which shared file systems are recognized.

    Returns
    -------
    log : AttemptLog
        If the folder can't be used, a log with `AttemptLog.problem` set that keeps this session in memory.
    """
    try:
        target = None if folder is not None else named_target()
        if target is None:
            chosen = Path(folder) if folder is not None else default_folder()
            target = Target.file(chosen / DATABASE)
        if target.path is not None:
            require_usable(target.path.parent, mounts)
    except (ProgressError, OSError, RuntimeError, ValueError) as error:
        return AttemptLog(None, sentence(error, str(folder or "~")))
    saved = DatabaseStore(target)
    try:
        saved.prepare()
    except ProgressError as error:
        saved.close()
        return AttemptLog(None, str(error))
    except STORE_ERRORS as error:
        saved.close()
        # A full disk or a lock may pass, so the database is tried again at the next answer.
        return AttemptLog(saved if is_passing(error) else None, sentence(error, target))
    if target.path is not None:
        with suppress(OSError):
            target.path.chmod(0o600)
    return AttemptLog(saved)
