"""Pictures for questions that were computed before: a learner waits for none, and no phantom fills the memory.

They are written by ``tests/figures/draw_plates.py``; a test compares them with what the model computes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from bonemets_teach.content import assets_folder
from bonemets_teach.scenes.plates.exposed import Exposed

__all__ = ["kept_file", "kept_plate", "packed"]

_FOLDER: Final = "plates"
_WHITE: Final = 255
_NAME_LETTERS: Final = 12


def kept_file(plate_id: str, state: Mapping[str, Any]) -> Path:
    """Return the file that may hold a picture.

    Parameters
    ----------
    plate_id : str
        Id of the plate.
    state : mapping
        Its complete state.

    Returns
    -------
    path : Path
        Below ``assets/plates``; the name tells plate and state.
    """
    plain = {name: float(value) if type(value) is int else value for name, value in state.items()}
    key = hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:_NAME_LETTERS]
    return assets_folder() / _FOLDER / f"{plate_id}-{key}.npz"


def kept_plate(plate_id: str, state: Mapping[str, Any]) -> Exposed | None:
    """Return a picture that was computed before.

    Parameters
    ----------
    plate_id, state
        As in `kept_file`.

    Returns
    -------
    shown : Exposed or None
        None if it is not kept.
    """
    path = kept_file(plate_id, state)
    if not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as stored:
        values = stored["gray"].astype(np.float32) / np.float32(_WHITE)
        facts = json.loads(str(stored["facts"]))
    return Exposed(
        values=values, pixel_mm=facts["pixel_mm"], numbers=facts["numbers"], words=facts["words"],
        marks={name: (row, column) for name, (row, column) in facts["marks"].items()},
    )  # fmt: skip


def packed(shown: Exposed) -> dict[str, Any]:
    """Return what a file keeps of a picture.

    Parameters
    ----------
    shown : Exposed
        As computed.

    Returns
    -------
    arrays : dict
        For `numpy.savez_compressed`: 255 grays, and the rest as text; places outside the picture are left out.
    """
    rows, columns = shown.values.shape
    facts = {
        "pixel_mm": shown.pixel_mm,
        "numbers": {name: round(value, 3) for name, value in shown.numbers.items() if np.isfinite(value)},
        "words": shown.words,
        "marks": {
            name: (round(row, 2), round(column, 2))
            for name, (row, column) in shown.marks.items()
            if 0 <= row < rows and 0 <= column < columns
        },
    }
    gray = np.rint(shown.values * _WHITE).astype(np.uint8)
    return {"gray": gray, "facts": np.array(json.dumps(facts, sort_keys=True))}
