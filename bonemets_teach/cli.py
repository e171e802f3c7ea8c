"""The command ``bonemets-teach``."""

from __future__ import annotations

import argparse
import json
import os
import sys
import zipfile
from collections.abc import Iterable, Sequence
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
    _add_export(commands)
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


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    export = commands.add_parser("export", help="write simulated images in a format of the clinic")
    kinds = export.add_subparsers(title="formats", required=True, metavar="FORMAT")
    dicom = kinds.add_parser("dicom", help="the study of a generated patient as DICOM")
    dicom.add_argument("--patient", type=int, required=True, metavar="SEED", help="number of the patient")
    dicom.add_argument(
        "--difficulty", default="mixed", metavar="NAME", help="easy, mixed or hard (default %(default)s)"
    )
    dicom.add_argument(
        "--out", type=Path, required=True, metavar="PATH", help="a new .zip file, or a new or empty folder"
    )
    dicom.set_defaults(run=_export_dicom)


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


def _export_dicom(options: argparse.Namespace) -> int:
    from bonemets_teach.imaging import patient_study  # noqa: PLC0415 - as above
    from bonemets_teach.imaging.patient_dicom import dicom_files  # noqa: PLC0415 - as above

    out: Path = options.out
    if out.is_file() or (out.is_dir() and (out.suffix == ".zip" or any(out.iterdir()))):
        print(f"bonemets-teach: {out} exists; choose a new .zip file or an empty folder", file=sys.stderr)
        return 2
    patient = patient_study.generate_patient(options.patient, difficulty=options.difficulty)
    study = patient_study.acquire(patient, lambda _share, words: print(f"… {words}", file=sys.stderr))
    files = dicom_files(study)
    count = _write_zip(out, files) if out.suffix == ".zip" else _write_folder(out, files)
    print(f"bonemets-teach: {count} DICOM files of patient {patient.seed} written to {out}")
    return 0


def _write_zip(out: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files to an archive that depends on nothing but them, and return how many they were."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return len(archive.namelist())


def _write_folder(out: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files below a folder and return how many they were."""
    count = 0
    for name, content in files:
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        count += 1
    return count


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
