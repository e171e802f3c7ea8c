"""Measures speed and memory on this machine: ``python -m tests.bench [--only TOPIC] [--scene ID] [--json FILE]``."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bonemets_teach.scenes.registry import SCENE_IDS
from tests.bench.measurement import Measurement
from tests.bench.report import table

_TOPICS = {
    "models": "tests.bench.models",
    "imaging": "tests.bench.imaging",
    "patient": "tests.bench.patient",
    "review": "tests.bench.review",
    "items": "tests.bench.items",
    "frames": "tests.bench.frames",
    "viewing": "tests.bench.patient_viewing",
    "first-use": "tests.bench.first_use",
    "records": "tests.bench.records",
    "memory": "tests.bench.memory",
    "start": "tests.bench.start",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print.

    Parameters
    ----------
    arguments : sequence of str or None
        Words after the program's name; None reads them from the command line.

    Returns
    -------
    status : int
        1 if something could not be measured; being over a limit is no failure.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=list(_TOPICS), help="one topic; may be repeated")
    parser.add_argument(
        "--scene",
        action="append",
        choices=SCENE_IDS,
        metavar="ID",
        help="frames of this scene alone; may be repeated",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every sample here")
    parser.add_argument("--quick", action="store_true", help="few repetitions, to try the benchmark itself")
    options = parser.parse_args(arguments)
    rows: list[Measurement] = []
    chosen = {"frames": {"scenes": options.scene}} if options.scene else {}
    for topic in options.only or list(chosen or _TOPICS):
        sys.stderr.write(f"measuring {topic}...\n")
        rows += _measure(topic, quick=options.quick, **chosen.get(topic, {}))
    sys.stdout.write(f"{_machine()}\n\n{table(rows)}\n")
    if options.json:
        report = {"machine": _machine(), "measurements": [row.as_json() for row in rows]}
        options.json.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    return int(any(row.verdict == "failed" for row in rows))


def _measure(topic: str, **words: Any) -> list[Measurement]:
    # The science is timed as a kernel runs it: with one thread.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    try:
        found: list[Measurement] = importlib.import_module(_TOPICS[topic]).measure(**words)
    except Exception as error:  # noqa: BLE001 - the other topics are still measured
        traceback.print_exc()
        return [Measurement(name=topic, unit="", note=f"not measured: {type(error).__name__}: {error}"[:120])]
    return found


def _machine() -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}, load {load}"


if __name__ == "__main__":
    sys.exit(main())
