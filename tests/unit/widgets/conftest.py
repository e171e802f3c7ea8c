"""An explorer whose messages are caught instead of sent."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bonemets_teach.widgets.explorer import Explorer, explorer_for

Sent = list[tuple[dict[str, Any], list[bytes]]]


@pytest.fixture(scope="session")
def toys() -> ModuleType:
    """Return the module of the two toy scenes."""
    spec = importlib.util.spec_from_file_location("toy_scene", Path(__file__).with_name("toy_scene.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["toy_scene"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def ask(toys: ModuleType) -> Callable[..., Sent]:
    """Send messages to a toy explorer and return what it answers."""

    def run(*messages: Any, scene: str = "ToyScene", record: Any = None) -> Sent:
        explorer: Explorer = explorer_for(getattr(toys, scene)(), record)
        sent: Sent = []
        explorer.send = lambda content, buffers=None: sent.append((content, buffers or []))
        for message in messages:
            explorer._answer(explorer, message, [])
        return sent

    return run
