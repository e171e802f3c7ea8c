"""The command ``bonemets-teach``: one module for each command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Final

from bonemets_teach import __version__
from bonemets_teach.cli import bench, content, export, lab, me, records, serve, stats
from bonemets_teach.errors import BonemetsError

__all__ = ["main"]

_COMMANDS: Final = (serve, lab, content, export, me, records, stats, bench)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str or None
        Words after the program's name; None reads them from the command line.

    Returns
    -------
    status : int
        0 if all went well, 1 if a check found errors, 2 if something was asked for that can't be done.
    """
    options = _parser().parse_args(arguments)
    if getattr(options, "data", None):
        os.environ["BONEMETS_DATA"] = str(options.data)
    if getattr(options, "database", None):
        os.environ["BONEMETS_DATABASE_URL"] = options.database
    try:
        status: int = options.run(options)
    except BonemetsError as error:
        print(f"bonemets-teach: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        if error.filename is None:
            raise
        print(
            f"bonemets-teach: {error.filename} can't be used ({error.strerror}); name another place",
            file=sys.stderr,
        )
        return 2
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bonemets-teach", description="An interactive course on bone metastases."
    )
    parser.add_argument("--version", action="version", version=f"bonemets-teach {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add(commands)
    return parser
