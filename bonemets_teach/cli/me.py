"""``bonemets-teach me``: a learner's own data."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bonemets_teach.progress import AttemptLog

__all__ = ["add"]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser.

    Parameters
    ----------
    commands : subparsers
        Of ``bonemets-teach``.
    """
    me = commands.add_parser("me", help="export or erase your own progress")
    actions = me.add_subparsers(title="actions", required=True, metavar="ACTION")
    for name, words in (
        ("export", "write your answers to a zip file"),
        ("erase", "delete your answers for good"),
    ):
        action = actions.add_parser(name, help=words)
        action.add_argument(
            "code", help="your resume code, shown in every lesson under “Continue on another device”"
        )
        action.add_argument(
            "--data", type=Path, help="folder of the progress (default: the user's data folder)"
        )
        action.add_argument("--database", metavar="URL", help="PostgreSQL database instead of the folder")
        action.set_defaults(run=_export if name == "export" else _erase)
        if name == "export":
            action.add_argument(
                "--file", type=Path, default=Path("bonemets-progress.zip"), help="default %(default)s"
            )
        else:
            action.add_argument("--yes", action="store_true", help="do not ask")


def _open() -> AttemptLog:
    """Open the log, or say why there is none: in memory there is nothing to export or to erase."""
    from bonemets_teach.errors import ProgressError  # noqa: PLC0415 - other commands do not need it
    from bonemets_teach.progress import open_log  # noqa: PLC0415 - likewise

    log = open_log()
    if log.problem is not None:
        log.close()
        raise ProgressError(log.problem)
    return log


def _export(options: argparse.Namespace) -> int:
    from bonemets_teach.progress import secret_from_code  # noqa: PLC0415 - other commands do not need it

    with closing(_open()) as log:
        learner = log.learner(secret_from_code(options.code))
        options.file.write_bytes(log.export(learner))
        count = len(log.attempts(learner))
    print(f"bonemets-teach: {count} answers written to {options.file}")
    return 0


def _erase(options: argparse.Namespace) -> int:
    from bonemets_teach.progress import secret_from_code  # noqa: PLC0415 - other commands do not need it

    with closing(_open()) as log:
        learner = log.learner(secret_from_code(options.code))
        count = len(log.attempts(learner))
        if not options.yes and not _agreed(count):
            print("bonemets-teach: nothing was deleted; --yes deletes without asking")
            return 0
        log.erase(learner)
    print(f"bonemets-teach: {count} answers and the identity were deleted")
    return 0


def _agreed(count: int) -> bool:
    try:
        return input(f"Delete {count} answers for good? Type yes: ").strip().lower() == "yes"
    except EOFError:
        return False  # nobody is there to answer
