"""Coded terms of DICOM's context groups that the export uses."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pydicom.dataset import Dataset

__all__ = [
    "BODY_PARTS",
    "CAMERA_VIEW_CODES",
    "HEADFIRST",
    "NUCLIDES",
    "POSTURE",
    "SUPINE",
    "TRACERS",
    "UNIT_CODES",
    "VIEW_CODES",
    "code",
]

Code = tuple[str, str, str]

VIEW_CODES: Final[Mapping[str, Code]] = MappingProxyType(
    {
        "AP": ("399348003", "SCT", "antero-posterior"),
        "PA": ("272479007", "SCT", "postero-anterior"),
        "left lateral": ("399173006", "SCT", "left lateral"),
        "right lateral": ("399198007", "SCT", "right lateral"),
    }
)
"""Views of a radiograph (CID 4010)."""

CAMERA_VIEW_CODES: Final[Mapping[str, Code]] = MappingProxyType(
    {
        "anterior": ("399321004", "SCT", "Anterior projection"),
        "posterior": ("399001007", "SCT", "Posterior projection"),
        "left lateral": ("399118008", "SCT", "Left lateral projection"),
        "right lateral": ("399297009", "SCT", "Right lateral projection"),
    }
)
"""Views of a gamma camera (CID 26)."""

UNIT_CODES: Final[Mapping[str, Code]] = MappingProxyType(
    {
        "HU": ("[hnsf'U]", "UCUM", "Hounsfield unit"),
        "display": ("1", "UCUM", "no units"),
        "counts": ("{counts}", "UCUM", "counts"),
        "Bq/mL": ("Bq/ml", "UCUM", "becquerels per milliliter"),
        "SUV": ("g/ml{SUVbw}", "UCUM", "standardized uptake value body weight"),
        "signal": ("1", "UCUM", "no units"),
        "1e-6 mm2/s": ("um2/s", "UCUM", "micrometer squared per second"),
        "%": ("%", "UCUM", "percent"),
    }
)
"""Units (CID 82)."""

NUCLIDES: Final[Mapping[str, tuple[Code, float, float]]] = MappingProxyType(
    {
        "Tc-99m": (("72454006", "SCT", "^99m^Technetium"), 21624.12, 0.0),
        "F-18": (("77004003", "SCT", "^18^Fluorine"), 6586.2, 0.9686),
        "Ga-68": (("35337001", "SCT", "^68^Gallium"), 4069.4, 0.8914),
    }
)
"""Code (CID 18, 4020), half-life [s] and positron fraction; published, DDEP Table of Radionuclides."""

TRACERS: Final[Mapping[str, tuple[str, str, Code]]] = MappingProxyType(
    {
        "FDG": ("Fluorodeoxyglucose", "F-18", ("35321007", "SCT", "Fluorodeoxyglucose F^18^")),
        "NaF": ("Sodium fluoride", "F-18", ("129501009", "SCT", "Sodium fluoride F^18^")),
        "PSMA": ("PSMA-11", "Ga-68", ("C118961", "NCIt", "PSMA-11 Ga^68^")),
        "MDP": ("Medronate", "Tc-99m", ("96390006", "SCT", "Technetium Tc^99m^ medronate")),
    }
)
"""Name, nuclide and code (CID 25, 4021) of each radiopharmaceutical."""

BODY_PARTS: Final[Mapping[str, Code]] = MappingProxyType(
    {
        "HIP": ("24136001", "SCT", "Hip joint"),
        "FEMUR": ("71341001", "SCT", "Femur"),
        "PELVIS": ("816092008", "SCT", "Pelvis"),
        "LSPINE": ("122496007", "SCT", "Lumbar spine"),
        "TSPINE": ("122495006", "SCT", "Thoracic spine"),
        "CHEST": ("816094009", "SCT", "Chest"),
        "WHOLEBODY": ("38266002", "SCT", "Entire body"),
    }
)
"""Parts of the body (CID 4031; PS3.16 annex L) by BodyPartExamined."""

POSTURE: Final[Code] = ("102538003", "SCT", "recumbent")
SUPINE: Final[Code] = ("40199007", "SCT", "supine")
HEADFIRST: Final[Code] = ("102540008", "SCT", "headfirst")
"""How the patient lies (CID 19, 20, 21)."""


def code(value: Code) -> Dataset:
    """Return a code as a sequence item.

    Parameters
    ----------
    value : tuple of str
        Code value, coding scheme, meaning.

    Returns
    -------
    item : pydicom.Dataset
        With CodeValue, CodingSchemeDesignator and CodeMeaning.
    """
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value
    return item
