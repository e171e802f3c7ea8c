"""Films of any phantom: projections, automatic exposure, organs and metal."""

import numpy as np
import pytest

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.metal_implant import Rod, with_rod
from bonemets_teach.imaging.projection import PATH_MATERIALS, project
from bonemets_teach.imaging.radiograph import behind_grid
from bonemets_teach.imaging.radiograph_views import (
    FilmSettings,
    current_for_dose,
    film,
    film_exposure,
    film_paths,
)


def trunk(*, filling: Tissue = Tissue.SOFT) -> Phantom:
    """Make a block of muscle, 60 x 80 x 120 mm, with bone in the middle and an organ beside it."""
    shape = (20, 24, 40)
    label = np.full(shape, Tissue.SOFT, np.uint8)
    bone = np.zeros(shape, np.float32)
    label[6:14, 9:15, 16:24] = Tissue.TRABECULAR
    bone[6:14, 9:15, 16:24] = 0.2
    label[4:16, 4:20, 28:36] = filling
    fat = np.where(label == Tissue.TRABECULAR, 0.5, 0).astype(np.float32)
    return Phantom(bone_fraction=bone, fat_fraction=fat, label=label, turnover_per_year=np.zeros(shape, np.float32),
                   voxel_mm=3.0, name="block")  # fmt: skip


@pytest.mark.parametrize(("projection", "columns"), [("AP", 40), ("lateral", 24)])
def test_a_film_is_as_wide_as_the_phantom_looks(projection, columns):
    """Rows and columns keep the shape of the projection."""
    result = film(trunk(), FilmSettings(projection=projection, size=80))

    assert max(result.values.shape) == 80
    assert result.values.shape[1] / result.values.shape[0] == pytest.approx(columns / 20, rel=0.02)
    assert max(columns, 20) * 3.0 / 80 == pytest.approx(result.pixel_mm)


def test_the_film_keeps_the_material_of_the_phantom():
    """Interpolated path lengths hold the same volume of bone within 3 %, sharp edges and all."""
    phantom = trunk()
    fine = film_paths(phantom, FilmSettings(size=160))
    volume = fine.of("bone_cortical").sum() * fine.pixel_mm**2

    assert volume == pytest.approx(float(phantom.bone_fraction.sum()) * 27, rel=0.03)


def test_collimation_shows_a_part_in_more_detail():
    """The field is cut out of the whole film, and its pixels are smaller."""
    whole = film_paths(trunk(), FilmSettings(size=40))
    part = film_paths(trunk(), FilmSettings(size=40, collimation_mm=(0.0, 60.0, 30.0, 90.0)))

    assert part.pixel_mm == pytest.approx(whole.pixel_mm / 2)
    assert part.shape == (40, 40)
    np.testing.assert_allclose(part.total_mm[20, 20], whole.total_mm[10, 20], rtol=0.02)


@pytest.mark.parametrize(
    "edges", [(0.0, 60.0, 90.0, 30.0), (0.0, 999.0, 0.0, 60.0), (0.0, float("nan"), 0.0, 60.0)]
)
def test_a_field_that_is_none_is_refused(edges):
    """Edges lie on the film and in order."""
    with pytest.raises(ParameterError, match="collimation_mm"):
        film_paths(trunk(), FilmSettings(collimation_mm=edges))


def test_a_lesion_costs_its_region_only_and_gives_the_same_paths():
    """Laying in the difference equals projecting the whole state."""
    phantom = trunk()
    roi = (slice(8, 12), slice(10, 13), slice(17, 22))
    shape = phantom.bone_fraction[roi].shape
    state = VoxelState(
        phantom=phantom, roi=roi, roi_bone_fraction=np.full(shape, 0.05, np.float32),
        roi_tumor=np.ones(shape, np.float32), roi_osteoblast_ratio=np.ones(shape, np.float32),
        roi_osteoclast_ratio=np.ones(shape, np.float32),
    )  # fmt: skip
    quick = film_paths(state, FilmSettings(size=40))

    np.testing.assert_allclose(quick.mm, project(state).mm, atol=1e-3)


@pytest.mark.parametrize("dose", [0.5, 2.5, 10.0])
def test_the_machine_delivers_the_wanted_dose(dose):
    """The dose at the detector is what was asked for, and the patient gets more."""
    result = film(trunk(), FilmSettings(detector_kerma_ugy=dose, size=64))

    assert result.detector_kerma_ugy == pytest.approx(dose, rel=1e-4)
    assert result.entrance_kerma_ugy > 5 * dose


def test_a_grid_costs_dose_to_the_patient_and_wins_contrast():
    """At the same dose to the detector."""
    with_grid, without = (
        film(trunk(), FilmSettings(grid=grid, size=64), seed=None) for grid in (True, False)
    )

    assert with_grid.entrance_kerma_ugy > 1.3 * without.entrance_kerma_ugy
    assert np.ptp(with_grid.values) > 1.2 * np.ptp(without.values)


def test_a_dose_that_the_tube_cannot_deliver_is_explained():
    """A meter of muscle at 50 kV needs more than 500 mAs."""
    shape = (8, 400, 8)
    thick = Phantom(bone_fraction=np.zeros(shape, np.float32), fat_fraction=np.zeros(shape, np.float32),
                    label=np.full(shape, Tissue.SOFT, np.uint8), turnover_per_year=np.zeros(shape, np.float32),
                    voxel_mm=2.5, name="thick")  # fmt: skip
    exposure = film_exposure(thick, FilmSettings(tube_voltage_kv=50, size=32))

    with pytest.raises(ParameterError, match=r"the tube delivers .* raise the voltage"):
        current_for_dose(exposure, 2.5)


@pytest.mark.parametrize(
    "wrong",
    [{"projection": "oblique"}, {"detector_kerma_ugy": float("nan")}, {"size": 1}, {"tube_voltage_kv": 20}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_wrong_settings_are_refused(wrong):
    """Each setting is checked and named."""
    with pytest.raises(ParameterError, match=next(iter(wrong))):
        FilmSettings(**wrong)


def test_lung_is_darker_and_metal_brighter_than_muscle():
    """Organs take part in the film."""
    values = {
        tissue: film(trunk(filling=tissue), FilmSettings(size=40), seed=None).values[10, 32]
        for tissue in (Tissue.LUNG, Tissue.SOFT, Tissue.METAL)
    }

    assert values[Tissue.LUNG] < values[Tissue.SOFT] < values[Tissue.METAL]


@pytest.mark.parametrize("metal", ["titanium", "steel"])
def test_a_film_through_metal_is_finite(metal):
    """Hardly a photon passes 24 cm of metal: the picture stays defined."""
    phantom = trunk()
    rod = Rod(start_mm=(30.0, 1.0, 60.0), end_mm=(30.0, 71.0, 60.0), radius_mm=6.0)
    state = with_rod(VoxelState.healthy(phantom), rod)

    assert np.isfinite(film(state, FilmSettings(metal=metal, size=64)).values).all()


def test_an_unknown_metal_is_refused():
    """The message lists the metals."""
    with pytest.raises(ParameterError, match="titanium, steel"):
        film(trunk(filling=Tissue.METAL), FilmSettings(metal="gold"))


def test_phantoms_without_organs_keep_the_old_materials():
    """What was projected before organs came is projected as before."""
    assert project(trunk()).materials == PATH_MATERIALS


@pytest.mark.parametrize(
    "wrong",
    [{"end_mm": (0.0, 0.0, 0.0)}, {"radius_mm": 0.0}, {"end_mm": (np.nan, 0.0, 1.0)}, {"end_mm": (0.0, -500.0, 0.0)}],
)  # fmt: skip
def test_a_rod_without_length_or_place_is_refused(wrong):
    """A rod has two ends, a thickness, and meets the phantom."""
    with pytest.raises(ParameterError):
        with_rod(
            VoxelState.healthy(trunk()),
            Rod(**({"start_mm": (0.0, 0.0, 0.0), "end_mm": (0.0, 0.0, 0.0), "radius_mm": 1.0}
                   | {"start_mm": (0.0, -500.0, -9.0) if wrong.get("end_mm") == (0.0, -500.0, 0.0) else (0.0, 0.0, 0.0)}
                   | wrong)),
        )  # fmt: skip


def test_a_grid_put_before_a_finished_exposure_is_the_same_as_one_from_the_start():
    """The beam need not be sent again to see what a grid does."""
    bare = film_exposure(trunk(), FilmSettings(size=64, grid=False))
    gridded = film_exposure(trunk(), FilmSettings(size=64, grid=True))
    put = behind_grid(bare)

    np.testing.assert_allclose(put.signal, gridded.signal, rtol=1e-4)
    np.testing.assert_allclose(put.scatter_to_primary, gridded.scatter_to_primary, rtol=1e-4)
    assert put.settings.grid
    with pytest.raises(ParameterError, match="has a grid already"):
        behind_grid(put)


def test_materials_that_no_ray_meets_cost_nothing():
    """A film without implants holds no metal; with a kidney it has as much muscle more."""
    plain = film_paths(trunk(), FilmSettings(size=40))
    assert plain.materials == PATH_MATERIALS
    organ = film_paths(trunk(filling=Tissue.BLADDER), FilmSettings(size=40))
    assert organ.materials == (*PATH_MATERIALS, "water")
