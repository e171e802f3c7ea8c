"""Image quality follows physics: CT numbers of every tissue, and noise against dose."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.biology.lesion_field import grow
from bonemets_teach.imaging.ct import CtSettings, SliceMaps, project_slice, reconstruct
from bonemets_teach.imaging.hounsfield import cancellous_hu, material_hu, tissue_hu
from bonemets_teach.imaging.projection import PATH_MATERIALS, PathLengths
from bonemets_teach.imaging.radiograph import RadiographSettings, expose, transmit
from bonemets_teach.imaging.tissue_basis import basis_shares
from bonemets_teach.imaging.tissue_materials import FILLINGS

SIZE = 128
OFFSET = np.arange(SIZE) - (SIZE - 1) / 2
RADIUS = np.hypot(OFFSET[:, None], OFFSET)
DOSES = np.array([25.0, 50.0, 100.0, 200.0, 400.0])


def insert(shares: tuple[float, float], pixels: float = 5.0) -> SliceMaps:
    """Put a rod into the middle of 20 cm of water."""
    maps = np.zeros((2, SIZE, SIZE), np.float32)
    maps[0, RADIUS <= 66] = 1
    maps[:, RADIUS <= pixels] = np.array(shares, np.float32)[:, None]
    return SliceMaps(shares=maps, pixel_mm=1.5)


def measured(shares: tuple[float, float], voltage: float, pixels: float = 5.0) -> float:
    """Return the CT number in the middle of a rod of 15 mm, or of so many pixels of 1.5 mm in radius."""
    settings = CtSettings(tube_voltage_kv=voltage, kernel="bone")
    hu = reconstruct(project_slice(insert(shares, pixels)), settings, noise=False).hu
    return float(hu[RADIUS <= 0.6 * pixels].mean())


@pytest.mark.parametrize("voltage", [80, 100, 120, 140])
def test_water_reads_zero(voltage):
    """Water in the middle of 20 cm of water: 0 HU within 3."""
    assert abs(measured((1.0, 0.0), voltage)) <= 3


@pytest.mark.parametrize("voltage", [80, 120])
@pytest.mark.parametrize("tissue", FILLINGS, ids=lambda tissue: tissue.name)
def test_every_tissue_reads_its_attenuation(tissue, voltage):
    """HU + 1000 is 1000 mu/mu(water) of each tissue within 3 %."""
    filling = FILLINGS[tissue]
    water, bone = (share * filling.density_ratio for share in basis_shares(filling.material))
    expected = tissue_hu(tissue, tube_voltage_kv=voltage)

    assert_allclose(measured((water, bone), voltage) + 1000, expected + 1000, rtol=0.03)


@pytest.mark.parametrize("voltage", [80, 120])
@pytest.mark.parametrize("material", ["marrow_red", "marrow_yellow", "tumor", "bone_cortical"])
def test_bone_and_marrow_read_their_attenuation(material, voltage):
    """Within 3 % as well, dense bone as thick as cortex included (more of it hardens the beam)."""
    expected = material_hu(material, tube_voltage_kv=voltage)
    pixels = 2.7 if material == "bone_cortical" else 5.0

    assert_allclose(measured(basis_shares(material), voltage, pixels) + 1000, expected + 1000, rtol=0.03)


@pytest.mark.parametrize(
    ("tissue", "low", "high"),
    [
        (Tissue.FAT, -120, -70), (Tissue.SOFT, 35, 65), (Tissue.DISC, 60, 120), (Tissue.CORD, 20, 45),
        (Tissue.CSF, 0, 15), (Tissue.BLADDER, 0, 20), (Tissue.KIDNEY, 25, 45), (Tissue.BRAIN, 25, 45),
        (Tissue.LUNG, -900, -650),
    ],
)  # fmt: skip
def test_tissues_lie_in_their_textbook_range(tissue, low, high):
    """CT numbers at 120 kV without contrast medium (ranges in common use, recalled)."""
    assert low <= tissue_hu(tissue) <= high


def test_a_blastic_core_reads_as_published():
    """A year old, blastic: 654 +- 176 HU of untreated metastases (model 33; Ulano 2016), within one SD."""
    field = grow(np.full((49, 49), 0.15), 0.25, phenotype=1.0, seed_index=(24, 24), months=12).at(12)
    core = (slice(23, 26), slice(23, 26))
    hu = cancellous_hu(field.bone_fraction[core], tumor=float(field.tumor[core].mean())).mean()

    assert abs(float(hu) - 654) <= 176


def test_ct_noise_falls_with_the_root_of_the_dose():
    """Noise against mAs in the double logarithm: slope -0.5 within 0.03."""
    projections = project_slice(insert((1.0, 0.0)))
    clean = reconstruct(projections, CtSettings(), noise=False).hu
    middle = RADIUS < 45
    noise = [
        np.mean([
            np.std((reconstruct(projections, CtSettings(tube_current_time_mas=mas), seed=seed).hu - clean)[middle])
            for seed in range(3)
        ])
        for mas in DOSES
    ]  # fmt: skip

    assert np.polyfit(np.log(DOSES), np.log(noise), 1)[0] == pytest.approx(-0.5, abs=0.03)


def test_radiograph_noise_falls_with_the_root_of_the_dose():
    """Noise of a flat field against mAs: slope -0.5 within 0.03."""
    mm = np.zeros((len(PATH_MATERIALS), 128, 128), np.float32)
    mm[PATH_MATERIALS.index("muscle")] = 120
    exposure = transmit(PathLengths(mm=mm, pixel_mm=0.5), RadiographSettings(scatter=False))
    noise = [
        expose(exposure, RadiographSettings(tube_current_time_mas=dose / 50), seed=seed).values.std()
        for seed, dose in enumerate(DOSES)
    ]

    assert np.polyfit(np.log(DOSES), np.log(noise), 1)[0] == pytest.approx(-0.5, abs=0.03)
