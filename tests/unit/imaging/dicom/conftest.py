"""Small studies and CT files that the DICOM tests share."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pydicom
import pytest

from bonemets_teach.imaging.dicom.geometry import PlanarGeometry, RotationGeometry, VolumeGeometry
from bonemets_teach.imaging.dicom.series import Series
from bonemets_teach.imaging.dicom.study import Patient, Study
from bonemets_teach.imaging.dicom.writing import study_files

AXIAL = VolumeGeometry.from_phantom("axial", (3.0, 1.5, 1.25), corner_mm=(10.0, 20.0, 30.0))
SAGITTAL = VolumeGeometry.from_phantom("sagittal", (1.0, 1.0, 4.0))
CORONAL = VolumeGeometry.from_phantom("coronal", (4.0, 4.0, 4.0))


def example_series() -> list[Series]:
    """Make one series for each kind of object that can be exported."""
    rng = np.random.default_rng(11)
    signal = rng.uniform(0.0, 3.0, (3, 12, 10))
    hu = rng.normal(100.0, 400.0, (3, 12, 10))
    counts = rng.poisson(20.0, (2, 40, 16))
    hip = {"BodyPartExamined": "HIP", "ImageLaterality": "R"}
    pelvis = {"BodyPartExamined": "PELVIS"}
    body = {"BodyPartExamined": "WHOLEBODY"}
    planar = PlanarGeometry(pixel_mm=(2.0, 2.0), views=("anterior", "posterior"))
    hip_views = PlanarGeometry(pixel_mm=(0.2, 0.2), views=("AP", "left lateral"))

    def series(modality: Any, name: str, pixels: Any, unit: str, geometry: Any, **settings: Any) -> Series:
        return Series(
            modality=modality,
            description=name,
            pixels=pixels,
            unit=unit,
            geometry=geometry,
            settings=settings,
        )

    return [
        series("CT", "CT bone", hu, "HU", AXIAL, **pelvis, KVP=120, Exposure=100, ConvolutionKernel="bone"),
        series("CT", "CT one window", hu, "HU", CORONAL, **pelvis, WindowCenter=40, WindowWidth=400.5),
        series("DX", "DX hip", signal[:2] - 1, "display", hip_views, **hip, KVP=70.0, Exposure=5),
        series("DX", "DX unknown part", signal[0], "display", PlanarGeometry(pixel_mm=(0.2, 0.2), views=("PA",))),
        series("CR", "CR hip", signal[:2], "display", hip_views, **hip, KVP=70),
        series("NM", "Bone scan", counts, "counts", planar, **body, RadionuclideTotalDose=700, WindowCenter=20.0,
               WindowWidth=40.0),
        series("NM", "SPECT", signal, "counts", AXIAL, **pelvis),
        series("NM", "SPECT coronal", signal * 1e4, "Bq/mL", CORONAL, **pelvis),
        series("NM", "SPECT projections", rng.poisson(9.0, (60, 12, 10)), "counts",
               RotationGeometry(pixel_mm=(4.0, 4.0)), **pelvis),
        series("PT", "PET FDG", signal, "SUV", AXIAL, **pelvis, RadionuclideTotalDose=3.5e8,
               ReconstructionMethod="OSEM 2i21s"),
        series("PT", "PET PSMA", signal * 1e4, "Bq/mL", CORONAL, **body, Radiopharmaceutical="PSMA",
               RadiopharmaceuticalStartDateTime="20260105081000"),
        series("PT", "PET NaF", signal, "SUV", AXIAL, **pelvis, Radiopharmaceutical="NaF"),
        series("MR", "T1", signal, "signal", SAGITTAL, BodyPartExamined="LSPINE", RepetitionTime=500, EchoTime=10,
               FlipAngle=90, MagneticFieldStrength=1.5),
        series("MR", "STIR", signal, "signal", CORONAL, **pelvis, ScanningSequence=["SE", "IR"],
               SequenceVariant="SK", RepetitionTime=4000, EchoTime=60, EchoTrainLength=9, InversionTime=160),
        series("MR", "ADC", np.rint(signal * 1000), "1e-6 mm2/s", AXIAL, **pelvis, ScanningSequence="EP",
               SequenceVariant="SK", RepetitionTime=4000, EchoTime=80, ImageType=["DERIVED", "PRIMARY", "OTHER"]),
        series("MR", "Fat fraction", signal * 30, "%", AXIAL, **pelvis, ImageType=["DERIVED", "PRIMARY", "OTHER"]),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def study() -> Study:
    """Put every kind of object in one study."""
    return Study(patient=Patient(seed=7, sex="F", age_years=65), series=example_series())


@pytest.fixture(scope="session")
def written(study: Study) -> dict[str, bytes]:
    """Write the files of the study."""
    return dict(study_files(study))


Change = Callable[[pydicom.Dataset, int], None]


@pytest.fixture(scope="session")
def ct_hu() -> np.ndarray:
    """Make CT numbers of five small axial slices [z, y, x]."""
    return np.random.default_rng(5).integers(-1000, 2000, (5, 8, 6)).astype(np.int16)


@pytest.fixture(scope="session")
def ct_files(ct_hu: np.ndarray) -> dict[str, bytes]:
    """Write a CT series of five slices, by short names."""
    series = Series(modality="CT", description="CT", pixels=ct_hu, unit="HU", geometry=AXIAL)
    made = Study(patient=Patient(seed=1), series=[series])
    return {name.rsplit("/", 1)[1]: content for name, content in study_files(made)}


@pytest.fixture(scope="session")
def changed_ct(ct_files: dict[str, bytes]) -> Callable[[Change], dict[str, bytes]]:
    """Make the series anew with every file changed by a function of dataset and place."""

    def change_all(change: Change) -> dict[str, bytes]:
        files = {}
        for place, (name, content) in enumerate(ct_files.items()):
            dataset = pydicom.dcmread(io.BytesIO(content))
            change(dataset, place)
            buffer = io.BytesIO()
            dataset.save_as(buffer, enforce_file_format=True, overwrite=True)
            files[name] = buffer.getvalue()
        return files

    return change_all


@pytest.fixture(scope="session")
def validate(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], tuple[int, list[str]]]:
    """Run dicom3tools' dciodvfy on an object; give its status and every line that it says."""
    found = shutil.which("dciodvfy")
    if found is None and sys.platform != "linux":
        pytest.skip("dciodvfy comes with Debian's dicom3tools; on other systems it is optional")
    if found is None:
        message = "dciodvfy was not found; install Debian's package dicom3tools"
        raise RuntimeError(message)
    path = tmp_path_factory.mktemp("dciodvfy") / "object.dcm"

    def run(content: bytes) -> tuple[int, list[str]]:
        path.write_bytes(content)
        done = subprocess.run([found, "-new", path], capture_output=True, text=True, check=False, timeout=60)
        return done.returncode, (done.stdout + done.stderr).splitlines()

    return run
