"""The settings of a series: checked DICOM keywords, each put where it belongs.

Often used keywords (unit): CT ``KVP`` [kV], ``Exposure`` [mAs], ``ConvolutionKernel``, ``ReconstructionDiameter`` [mm];
DX and CR ``KVP``, ``Exposure`` [mAs], ``ExposureInuAs``, ``ImageLaterality`` (R, L, U), ``Grid``; NM ``CollimatorType``,
``ActualFrameDuration`` [ms], ``RadionuclideTotalDose`` [MBq], ``RadiopharmaceuticalStartTime``; PT ``RadionuclideTotalDose``
[Bq], ``RadiopharmaceuticalStartDateTime``, ``ActualFrameDuration`` [ms], ``ReconstructionMethod``; MR ``RepetitionTime``,
``EchoTime``, ``InversionTime`` [ms], ``FlipAngle`` [deg], ``MagneticFieldStrength`` [T], ``ScanningSequence``; all
``BodyPartExamined``, ``WindowCenter``, ``WindowWidth``, ``WindowCenterWidthExplanation``, ``ImageComments``.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from pydicom.datadict import dictionary_VR, keyword_dict, tag_for_keyword
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.valuerep import DSfloat

from bonemets_teach.errors import ParameterError

__all__ = ["RESERVED", "apply_settings", "decimal"]

RESERVED: Final = frozenset(
    [
        "SpecificCharacterSet",
        "SOPClassUID",
        "SOPInstanceUID",
        "StudyInstanceUID",
        "SeriesInstanceUID",
        "FrameOfReferenceUID",
        "Modality",
        "PatientName",
        "PatientID",
        "PatientBirthDate",
        "PatientSex",
        "PatientAge",
        "PatientSize",
        "PatientWeight",
        "StudyID",
        "StudyDate",
        "StudyTime",
        "SeriesNumber",
        "InstanceNumber",
        "SeriesDescription",
        "StudyDescription",
        "QualityControlSubject",
        "Manufacturer",
        "PixelData",
        "Rows",
        "Columns",
        "BitsAllocated",
        "BitsStored",
        "HighBit",
        "PixelRepresentation",
        "SamplesPerPixel",
        "PhotometricInterpretation",
        "NumberOfFrames",
        "RescaleSlope",
        "RescaleIntercept",
        "RescaleType",
        "RealWorldValueMappingSequence",
        "ImageOrientationPatient",
        "ImagePositionPatient",
        "PixelSpacing",
        "ImagerPixelSpacing",
        "SliceThickness",
        "SpacingBetweenSlices",
        "SliceLocation",
        "Units",
        "SUVType",
        "LossyImageCompression",
    ]
)
"""Keywords that the export writes itself: identity, pixels and geometry."""

# Where a keyword belongs that does not stand at the top level: PS3.3 C.8.4.10, C.8.4.11, C.8.9.2, C.8.4.14.
_IN_SEQUENCE: Final[Mapping[str, Mapping[str, str]]] = {
    "NM": {
        **dict.fromkeys(("CollimatorType", "CollimatorGridName", "FocalDistance", "DistanceSourceToDetector"),
                        "DetectorInformationSequence"),
        **dict.fromkeys(("RadiopharmaceuticalStartTime", "RadiopharmaceuticalStartDateTime", "RadionuclideTotalDose",
                         "Radiopharmaceutical", "RadionuclideCodeSequence"),
                        "RadiopharmaceuticalInformationSequence"),
        **dict.fromkeys(("EnergyWindowName", "EnergyWindowRangeSequence"), "EnergyWindowInformationSequence"),
    },
    "PT": dict.fromkeys(
        ("RadiopharmaceuticalStartTime", "RadiopharmaceuticalStartDateTime", "RadionuclideTotalDose",
         "RadionuclideHalfLife", "RadionuclidePositronFraction", "Radiopharmaceutical", "RadionuclideCodeSequence",
         "RadiopharmaceuticalCodeSequence"),
        "RadiopharmaceuticalInformationSequence",
    ),
}  # fmt: skip


def apply_settings(dataset: Dataset, modality: str, settings: Mapping[str, Any]) -> None:
    """Write the settings of a series over its defaults.

    Parameters
    ----------
    dataset : pydicom.Dataset
        Defaults of the modality; changed.
    modality : str
        Modality of the series.
    settings : mapping of str to value
        DICOM keywords and values; numbers in the unit of the attribute.

    Raises
    ------
    ParameterError
        If a keyword is not DICOM's or belongs to the export, or a value does not fit the attribute.
    """
    places = _IN_SEQUENCE.get(modality, {})
    for keyword, value in settings.items():
        _require_keyword(keyword)
        target = dataset
        if keyword in places:
            target = dataset[places[keyword]].value[0]
        target.add(_element(keyword, value))


def decimal(value: float) -> DSfloat:
    """Return a number as a DICOM decimal string of at most 16 characters."""
    return DSfloat(float(value), auto_format=True)


def _require_keyword(keyword: str) -> None:
    if keyword in RESERVED:
        message = f"setting {keyword} is written by the export itself; leave it out"
        raise ParameterError(message)
    if tag_for_keyword(keyword) is None:
        near = difflib.get_close_matches(str(keyword), keyword_dict, n=1)
        hint = f"did you mean {near[0]}?" if near else "use a keyword of DICOM PS3.6"
        message = f"setting {keyword!r} is no DICOM keyword; {hint}"
        raise ParameterError(message)


def _element(keyword: str, value: Any) -> DataElement:
    """Return the data element; numbers become what the attribute holds."""
    tag = tag_for_keyword(keyword)
    representation = dictionary_VR(keyword)
    try:
        fitting = _fitting(value, representation)
        # 2: raise; pydicom writes wrong values with a warning otherwise.
        element = DataElement(tag, representation, fitting, validation_mode=2)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, AttributeError) as error:
        message = f"setting {keyword} = {value!r} does not fit DICOM's {representation}: {error}"
        raise ParameterError(message) from error
    return element


def _fitting(value: Any, representation: str) -> Any:
    if isinstance(value, list | tuple) and representation != "SQ":
        return [_fitting(part, representation) for part in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("not a finite number")
    if representation == "DS" and not isinstance(value, str):
        return decimal(value)
    if representation == "IS" and not isinstance(value, str):
        return round(value)
    return value
