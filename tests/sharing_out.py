"""How tests are shared out to several workers."""

from __future__ import annotations

from typing import Any

from xdist.scheduler import LoadScopeScheduling

# Tests of these folders share a server with all workers and prepare little else.
ONE_BY_ONE = ("tests/browser/",)
# What one of these files prepares serves the other.
TOGETHER = {"tests/unit/imaging/test_patient_dicom.py": "tests/unit/imaging/test_patient_study.py"}
# This file prepares answers of a class for all of its tests.
AS_ONE = ("tests/browser/test_instructor_items.py",)


class SharedOut(LoadScopeScheduling):
    """Gives a worker that is free the next file, or the next test of the files that need not stay together."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        if path.startswith(ONE_BY_ONE) and path not in AS_ONE:
            return nodeid
        return TOGETHER.get(path, path)


def scheduler(config: Any, log: Any) -> SharedOut | None:
    """Return the scheduler for ``--dist loadfile``, None to let the plugin choose."""
    return SharedOut(config, log) if config.getvalue("dist") == "loadfile" else None
