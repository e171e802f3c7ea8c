"""Whoever looks at the processes of a server can tell them apart."""

from __future__ import annotations

import sys
from typing import Any

import pytest


@pytest.mark.skipif(sys.platform != "linux", reason="processes take names on Linux only")
def test_kernels_and_the_process_of_the_reviews_have_names(served: Any, lesson: Any) -> None:
    """Both are forks of one program and would otherwise share its name."""
    assert lesson.status == 200
    assert served.ask("api/review", headers={"X-Bonemets-Learner": "0123456789abcdef" * 2}).status == 200

    names = [child.name() for child in served.fork_server().children()]

    assert "lesson-kernel" in names
    assert "review-worker" in names
    assert {kernel.name() for kernel in served.kernels()} == {"lesson-kernel"}
