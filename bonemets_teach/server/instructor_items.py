"""The statistics of the questions for the instructor's page: worked out in a process of their own, kept for a minute."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

from bonemets_teach.errors import ContentError
from bonemets_teach.server.fork_client import single_threaded_environment

__all__ = ["CHART", "ItemsReport", "chart_points"]

_COMMAND: Final = (sys.executable, "-m", "bonemets_teach.lessons.item_statistics")
_LONGEST_S: Final = 180.0
_FRESH_S: Final = 60.0
CHART: Final = {"left": 56, "top": 16, "width": 560, "height": 260}
"""Frame of the chart: difficulty 0 to 1 across, discrimination -0.5 to 1 up."""
_LOWEST, _HIGHEST = -0.5, 1.0
_HALF_LETTER: Final = 4


class ItemsReport:
    """Works the statistics out when they are asked for; several who ask at a time share one answer.

    Parameters
    ----------
    data : Path or None
        Folder of the progress, None for the default.
    """

    def __init__(self, data: Path | None) -> None:
        self._environment = single_threaded_environment()
        if data is not None:
            self._environment["BONEMETS_DATA"] = str(Path(data).absolute())
        self._kept: tuple[float, dict[str, Any]] | None = None
        self._making = asyncio.Lock()

    async def get(self) -> dict[str, Any]:
        """Return the statistics.

        Returns
        -------
        report : dict
            As `quiz.analysis.Analysis.as_json`, with ``problem`` of the log or None.

        Raises
        ------
        ContentError
            If they can't be worked out.
        """
        async with self._making:
            if self._kept is None or time.monotonic() - self._kept[0] > _FRESH_S:
                self._kept = (time.monotonic(), await asyncio.to_thread(self._run))
            return self._kept[1]

    def _run(self) -> dict[str, Any]:
        try:
            done = subprocess.run(  # noqa: S603 - our own module
                _COMMAND,
                env={**os.environ, **self._environment},
                capture_output=True,
                timeout=_LONGEST_S,
                check=True,
            )
            report: dict[str, Any] = json.loads(done.stdout)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            said = (getattr(error, "stderr", None) or b"").decode(errors="replace")[-500:]
            message = (
                f"the statistics can't be worked out: {error} {said}; run bonemets-teach stats to see why"
            )
            raise ContentError(message) from error
        return report


def chart_points(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Place items in the chart of difficulty and discrimination.

    Parameters
    ----------
    items : list of dict
        As in the report.

    Returns
    -------
    points : list of dict
        ``x``, ``y`` and ``label_x``, ``label_y`` in the chart's units, ``number`` of the item in the table from 1, ``asked`` if something deserves
        a look. Items without discrimination are left out.
    """
    points = []
    for number, item in enumerate(items, start=1):
        value = item["discrimination"]
        if value is None:
            continue
        height = (min(max(value, _LOWEST), _HIGHEST) - _LOWEST) / (_HIGHEST - _LOWEST)
        points.append(
            {
                "number": number,
                "x": round(CHART["left"] + CHART["width"] * item["difficulty"], 1),
                "y": round(CHART["top"] + CHART["height"] * (1 - height), 1),
                "asked": bool(item["flags"]),
            }
        )
    taken = [(point["x"], point["y"]) for point in points]
    for point in points:
        place = _free_place(point["x"], point["y"], taken)
        taken.append(place)
        point["label_x"], point["label_y"] = round(place[0], 1), round(place[1] + _HALF_LETTER, 1)
    return points


def _free_place(x: float, y: float, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """Return where a number stands beside its point: the first place that is free, else the freest."""

    def room(place: tuple[float, float]) -> float:
        others = [max(abs(place[0] - other[0]) / 18, abs(place[1] - other[1]) / 13) for other in taken]
        return min(1.0, *others)

    places = [(x + across, y + up) for up in (-11, 11, 0, -22, 22) for across in (11, -11, 0)]
    return max(places, key=room)
