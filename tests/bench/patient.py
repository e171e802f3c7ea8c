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
import json, sys, time
from pathlib import Path
from bonemets_teach.imaging import patient_study, warm
def most_mb():
    # Not getrusage: its figure begins with that of the process that started this one.
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
warm.warm()
before = most_mb()
times = []
for seed in map(int, sys.argv[1:]):
    start = time.perf_counter()
    study = patient_study.acquire(patient_study.generate_patient(seed))
    times.append(time.perf_counter() - start)
    del study
print(json.dumps({"times": times, "peak_mb": most_mb(), "before_mb": before}))
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
        Time [s] over patients, and the most memory that they add to the process [MB].
    """
    seeds = _SEEDS[:2] if quick else _SEEDS
    _run(())  # compiles what a kernel finds compiled
    found = _run(seeds)
    slowest = max(found["times"])
    note = f"{len(seeds)} patients, all modalities; the slowest {slowest:.1f} s; no baseline"
    return [
        Measurement(name="whole generated patient", unit="s", samples=found["times"], limit=6.0, note=note),
        Measurement(
            name="memory that making patients adds at most", unit="MB",
            samples=[found["peak_mb"] - found["before_mb"]], limit=300.0,
            note=f"over the {found['before_mb']:.0f} MB of a warmed process; no baseline",
        ),
    ]  # fmt: skip


def _run(seeds: tuple[int, ...]) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *map(str, seeds)], cwd=_ROOT, env=dict(os.environ), check=True,
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found
