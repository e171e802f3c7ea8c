"""A CT of a computed lumbar spine for whoever has no file at hand, and the same study as DICOM."""

from __future__ import annotations

from typing import Final

import numpy as np

from bonemets_teach.anatomy.lesion_placement import place
from bonemets_teach.anatomy.vertebra import vertebra
from bonemets_teach.imaging.ct import CtSettings
from bonemets_teach.imaging.ct_slice import AxialField
from bonemets_teach.imaging.ct_volume import CtRange, ct_volume
from bonemets_teach.imaging.dicom.geometry import VolumeGeometry
from bonemets_teach.imaging.volume_file_loaded import LoadedVolume

__all__ = ["SAMPLE_NAME", "sample_volume", "sample_zip"]

SAMPLE_NAME: Final = "CT lumbar spine (computed)"
# Chosen: a blastic deposit that a learner finds in all three planes, scanned as a spine usually is.
_SITE, _PHENOTYPE, _MONTHS = "back of the body", 0.9, 18.0
_SETTINGS: Final = CtSettings(
    tube_voltage_kv=120.0, tube_current_time_mas=200.0, slice_thickness_mm=2.5, kernel="bone"
)
_PIXELS: Final = 192
_MARGIN_MM: Final = 6.0
_SEED: Final = 4


def sample_volume() -> LoadedVolume:
    """Scan the sample; takes some three seconds.

    Returns
    -------
    volume : LoadedVolume
        The same numbers every time [HU]; L3 with its neighbors and a blastic metastasis.
    """
    phantom = vertebra(level="L3")
    state = place(phantom, _SITE, phenotype=_PHENOTYPE, months=_MONTHS)
    width = max(phantom.shape[1:]) * phantom.voxel_mm + _MARGIN_MM
    extent = CtRange(field=AxialField(size=_PIXELS, width_mm=width))
    scan = ct_volume(state, _SETTINGS, np.random.default_rng(_SEED), extent=extent)
    stored = np.clip(np.rint(scan.hu), -1024, 20000).astype(np.int16)
    stored.setflags(write=False)
    z, y, x = (center - edge / 2 for center, edge in zip(scan.origin_mm, scan.voxel_mm, strict=True))
    geometry = VolumeGeometry.from_phantom("axial", scan.voxel_mm, corner_mm=(z, y, x))
    remark = "Computed for this course; no patient was scanned."
    return LoadedVolume(stored=stored, geometry=geometry, name=SAMPLE_NAME, remarks=(remark,))


def sample_zip(volume: LoadedVolume) -> bytes:
    """Return the sample as a zip archive of DICOM files.

    Parameters
    ----------
    volume : LoadedVolume
        From `sample_volume`.

    Returns
    -------
    archive : bytes
        One CT series of the patient Teaching^Phantom; `bonemets_teach.imaging.volume_file` reads it back.
    """
    # pydicom comes only with the first export.
    from bonemets_teach.imaging.dicom.series import Series  # noqa: PLC0415
    from bonemets_teach.imaging.dicom.study import Patient, Study  # noqa: PLC0415
    from bonemets_teach.imaging.dicom.writing import study_zip  # noqa: PLC0415

    series = Series(
        modality="CT", description=SAMPLE_NAME, pixels=volume.hu, unit="HU", geometry=volume.geometry,
        settings={
            "KVP": _SETTINGS.tube_voltage_kv,
            "Exposure": _SETTINGS.tube_current_time_mas,
            "ConvolutionKernel": _SETTINGS.kernel,
            "BodyPartExamined": "LSPINE",
        },
    )  # fmt: skip
    patient = Patient(seed=_SEED, sex="F", age_years=65)
    return study_zip(Study(patient=patient, series=[series], description="Sample study"))
