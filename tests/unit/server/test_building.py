"""A page is given out with a kernel that lives."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bonemets_teach.server import builder
from bonemets_teach.server.session import LessonSession


class Kernels(dict[str, Any]):
    """Kernels that end while the page of the first ones is made."""

    def __init__(self, dying: int) -> None:
        super().__init__()
        self.dying = dying

    async def start_kernel(self, **_: Any) -> str:
        """Start one more."""
        name = f"kernel-{len(self)}"

        async def is_alive(number: int = len(self)) -> bool:
            return number >= self.dying

        self[name] = SimpleNamespace(is_alive=is_alive)
        return name

    def get_kernel(self, name: str) -> Any:
        """Return a kernel."""
        return self[name]


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Return a function that prepares a lesson with kernels of which some die."""

    async def execute(*_: Any) -> str:
        return "outputs"

    async def end(*_: Any, **__: Any) -> None:
        return

    monkeypatch.setattr(builder, "execute", execute)
    monkeypatch.setattr(builder, "load_notebook", lambda path: path)
    monkeypatch.setattr(builder.LessonBuilder, "end", end)
    notebook = tmp_path / "lesson.ipynb"
    notebook.touch()
    course: Any = SimpleNamespace(notebook=lambda _: notebook)
    pages: Any = SimpleNamespace(render=lambda *_: ("page", True))

    def run(dying: int) -> LessonSession:
        kernels: Any = Kernels(dying)
        maker = builder.LessonBuilder(course, kernels, pages, timeout_s=10.0, environment={})
        entry: Any = SimpleNamespace(id="counter")
        # In a thread of its own: another test of the process may be inside an event loop.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(maker.build_twice(entry))).result(30)

    return run


def test_a_kernel_that_ends_while_its_page_is_made_is_replaced(build: Any) -> None:
    """The page belongs to the second kernel."""
    assert build(dying=1).kernel_id == "kernel-1"


def test_a_lesson_whose_kernels_all_end_is_refused(build: Any) -> None:
    """No page is given out without a kernel."""
    with pytest.raises(RuntimeError, match="kernel of counter ended"):
        build(dying=2)


def test_a_kernel_that_lives_is_kept(build: Any) -> None:
    """The usual case starts one kernel."""
    assert build(dying=0).kernel_id == "kernel-0"
