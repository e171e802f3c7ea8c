"""What every lesson needs, loaded and drawn once before the first fork, so that all kernels share it."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

__all__ = ["preload"]

_MODULES: Final = (
    "numpy",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "matplotlib_inline.backend_inline",
    "bonemets_teach.server.lean_kernel",
    "IPython.core.debugger",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "stack_data",
    "pdb",
    "http.client",
    "tornado.queues",
    "pygments.formatters",
    "pygments.styles",
    "encodings.idna",
    "ipykernel.zmqshell",
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "encodings.utf_8_sig",
    "faulthandler",
    "psutil",
    "tornado.platform.asyncio",
    "zmq.utils.garbage",
    "ipywidgets",
    "anywidget",
    "sqlalchemy.dialects.sqlite",
)
_WARMERS: Final = ("bonemets_teach.biology.warm", "bonemets_teach.imaging.warm")


def preload(*, lessons: bool = True) -> list[str]:
    """Load everything that lessons share.

    Parameters
    ----------
    lessons : bool
        False loads only what every kernel needs.

    Returns
    -------
    problems : list of str
        What could not be loaded; the lessons that need it will say so themselves.
    """
    problems = []
    for name, step in _steps(lessons=lessons):
        try:
            step()
        except Exception as error:  # noqa: BLE001 - one broken part must not keep the other lessons away
            problems.append(f"{name}: {type(error).__name__}: {error}")
    if threading.active_count() > 1:
        names = ", ".join(thread.name for thread in threading.enumerate()[1:])
        problems.append(f"threads were started before the first fork ({names}); forked kernels may hang")
    return problems


def _steps(*, lessons: bool) -> Iterator[tuple[str, Callable[[], object]]]:
    for name in _MODULES:
        yield name, partial(importlib.import_module, name)
    yield "loopback address", _find_loopback
    if not lessons:
        return
    for name in _WARMERS:
        yield name, partial(_warm, name)
    yield from _lesson_steps()


def _find_loopback() -> None:
    """Let Jupyter list the network interfaces once instead of in each kernel."""
    importlib.import_module("jupyter_client.localinterfaces").localhost()


def _warm(name: str) -> None:
    importlib.import_module(name).warm()


def _lesson_steps() -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the questions, claims and explorers of each lesson that has a notebook."""
    from bonemets_teach.lessons.catalog import COURSE  # noqa: PLC0415 - a broken course map is a problem, not an end

    yield "bonemets_teach.lessons.session", partial(importlib.import_module, "bonemets_teach.lessons.session")
    yield "computed keys", _recall_keys
    yield "words", _read_words
    for entry in COURSE:
        if entry.notebook is None:
            continue
        yield f"texts of {entry.id}", partial(_read, entry)
        for scene_id in entry.scenes:
            yield f"explorer {scene_id}", partial(_draw, scene_id)


def _recall_keys() -> None:
    """Let kernels grade with keys that the models have computed before: some take seconds."""
    store = importlib.import_module("bonemets_teach.lessons.key_store")
    importlib.import_module("bonemets_teach.quiz.known_keys").recall_with(store.load_keys)


def _read_words() -> None:
    """Let kernels that speak another language share its words."""
    wordbook = importlib.import_module("bonemets_teach.content.wordbook").wordbook
    for code in importlib.import_module("bonemets_teach.content.language").LANGUAGES:
        wordbook(code)


def _read(entry: Any) -> None:
    importlib.import_module("bonemets_teach.lessons.materials").lesson_items(entry.id)
    importlib.import_module("bonemets_teach.lessons.source_list").kept_sources_html(entry)


def _draw(scene_id: str) -> None:
    """Compute what the scene wants to have and draw the first picture: code, phantom and fonts are then in memory."""
    scenes = importlib.import_module("bonemets_teach.scenes")
    render = importlib.import_module("bonemets_teach.scenes.render")
    scene = scenes.load_scene(scene_id)
    state, _ = scene.complete({})
    render.FigureRenderer(scene, scenes.Look()).png(scene.compute(state))
    scene.rehearse()
