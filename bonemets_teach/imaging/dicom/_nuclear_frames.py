"""What the frames of a nuclear image are: views, slices or angles (PS3.3 C.8.4.8, C.8.4.9, C.8.4.11, C.8.4.12, C.8.4.15)."""

from __future__ import annotations

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.tag import Tag

from bonemets_teach.imaging.dicom.codes import CAMERA_VIEW_CODES, code
from bonemets_teach.imaging.dicom.geometry import PlanarGeometry, RotationGeometry, Vector, VolumeGeometry
from bonemets_teach.imaging.dicom.settings import decimal

__all__ = ["add_projections", "add_slices", "add_views"]

# Chosen: the pace of a whole-body scan (published, about 15 cm/min: EANM 2016) and a usual stop of a SPECT camera.
_SCAN_MM_PER_S = 2.5
_STOP_MS = 15_000


def add_views(dataset: Dataset, geometry: PlanarGeometry, rows: int) -> None:
    """Describe a whole-body scan, one detector for each view.

    Parameters
    ----------
    dataset : pydicom.Dataset
        Changed.
    geometry : PlanarGeometry
        Views and spacing.
    rows : int
        Rows of a picture, for the length of the scan.
    """
    length_mm = rows * geometry.pixel_mm[0]
    count = len(geometry.views)
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "WHOLE BODY", "EMISSION"]
    dataset.FrameIncrementPointer = [Tag("EnergyWindowVector"), Tag("DetectorVector")]
    dataset.EnergyWindowVector = [1] * count
    dataset.DetectorVector = list(range(1, count + 1))
    dataset.NumberOfDetectors = count
    dataset.DetectorInformationSequence = Sequence([_detector(view) for view in geometry.views])
    dataset.WholeBodyTechnique = "1PS"
    dataset.ScanVelocity = decimal(_SCAN_MM_PER_S)
    dataset.ScanLength = max(1, round(length_mm))
    dataset.ActualFrameDuration = max(1, round(length_mm / _SCAN_MM_PER_S * 1000))


def add_slices(dataset: Dataset, geometry: VolumeGeometry, first_mm: Vector, count: int) -> None:
    """Describe a reconstructed SPECT volume.

    Parameters
    ----------
    dataset : pydicom.Dataset
        Changed.
    geometry : VolumeGeometry
        Directions and spacing.
    first_mm : tuple of float
        Position of the first frame as it is stored [mm].
    count : int
        Number of slices.
    """
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "RECON TOMO", "EMISSION"]
    dataset.FrameIncrementPointer = [Tag("SliceVector")]
    dataset.SliceVector = list(range(1, count + 1))
    dataset.NumberOfSlices = count
    dataset.NumberOfDetectors = 1
    detector = _detector(None)
    directions = (*geometry.along_row, *geometry.along_column)
    detector.ImageOrientationPatient = [decimal(value + 0.0) for value in directions]
    detector.ImagePositionPatient = [decimal(value) for value in first_mm]
    dataset.DetectorInformationSequence = Sequence([detector])
    dataset.SpacingBetweenSlices = decimal(geometry.slice_mm)
    dataset.SliceThickness = decimal(geometry.thickness_mm or geometry.slice_mm)
    dataset.RotationInformationSequence = Sequence()
    dataset.NumberOfRotations = 1


def add_projections(dataset: Dataset, geometry: RotationGeometry, count: int) -> None:
    """Describe the projections of a SPECT scan.

    Parameters
    ----------
    dataset : pydicom.Dataset
        Changed.
    geometry : RotationGeometry
        Angles and spacing.
    count : int
        Number of angles.
    """
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "TOMO", "EMISSION"]
    vectors = ("EnergyWindowVector", "DetectorVector", "RotationVector", "AngularViewVector")
    dataset.FrameIncrementPointer = [Tag(vector) for vector in vectors]
    for vector in vectors[:3]:
        setattr(dataset, vector, [1] * count)
    dataset.AngularViewVector = list(range(1, count + 1))
    dataset.NumberOfDetectors = dataset.NumberOfRotations = 1
    detector = _detector(None)
    detector.StartAngle = decimal(geometry.start_deg % 360)
    detector.RadialPosition = [decimal(geometry.radius_mm)] * count
    dataset.DetectorInformationSequence = Sequence([detector])
    turn = Dataset()
    turn.StartAngle = decimal(geometry.start_deg % 360)
    turn.AngularStep = decimal(geometry.step_deg)
    turn.RotationDirection = "CC"
    turn.ScanArc = decimal(min(geometry.step_deg * count, 360))
    turn.ActualFrameDuration = _STOP_MS
    turn.NumberOfFramesInRotation = count
    dataset.RotationInformationSequence = Sequence([turn])
    dataset.TypeOfDetectorMotion = "STEP AND SHOOT"


def _detector(view: str | None) -> Dataset:
    item = Dataset()
    item.CollimatorType = "PARA"
    item.FocalDistance = decimal(0)
    item.ImageOrientationPatient = item.ImagePositionPatient = None
    if view is not None:
        item.ViewCodeSequence = Sequence([code(CAMERA_VIEW_CODES[view])])
    return item
