"""Keeps computed keys between two checks, and throws them away when the models change."""

from __future__ import annotations

import hashlib
import json
import math
import os
import tempfile
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from platformdirs import user_cache_path

import bonemets_teach
from bonemets_teach.content import assets_folder

__all__ = ["fingerprint", "load_keys", "save_keys"]

_FOLDERS: Final = ("anatomy", "biology", "imaging", "mechanics", "scenes", "scores", "therapy")
_LIBRARIES: Final = ("matplotlib", "numba", "numpy", "scipy")


def fingerprint() -> str:
    """Return what tells these models from any others.

    Returns
    -------
    fingerprint : str
        Hash of the code of the models, of their tables in ``assets/`` and of the versions of the libraries below them.
    """
    found = hashlib.sha256(" ".join(version(name) for name in _LIBRARIES).encode())
    package = Path(bonemets_teach.__file__).parent
    files = [path for name in _FOLDERS for path in sorted((package / name).rglob("*.py"))]
    files += [package / "units.py", *sorted((assets_folder() / "physics").rglob("*"))]
    for path in files:
        if path.is_file():
            found.update(path.name.encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def load_keys(folder: Path | None = None) -> dict[str, Any]:
    """Return the keys of the last check if the models are still the same.

    Parameters
    ----------
    folder : Path or None
        Where they are kept; the user's cache folder if not given.

    Returns
    -------
    keys : dict
        Empty if there are none, or from other models, or the file can't be read.
    """
    try:
        kept = json.loads(_file(folder).read_text("utf-8"))
        keys = kept["keys"] if kept["models"] == fingerprint() else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {name: value for name, value in keys.items() if _is_plain(value)} if isinstance(keys, dict) else {}


def save_keys(keys: dict[str, Any], folder: Path | None = None) -> None:
    """Keep the keys for the next check; where that can't be done nothing happens.

    Parameters
    ----------
    keys : dict
        From `remembering`.
    folder : Path or None
        As in `load_keys`.
    """
    file = _file(folder)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        # Two checks at once: each writes a file of its own and the last one stays.
        handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump({"models": fingerprint(), "keys": keys}, out)
        Path(name).replace(file)


def _file(folder: Path | None) -> Path:
    return (folder or user_cache_path("bonemets-teach", appauthor=False)) / "computed-keys.json"


def _is_plain(value: Any) -> bool:
    numbers = value if isinstance(value, list) else [value]
    return all(isinstance(each, float | int) and math.isfinite(each) for each in numbers)
