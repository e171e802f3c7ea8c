"""The command ``bonemets-teach``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bonemets_teach import __version__
from bonemets_teach.errors import BonemetsError

__all__ = ["main"]


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
    try:
        status: int = options.run(options)
    except BonemetsError as error:
        print(f"bonemets-teach: {error}", file=sys.stderr)
        return 2
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bonemets-teach", description="An interactive course on bone metastases."
    )
    parser.add_argument("--version", action="version", version=f"bonemets-teach {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_serve(commands)
    lab = commands.add_parser("lab", help="open the lessons in JupyterLab")
    lab.set_defaults(run=_lab)
    lessons = commands.add_parser("lessons", help="list the lessons")
    lessons.add_argument("--json", action="store_true", help="as JSON")
    lessons.set_defaults(run=_lessons)
    check = commands.add_parser(
        "check", help="check lessons, quiz items and evidence; exit 1 if something is wrong"
    )
    check.add_argument("--json", action="store_true", help="as JSON")
    check.set_defaults(run=_check)
    _add_me(commands)
    return parser


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
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
    serve.add_argument("--browser", action="store_true", help="open the course in a browser")
    serve.set_defaults(run=_serve)


def _add_me(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
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
        action.set_defaults(run=_export if name == "export" else _erase)
        if name == "export":
            action.add_argument(
                "--file", type=Path, default=Path("bonemets-progress.zip"), help="default %(default)s"
            )
        else:
            action.add_argument("--yes", action="store_true", help="do not ask")


def _serve(options: argparse.Namespace) -> int:
    from bonemets_teach.server.serve import serve  # noqa: PLC0415 - the server is heavy and only this command needs it

    return serve(
        port=options.port,
        host=options.host,
        browser=options.browser,
        base_url=options.base_url,
        max_kernels=options.max_kernels,
        ready=options.ready,
    )


def _lab(_options: argparse.Namespace) -> int:
    from bonemets_teach.content import notebooks_folder  # noqa: PLC0415 - as above

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
    return [f"--ServerApp.root_dir={folder.parent}", f"--LabApp.default_url=/lab/tree/{folder.name}"]


def _lessons(options: argparse.Namespace) -> int:
    from bonemets_teach.lessons.listing import list_lessons  # noqa: PLC0415 - as above

    rows = list_lessons()
    if options.json:
        print(json.dumps(rows, indent=2))
        return 0
    for row in rows:
        words = f"{row['minutes']} min, {len(row['items'])} questions" if row["notebook"] else "coming"
        print(f"{row['number']:>2}  {row['id']:<26} {row['title']:<34} {words}")
    return 0


def _check(options: argparse.Namespace) -> int:
    from bonemets_teach.lessons.checking import check_content  # noqa: PLC0415 - as above

    report = check_content()
    if options.json:
        print(json.dumps(report.as_json(), indent=2))
    else:
        print(report.as_text())
    return 1 if report.errors else 0


def _export(options: argparse.Namespace) -> int:
    from bonemets_teach.progress import open_log, secret_from_code  # noqa: PLC0415 - as above

    log = open_log()
    learner = log.learner(secret_from_code(options.code))
    options.file.write_bytes(log.export(learner))
    print(f"bonemets-teach: {len(log.attempts(learner))} answers written to {options.file}")
    return 0


def _erase(options: argparse.Namespace) -> int:
    from bonemets_teach.progress import open_log, secret_from_code  # noqa: PLC0415 - as above

    log = open_log()
    learner = log.learner(secret_from_code(options.code))
    count = len(log.attempts(learner))
    if not options.yes and input(f"Delete {count} answers for good? Type yes: ").strip().lower() != "yes":
        print("bonemets-teach: nothing was deleted")
        return 0
    log.erase(learner)
    print(f"bonemets-teach: {count} answers and the identity were deleted")
    return 0
