"""Serves the notebooks beside it as a course: ``python course_server.py PORT '{"idle_s": 1}'``."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from bonemets_teach.server.course import Course
from bonemets_teach.server.serve import serve


@dataclass(frozen=True)
class Stop:
    """A row of the course map."""

    number: int
    id: str
    notebook: str | None
    title: str = "A lesson"
    teaches: str = "How to test."
    minutes: int = 5


STOPS = (
    Stop(1, "counter", "counter.ipynb", "Counting"),
    Stop(2, "slider", "slider.ipynb", "Sliding"),
    Stop(3, "broken", "broken.ipynb", "Broken"),
    Stop(4, "unreadable", "unreadable.ipynb", "Unreadable"),
    Stop(5, "later", None, "Later"),
)

if __name__ == "__main__":
    options = json.loads(sys.argv[2])
    folder = Path(options.pop("notebooks"))
    sys.exit(serve(int(sys.argv[1]), browser=False, course=Course(STOPS, folder), **options))
