"""What a whole generated patient costs, made as the reading room makes it: time, and memory of all processes together."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import psutil

from bonemets_teach.server.fork_client import single_threaded_environment
from tests.bench.measurement import Measurement

__all__ = ["measure"]

_ROOT: Final = Path(__file__).resolve().parents[2]
_SEEDS: Final = (1, 2, 3, 5, 6, 8, 13, 21, 34, 55)
_LOOK_S: Final = 0.03
# A kernel has read the tables, compiled the models and given back what it does not use before its first patient.
_PROGRAM: Final = """
import json, sys, time
from bonemets_teach.biology import warm as biology
from bonemets_teach.imaging import patient_examinations, patient_study, warm
from bonemets_teach.widgets._reading_studio import Studio
from bonemets_teach.widgets._spare_memory import give_back
biology.warm()
warm.warm()
give_back()
studio = Studio(patient_study.generate_patient, patient_examinations.examinations)
print("ready", flush=True)
for seed in map(int, sys.argv[1:]):
    start = time.perf_counter()
    opened = studio.open(seed, "mixed", lambda share, words: None)
    seconds = time.perf_counter() - start
    print(json.dumps({"seed": seed, "s": seconds, "series": len(opened.study.series)}), flush=True)
    del opened
"""


def measure(*, quick: bool) -> list[Measurement]:
    """Make patients in a fresh process, one after the other.

    Parameters
    ----------
    quick : bool
        Only two patients.

    Returns
    -------
    rows : list of Measurement
        Time [s] over patients, and the most memory that making one adds [MB].
    """
    _run(())  # compiles what a kernel finds compiled
    times, added = _run(_SEEDS[:2] if quick else _SEEDS)
    note = f"{len(times)} patients, all modalities; the slowest {max(times):.1f} s; no baseline"
    return [
        Measurement(name="whole generated patient", unit="s", samples=times, limit=6.0, note=note),
        Measurement(
            name="memory while a patient is made", unit="MB", samples=[added], limit=300.0,
            note="all processes of a kernel, over what it holds before; no baseline",
        ),
    ]  # fmt: skip


def _run(seeds: tuple[int, ...]) -> tuple[list[float], float]:
    command = [sys.executable, "-c", _PROGRAM, *map(str, seeds)]
    with subprocess.Popen(
        command, cwd=_ROOT, env=single_threaded_environment(), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        before = most = _held_mb(process.pid)
        while process.poll() is None:
            most = max(most, _held_mb(process.pid))
            try:
                process.wait(_LOOK_S)
            except subprocess.TimeoutExpired:
                continue
        found = [json.loads(line) for line in process.stdout]
    if process.returncode or len(found) != len(seeds):
        message = f"the process that makes patients ended with {process.returncode}"
        raise RuntimeError(message)
    return [one["s"] for one in found], most - before


def _held_mb(pid: int) -> float:
    """Return the memory of a process and its children, what they share counted once [MB]."""
    held = 0.0
    try:
        parent = psutil.Process(pid)
        processes = [parent, *parent.children(recursive=True)]
    except psutil.Error:
        return held
    for one in processes:
        try:
            held += one.memory_full_info().pss / 1e6
        except psutil.Error:
            continue  # it has just ended
    return held
