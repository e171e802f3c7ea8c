"""``bonemets-teach export``: images and questions in formats of other programs; here the images."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from bonemets_teach.cli import export_quiz

__all__ = ["add"]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser.

    Parameters
    ----------
    commands : subparsers
        Of ``bonemets-teach``.
    """
    export = commands.add_parser("export", help="write images or questions in a format of other programs")
    kinds = export.add_subparsers(title="what to write", required=True, metavar="WHAT")
    export_quiz.add(kinds)
    dicom = kinds.add_parser("dicom", help="the study of a generated patient as DICOM")
    dicom.add_argument("--patient", type=int, required=True, metavar="SEED", help="number of the patient")
    dicom.add_argument(
        "--difficulty", default="mixed", metavar="NAME", help="easy, mixed or hard (default %(default)s)"
    )
    dicom.add_argument(
        "--out", type=Path, required=True, metavar="PATH", help="a new .zip file, or a new or empty folder"
    )
    dicom.set_defaults(run=_export_dicom)


def _export_dicom(options: argparse.Namespace) -> int:
    from bonemets_teach.imaging import patient_study  # noqa: PLC0415 - other commands do not need it
    from bonemets_teach.imaging.dicom.archive import write_zip  # noqa: PLC0415 - other commands do not need it
    from bonemets_teach.imaging.patient_dicom import dicom_files  # noqa: PLC0415 - other commands do not need it

    out: Path = options.out
    if out.is_file() or (out.is_dir() and (out.suffix == ".zip" or any(out.iterdir()))):
        print(f"bonemets-teach: {out} exists; choose a new .zip file or an empty folder", file=sys.stderr)
        return 2
    patient = patient_study.generate_patient(options.patient, difficulty=options.difficulty)
    study = patient_study.acquire(patient, lambda _share, words: print(f"… {words}", file=sys.stderr))
    files = dicom_files(study)
    if out.suffix == ".zip":
        out.parent.mkdir(parents=True, exist_ok=True)
        count = write_zip(out, files)
    else:
        count = _write_folder(out, files)
    print(f"bonemets-teach: {count} DICOM files of patient {patient.seed} written to {out}")
    return 0


def _write_folder(out: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files below a folder and return how many they were."""
    count = 0
    for name, content in files:
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        count += 1
    return count
