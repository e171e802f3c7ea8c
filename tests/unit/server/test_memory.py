"""A learner costs little memory."""

from __future__ import annotations

from typing import Any


def test_a_kernel_has_at_most_70_mb_of_its_own(served: Any, lesson: Any) -> None:
    """The private memory of each forked kernel stays within the limit."""
    assert lesson.status == 200
    assert max(kernel.memory_full_info().uss for kernel in served.kernels()) <= 70e6
