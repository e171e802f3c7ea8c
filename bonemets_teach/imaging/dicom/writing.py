"""A study as DICOM objects in memory; whoever calls writes them to disk."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filewriter import dcmwrite
from pydicom.uid import UID, ExplicitVRLittleEndian

from bonemets_teach.imaging.dicom._nuclear import nuclear_objects
from bonemets_teach.imaging.dicom._radiographs import radiograph_objects
from bonemets_teach.imaging.dicom._slices import slice_objects
from bonemets_teach.imaging.dicom.archive import write_zip
from bonemets_teach.imaging.dicom.study import Study
from bonemets_teach.imaging.dicom.uid import stable_uid

__all__ = ["series_files", "study_files", "study_zip"]

_Objects = Callable[[Study, int], Iterator[Dataset]]
_WRITERS: Final[Mapping[str, _Objects]] = MappingProxyType({
    "CT": slice_objects, "MR": slice_objects, "PT": slice_objects,
    "DX": radiograph_objects, "CR": radiograph_objects, "NM": nuclear_objects,
})  # fmt: skip
_IMPLEMENTATION: Final = UID(stable_uid("implementation"))


def study_files(study: Study) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a study one by one.

    Parameters
    ----------
    study : Study
        The study.

    Yields
    ------
    name : str
        Path below the chosen folder, with "/", as ``patient-7/02-ct-bone-kernel/0001.dcm``.
    content : bytes
        A DICOM file, Explicit VR Little Endian.

    Raises
    ------
    ParameterError
        If a setting or a value does not fit DICOM; some files may have been yielded before.
    """
    for index in range(len(study.series)):
        yield from series_files(study, index)


def series_files(study: Study, index: int) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one series; see `study_files`.

    Parameters
    ----------
    study : Study
        The study.
    index : int
        Which of its series, from 0.

    Yields
    ------
    name : str
        Path below the chosen folder.
    content : bytes
        A DICOM file.
    """
    series = study.series[index]
    words = re.sub(r"[^a-z0-9]+", "-", series.description.lower()).strip("-") or "series"
    folder = (
        f"patient-{study.patient.seed}/{study.date:%Y%m%d}/{index + 1:02d}-{series.modality.lower()}-{words}"
    )
    for number, dataset in enumerate(_WRITERS[series.modality](study, index), start=1):
        yield f"{folder}/{number:04d}.dcm", _file(dataset)


def study_zip(study: Study) -> bytes:
    """Return a study as a zip archive.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    archive : bytes
        The files of `study_files`; the same study gives the same bytes.

    Raises
    ------
    ParameterError
        If a setting or a value does not fit DICOM.
    """
    buffer = io.BytesIO()
    write_zip(buffer, study_files(study))
    return buffer.getvalue()


def _file(dataset: Dataset) -> bytes:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = _IMPLEMENTATION
    meta.ImplementationVersionName = "BONEMETS_TEACH"
    dataset.file_meta = meta
    buffer = io.BytesIO()
    dcmwrite(buffer, dataset, enforce_file_format=True)
    return buffer.getvalue()
