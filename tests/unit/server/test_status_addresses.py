"""Machines can ask how the server is."""

from __future__ import annotations

from typing import Any


def test_health_says_ok(served: Any) -> None:
    """The health address answers with the number of kernels."""
    health = served.health()

    assert health["status"] == "ok"
    assert {"live", "ready", "waiting"} <= set(health)


def test_metrics_count_pages_and_kernels(served: Any) -> None:
    """The counts have the text format that Prometheus reads."""
    served.ask()
    lines = served.ask("metrics").text.splitlines()

    assert "# TYPE bonemets_kernels_live gauge" in lines
    assert any(line.startswith('bonemets_pages_served_total{page="home"} ') for line in lines)
