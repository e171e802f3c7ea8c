"""What may be set, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.server.settings import ServeSettings, default_max_kernels


@pytest.mark.parametrize(
    "options",
    [
        {"port": -1},
        {"port": 65536},
        {"max_kernels": 0},
        {"ready": -1},
        {"ready": 6},
        {"idle_s": 0},
        {"idle_s": float("nan")},
    ],
)
def test_values_out_of_range_are_refused(options: dict[str, Any]) -> None:
    """The message names the setting."""
    with pytest.raises(ParameterError, match=next(iter(options))):
        ServeSettings(**options)


@pytest.mark.parametrize(
    ("free_kb", "kernels"), [(100, 2), (12 * 120 * 1024, 12), (10**9, 60)], ids=["little", "some", "much"]
)
def test_the_number_of_kernels_follows_the_free_memory(tmp_path: Path, free_kb: int, kernels: int) -> None:
    """One kernel for each 120 MB, at least 2 and at most 60."""
    table = tmp_path / "meminfo"
    table.write_text(f"MemTotal: 1 kB\nMemAvailable: {free_kb} kB\n")

    assert default_max_kernels(table) == kernels


def test_without_a_table_of_memory_twenty_are_assumed(tmp_path: Path) -> None:
    """Other systems than Linux have no such table."""
    assert default_max_kernels(tmp_path / "nothing") == 20
