"""``bonemets-teach lab``: the lessons in JupyterLab."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

__all__ = ["add"]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser.

    Parameters
    ----------
    commands : subparsers
        Of ``bonemets-teach``.
    """
    lab = commands.add_parser("lab", help="open the lessons in JupyterLab")
    lab.set_defaults(run=_lab)


def _lab(_options: argparse.Namespace) -> int:
    from bonemets_teach.content import notebooks_folder  # noqa: PLC0415 - other commands do not need it

    try:
        from jupyterlab.labapp import main as lab  # noqa: PLC0415 - only installed with the extra "lab"
    except ImportError:
        print(
            "bonemets-teach: JupyterLab is not installed; run make lab, or pip install bonemets-teach[lab]",
            file=sys.stderr,
        )
        return 2
    lab(_lab_words(notebooks_folder()))
    return 0


def _lab_words(folder: Path) -> list[str]:
    # Figures lie beside the notebooks' folder, and JupyterLab shows nothing from outside its root.
    words = [f"--ServerApp.root_dir={folder.parent}", f"--LabApp.default_url=/lab/tree/{folder.name}"]
    # JupyterLab asks two other hosts for its news and its newest version, and the learner whether it may.
    words += [
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
    ]
    # In a container everybody is root; `make serve` works there, so this does too.
    return [*words, "--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else words
