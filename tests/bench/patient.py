"""What a whole generated patient costs: time and memory of a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from tests.bench.measurement import Measurement

__all__ = ["measure"]

_ROOT: Final = Path(__file__).resolve().parents[2]
_SEEDS: Final = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89)
# The first patient of a process also reads tables; a kernel has read them before it is needed.
_PROGRAM: Final = """
import json, resource, sys, time
from bonemets_teach.imaging import patient_study, warm
warm.warm()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
times = []
for seed in map(int, sys.argv[1:]):
    start = time.perf_counter()
    study = patient_study.acquire(patient_study.generate_patient(seed))
    times.append(time.perf_counter() - start)
    del study
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"times": times, "peak_mb": peak / 1024, "before_mb": before / 1024}))
"""


def measure(*, quick: bool) -> list[Measurement]:
    """Make patients in a fresh process.

    Parameters
    ----------
    quick : bool
        Only two patients.

    Returns
    -------
    rows : list of Measurement
        Time [s] over patients, and the most memory of the process [MB].
    """
    seeds = _SEEDS[:2] if quick else _SEEDS
    _run(())  # compiles what a kernel finds compiled
    found = _run(seeds)
    slowest = max(found["times"])
    note = f"{len(seeds)} patients, all modalities; the slowest {slowest:.1f} s; no baseline"
    return [
        Measurement(name="whole generated patient", unit="s", samples=found["times"], limit=6.0, note=note),
        Measurement(
            name="most memory of a process that makes patients", unit="MB", samples=[found["peak_mb"]],
            baseline=[found["before_mb"]], limit=300.0, note="the same process before its first patient",
        ),
    ]  # fmt: skip


def _run(seeds: tuple[int, ...]) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *map(str, seeds)], cwd=_ROOT, env=dict(os.environ), check=True,
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found
