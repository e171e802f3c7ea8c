"""``bonemets-teach bench``: speed and memory on this computer."""

from __future__ import annotations

import argparse
import subprocess
import sys

from bonemets_teach.content import notebooks_folder

__all__ = ["add"]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser.

    Parameters
    ----------
    commands : subparsers
        Of ``bonemets-teach``.
    """
    bench = commands.add_parser("bench", help="measure speed and memory (in a copy of the repository)")
    bench.add_argument("words", nargs="*", metavar="OPTION", help="passed on, after --; try -- --help")
    bench.set_defaults(run=_bench)


def _bench(options: argparse.Namespace) -> int:
    root = notebooks_folder().parent
    if not (root / "tests" / "bench").is_dir():
        print(
            "bonemets-teach: the benchmark comes with the repository, not with the installed package; "
            "clone the repository and run make bench there",
            file=sys.stderr,
        )
        return 2
    command = [sys.executable, "-m", "tests.bench", *options.words]
    return subprocess.run(command, cwd=root, check=False).returncode  # noqa: S603 - our own module
