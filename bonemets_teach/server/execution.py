"""Runs a lesson's notebook in its kernel and collects what it displays and the state of its widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from jupyter_core.utils import ensure_async
from nbclient.exceptions import CellExecutionError
from nbconvert.filters.ansi import strip_ansi
from voila.execute import VoilaExecutor

from bonemets_teach.errors import ContentError

__all__ = ["WIDGET_VIEW", "Executed", "execute", "uses_only_anywidgets"]

WIDGET_VIEW: Final = "application/vnd.jupyter.widget-view+json"
# Styles and layouts that come with every widget; they have no view of their own on the page.
_MODULES_WITHOUT_VIEW: Final = frozenset({"anywidget", "@jupyter-widgets/base", None})


@dataclass(frozen=True, slots=True)
class Executed:
    """A notebook after execution.

    Parameters
    ----------
    notebook : NotebookNode
        Its cells have outputs.
    states : dict
        Widget state for each model id.
    buffers : dict
        For each model id a list of ``{path, encoding, data}`` in Base64.
    """

    notebook: Any
    states: dict[str, dict[str, Any]]
    buffers: dict[str, list[dict[str, Any]]]


async def execute(notebook: Any, kernel: Any, timeout_s: float) -> Executed:
    """Run all cells in order.

    Parameters
    ----------
    notebook : NotebookNode
        From `notebook.load_notebook`; its cells get their outputs.
    kernel : KernelManager
        A running kernel that knows nothing yet.
    timeout_s : float
        Limit for one cell [s].

    Returns
    -------
    executed : Executed
        Outputs and widget states.

    Raises
    ------
    ContentError
        If a cell fails; the message holds the traceback and is for the log, not for a page.
    """
    executor = VoilaExecutor(notebook, km=kernel, timeout=timeout_s, show_tracebacks=True)
    executor.reset_execution_trackers()
    executor.kc = await executor.async_start_new_kernel_client()
    try:
        for index, cell in enumerate(notebook.cells):
            await executor.execute_cell(cell, None, index, store_history=False)
    except CellExecutionError as error:
        message = f"a cell of the notebook fails:\n{strip_ansi(str(error))}"
        raise ContentError(message) from None
    except TimeoutError:
        message = f"a cell of the notebook needs more than {timeout_s:g} s"
        raise ContentError(message) from None
    finally:
        await ensure_async(executor.kc.stop_channels())
    buffers = {model: list(found.values()) for model, found in executor.widget_buffers.items()}
    return Executed(notebook, dict(executor.widget_state), buffers)


def uses_only_anywidgets(executed: Executed) -> bool:
    """Tell whether the light page can show everything that the notebook displays.

    Parameters
    ----------
    executed : Executed
        A notebook after execution.

    Returns
    -------
    light : bool
        False as soon as one widget has a view that is not anywidget's.
    """
    return all(
        state.get("_view_module") in _MODULES_WITHOUT_VIEW or state.get("_view_name") is None
        for state in executed.states.values()
    )
