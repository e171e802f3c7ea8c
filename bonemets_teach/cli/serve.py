"""``bonemets-teach serve``: the lessons in a browser."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

__all__ = ["add"]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser.

    Parameters
    ----------
    commands : subparsers
        Of ``bonemets-teach``.
    """
    serve = commands.add_parser("serve", help="serve the lessons")
    serve.add_argument("--port", type=int, default=8866, help="port to listen on (default %(default)s)")
    serve.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default %(default)s, this computer only)"
    )
    serve.add_argument(
        "--base-url", default="/", help="path under which a proxy serves the course (default %(default)s)"
    )
    serve.add_argument(
        "--max-kernels", type=int, help="most learners at once (default: from this computer's memory)"
    )
    serve.add_argument(
        "--ready", type=int, default=1, help="kernels kept ready for each lesson (default %(default)s)"
    )
    serve.add_argument(
        "--data", type=Path, help="folder for the learners' progress (default: the user's data folder)"
    )
    serve.add_argument(
        "--database",
        metavar="URL",
        help="PostgreSQL database for the progress (default: BONEMETS_DATABASE_URL, else a file in the data folder)",
    )
    serve.add_argument("--browser", action="store_true", help="open the course in a browser")
    serve.add_argument(
        "--instructor-token",
        default=os.environ.get("BONEMETS_INSTRUCTOR_TOKEN", ""),
        metavar="TOKEN",
        help="opens /instructor/items from other computers, 12 characters or more (default: $BONEMETS_INSTRUCTOR_TOKEN; "
        "without it the page opens on this computer only)",
    )
    serve.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    from bonemets_teach.progress.target import named_target  # noqa: PLC0415 - other commands do not need it
    from bonemets_teach.server.serve import serve  # noqa: PLC0415 - the server is heavy and only this command needs it

    # A wrong URL or a missing driver is told here, not in a banner on every page.
    named_target()
    return serve(
        port=options.port,
        host=options.host,
        browser=options.browser,
        base_url=options.base_url,
        max_kernels=options.max_kernels,
        ready=options.ready,
        instructor_token=options.instructor_token,
    )
