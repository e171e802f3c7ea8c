"""Which series a DICOM file belongs to."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Final

from pydicom import dcmread
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID

from bonemets_teach.imaging.dicom._attributes import EXPORT_AGAIN, short, text
from bonemets_teach.imaging.dicom.file_meta import readable_content
from bonemets_teach.imaging.volume_file_error import ImageFileError

__all__ = ["SeriesName", "parse_file"]

_TAGS: Final = [
    "SOPClassUID",
    "SOPInstanceUID",
    "PatientID",
    "StudyInstanceUID",
    "SeriesInstanceUID",
    "SeriesDescription",
    "Modality",
    "FrameOfReferenceUID",
    "ImageType",
    "Rows",
    "Columns",
    "NumberOfFrames",
    "SamplesPerPixel",
    "PhotometricInterpretation",
    "BitsAllocated",
    "BitsStored",
    "HighBit",
    "PixelRepresentation",
    "RescaleSlope",
    "RescaleIntercept",
    "RescaleType",
    "PixelSpacing",
    "SliceThickness",
    "GantryDetectorTilt",
    "ImageOrientationPatient",
    "ImagePositionPatient",
    "PixelData",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesName:
    """A series as its first file names it.

    Parameters
    ----------
    uid : str
        SeriesInstanceUID.
    description : str
        SeriesDescription, may be empty.
    kind : str
        Name of the SOP class, such as "CT Image Storage".
    """

    uid: str
    description: str
    kind: str


def parse_file(name: str, content: bytes) -> tuple[SeriesName, Dataset]:
    """Read the wanted attributes of a DICOM file.

    Parameters
    ----------
    name : str
        The file, for messages.
    content : bytes
        The whole file.

    Returns
    -------
    series : SeriesName
        Which series it belongs to.
    dataset : pydicom.Dataset
        For `read_slice`.

    Raises
    ------
    ImageFileError
        If it is not a readable DICOM file.
    """
    syntax, checked = readable_content(name, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd values are judged below, one by one
            dataset = dcmread(io.BytesIO(checked), specific_tags=list(_TAGS))
            kind = UID(text(dataset, "SOPClassUID"))
            series = SeriesName(
                uid=text(dataset, "SeriesInstanceUID"), kind=kind.name,
                description=text(dataset, "SeriesDescription"),
            )  # fmt: skip
    except Exception as error:
        raise ImageFileError(name, f"is damaged ({short(error)})", EXPORT_AGAIN) from error
    if not series.uid or not text(dataset, "SOPClassUID"):
        raise ImageFileError(
            name, "names no series or no kind of object; it is cut off or damaged", EXPORT_AGAIN
        )
    # Without the file's content, which pydicom would keep beside the pixels.
    plain = Dataset(dataset)
    plain.file_meta = FileMetaDataset()
    plain.file_meta.TransferSyntaxUID = UID(syntax)
    return series, plain
