"""Serves the first lesson alone, loaded when it is opened: ``python one_lesson.py --port 0 --data FOLDER``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from bonemets_teach.lessons.catalog import ready_lessons
from bonemets_teach.server.course import Course
from bonemets_teach.server.serve import serve

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int)
    parser.add_argument("--data", type=Path)
    given = parser.parse_args()
    os.environ["BONEMETS_DATA"] = str(given.data)  # as the command does
    sys.exit(serve(given.port, course=Course(ready_lessons()[:1]), preload=False, ready=0))
