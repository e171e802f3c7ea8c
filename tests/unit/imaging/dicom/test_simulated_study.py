"""Images of every simulated modality become one valid study in which the body lies at one place."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pydicom
import pytest

from bonemets_teach.anatomy.proximal_femur import proximal_femur
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.ct import CtSettings
from bonemets_teach.imaging.ct_slice import AxialField
from bonemets_teach.imaging.ct_volume import CtRange, ct_volume
from bonemets_teach.imaging.dicom.geometry import VolumeGeometry
from bonemets_teach.imaging.dicom.mr_series import mr_series
from bonemets_teach.imaging.dicom.nuclear_series import bone_scan_series, pet_series, spect_series
from bonemets_teach.imaging.dicom.study import Patient, Study
from bonemets_teach.imaging.dicom.writing import series_files
from bonemets_teach.imaging.dicom.xray_series import ct_series, film_series
from bonemets_teach.imaging.mri import mri_slice
from bonemets_teach.imaging.mri_settings import MriSettings
from bonemets_teach.imaging.pet import PetSettings, pet
from bonemets_teach.imaging.planar_scan import PlanarSettings, planar_scan
from bonemets_teach.imaging.radiograph_views import FilmSettings, film
from bonemets_teach.imaging.spect import SpectSettings, spect_volume

VOXEL = 3.0
HIP = {"BodyPartExamined": "HIP", "Laterality": "R"}
# Names of the series, and above which value a pixel belongs to the body.
BODY = {
    "CT": -500.0,
    "SPECT": 0.05,
    "PET FDG": 0.1,
    "T1 coronal": 20.0,
    "T2 axial": 20.0,
    "STIR sagittal": 20.0,
}


@pytest.fixture(scope="module")
def state() -> VoxelState:
    """Make a coarse hip."""
    return VoxelState.healthy(proximal_femur(voxel_mm=VOXEL))


@pytest.fixture(scope="module")
def simulated(state: VoxelState) -> Study:
    """Put the hip through every machine, coarsely."""
    depth, height, width = state.phantom.shape
    extent = (depth * VOXEL, height * VOXEL, width * VOXEL)
    layers = {"coronal": range(2, height, 3), "axial": range(1, depth, 4), "sagittal": range(2, width, 3)}
    views = {view: film(state, FilmSettings(projection=view, size=64)) for view in ("AP", "lateral")}  # type: ignore[arg-type]
    ct = ct_volume(
        state, CtSettings(slice_thickness_mm=8.0), extent=CtRange(field=AxialField(size=64, width_mm=240.0))
    )
    series = [
        film_series([("AP", views["AP"])], BodyPartExamined="HIP", ImageLaterality="R"),
        film_series([("lateral", views["lateral"])], "lateral", BodyPartExamined="HIP", ImageLaterality="R"),
        ct_series(ct, **HIP),
        bone_scan_series(planar_scan(state, PlanarSettings())),
        spect_series(
            spect_volume(state, range(0, depth, 4), SpectSettings(views=16, subsets=4, iterations=1)), **HIP
        ),
        pet_series(pet(state, PetSettings()), **HIP),
    ]
    for sequence, plane in (("T1", "coronal"), ("T2", "axial"), ("STIR", "sagittal"), ("ADC", "axial")):
        settings = MriSettings(sequence=sequence, matrix=64)  # type: ignore[arg-type]
        images = [mri_slice(state, plane, index, settings) for index in layers[plane]]  # type: ignore[arg-type]
        series.append(mr_series(images, extent, **HIP))
    return Study(patient=Patient(seed=3), series=series)


@pytest.mark.parametrize("index", range(10))
def test_what_is_simulated_is_valid(
    simulated: Study, index: int, validate: Callable[[bytes], tuple[int, list[str]]]
) -> None:
    """The first object of each series passes dciodvfy with no error and no warning."""
    _, said = validate(next(iter(series_files(simulated, index)))[1])

    assert [] == [line for line in said if line.startswith(("Error", "Warning"))]


def _center_mm(mask: np.ndarray, geometry: VolumeGeometry) -> np.ndarray:
    """Center of mass in DICOM's x, y, z; a hip is not symmetric, so a flipped axis would move it by 10 mm and more."""
    return (geometry.affine() @ [*np.argwhere(mask).mean(axis=0), 1.0])[:3]


@pytest.mark.parametrize("name", BODY)
def test_the_body_lies_at_one_place_in_every_modality(name: str, simulated: Study, state: VoxelState) -> None:
    """Within two voxels, since slices are thick and edges are soft."""
    series = next(series for series in simulated.series if series.description == name)
    assert isinstance(series.geometry, VolumeGeometry)
    grid = VolumeGeometry.from_phantom("axial", (VOXEL, VOXEL, VOXEL))
    expected = _center_mm(state.phantom.label != Tissue.AIR, grid)

    np.testing.assert_allclose(
        _center_mm(series.images > BODY[name], series.geometry), expected, atol=2 * VOXEL
    )


def test_bone_lies_at_its_place_in_ct(simulated: Study, state: VoxelState) -> None:
    """Bone is off the middle in all three axes, so none is flipped."""
    ct = next(series for series in simulated.series if series.description == "CT")
    assert isinstance(ct.geometry, VolumeGeometry)
    grid = VolumeGeometry.from_phantom("axial", (VOXEL, VOXEL, VOXEL))
    expected = _center_mm(state.phantom.bone_fraction > 0.3, grid)

    np.testing.assert_allclose(_center_mm(ct.images > 250, ct.geometry), expected, atol=2 * VOXEL)


def test_settings_of_the_machine_stand_in_the_file(simulated: Study) -> None:
    """Voltage, current, kernel; repetition, echo and inversion time; activity and tracer."""
    headers = {
        series.description: pydicom.dcmread(io.BytesIO(next(iter(series_files(simulated, index)))[1]))
        for index, series in enumerate(simulated.series)
    }
    ct, stir, pet_header = headers["CT"], headers["STIR sagittal"], headers["PET FDG"]

    assert (120, 100, "soft", 8) == (ct.KVP, ct.Exposure, ct.ConvolutionKernel, ct.SliceThickness)
    assert (4000, 50, 170, 1.5) == (
        stir.RepetitionTime, stir.EchoTime, stir.InversionTime, stir.MagneticFieldStrength,
    )  # fmt: skip
    assert 210e6 == pet_header.RadiopharmaceuticalInformationSequence[0].RadionuclideTotalDose


def test_adc_is_stored_in_the_whole_numbers_of_scanners(simulated: Study) -> None:
    """1.2e-3 mm2/s reads 1200."""
    series = next(series for series in simulated.series if series.description == "ADC axial")

    assert "1e-6 mm2/s" == series.unit
    assert 100 < np.median(series.images[series.images > 0]) < 5000


def test_images_of_two_kinds_are_no_series(state: VoxelState) -> None:
    """A T1 and a T2 image can't be stacked."""
    images = [
        mri_slice(state, "axial", n, MriSettings(sequence=s, matrix=64)) for n, s in ((5, "T1"), (6, "T2"))
    ]  # type: ignore[arg-type]

    with pytest.raises(ParameterError, match="2 kinds"):
        mr_series(images, (1.0, 1.0, 1.0))


def test_unevenly_spaced_images_are_no_series(state: VoxelState) -> None:
    """A viewer could not place them."""
    images = [mri_slice(state, "axial", index, MriSettings(matrix=64)) for index in (4, 5, 8)]

    with pytest.raises(ParameterError, match="evenly"):
        mr_series(images, (1.0, 1.0, 1.0))


def test_films_of_different_size_are_no_series(state: VoxelState) -> None:
    """They become a series each."""
    films = [(view, film(state, FilmSettings(projection=view, size=32))) for view in ("AP", "lateral")]  # type: ignore[arg-type]

    with pytest.raises(ParameterError, match="differ in size"):
        film_series(films)
