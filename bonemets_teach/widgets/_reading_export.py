"""The open patient as DICOM, written in a process of its own so that the kernel keeps its memory."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, Pipe
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import BonemetsError
from bonemets_teach.imaging.patient_series import Study
from bonemets_teach.widgets._forked_work import end_work, start_work
from bonemets_teach.widgets._reading_spool import Spool
from bonemets_teach.widgets._reading_work import Tell, reported

__all__ = ["archive_name", "dicom_archive"]

_log: Final = logging.getLogger(__name__)
_PATIENCE_S: Final = 60.0
"""A file that takes so long is never written; chosen, thousands of times what one takes."""
_WORDS: Final = "Writing DICOM files"
_ENDED: Final = "the DICOM files could not be written; open the patient again and try once more"


Progress = Callable[[float, str], None]


def archive_name(study: Study) -> str:
    """Return the name of the file that a learner gets."""
    return f"bonemets-patient-{study.patient.seed}-{study.patient.difficulty}.zip"


def dicom_archive(study: Study, progress: Progress, *, apart: bool) -> npt.NDArray[np.uint8]:
    """Write a study as DICOM files into a zip archive.

    Parameters
    ----------
    study : Study
        Patient and images.
    progress : callable
        Called with the share done, 0..1, and what is being done in words.
    apart : bool
        Whether to write in a process of its own.

    Returns
    -------
    archive : ndarray of uint8
        The bytes of the archive, on disk until they are looked at; the same study gives the same bytes.

    Raises
    ------
    BonemetsError
        If the disk has no room, or the process ended early.
    """
    spool = Spool()
    found: list[npt.NDArray[np.uint8]] = []

    def note(told: tuple[Any, ...]) -> None:
        kind, *rest = told
        if kind == "doing":
            progress(rest[0], _WORDS)
        elif kind == "archive":
            found.append(spool.get(rest[0]))
        elif kind == "refused":
            raise BonemetsError(rest[0])
        elif kind == "broken":
            _log.error("DICOM files could not be written: %s", rest[0])

    if apart:
        _in_a_process(study, spool, note)
    else:
        _write(study, spool, note)
    if not found:
        raise BonemetsError(_ENDED)
    return found[0]


def _in_a_process(study: Study, spool: Spool, note: Tell) -> None:
    reader, writer = Pipe(duplex=False)
    try:
        pid = start_work(lambda end: reported(end, lambda tell: _write(study, spool, tell)), writer)
    except OSError as error:
        raise BonemetsError(_ENDED) from error
    finally:
        writer.close()
    try:
        _follow(reader, note)
    finally:
        end_work(pid)
        reader.close()


def _follow(reader: Connection, note: Tell) -> None:
    """Note what the process tells, until it has ended or says nothing any more."""
    while reader.poll(_PATIENCE_S):
        try:
            note(reader.recv())
        except EOFError:
            return


def _write(study: Study, spool: Spool, tell: Tell) -> None:
    # pydicom comes only with an export.
    from bonemets_teach.imaging.dicom.archive import write_zip  # noqa: PLC0415
    from bonemets_teach.imaging.patient_dicom import dicom_files  # noqa: PLC0415

    slices = sum(one.shape[0] for one in study.series)

    def counted() -> Iterator[tuple[str, bytes]]:
        for number, file in enumerate(dicom_files(study)):
            tell(("doing", min(number / slices, 1.0)))
            yield file

    archive = io.BytesIO()
    write_zip(archive, counted())
    tell(("archive", spool.put(np.frombuffer(archive.getvalue(), dtype=np.uint8))))
