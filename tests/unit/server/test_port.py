"""A port that is taken is named, and no other one is taken silently."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def test_a_taken_port_is_named_with_the_way_out(served: Any, launch: Any, tmp_path: Path) -> None:
    """The second server says which port is taken and how to choose another, and exits with 2."""
    process, log = launch(tmp_path, served.port, {})

    assert process.wait(60) == 2
    assert f"Port {served.port} on 127.0.0.1 is taken" in log.read_text()
    assert f"--port {served.port + 1}" in log.read_text()
