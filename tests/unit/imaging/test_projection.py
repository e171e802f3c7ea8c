"""Path lengths add up, and a lesion changes them only where it is."""

import numpy as np
import pytest

from bonemets_teach.anatomy.lesion_placement import place
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.proximal_femur import proximal_femur
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.projection import PathLengths, lesion_difference, project, slab_paths


def block(label: Tissue, f: float = 0.0, phi: float = 0.0) -> Phantom:
    """Return a block of 4 x 5 x 6 voxels of 2 mm."""
    shape = (4, 5, 6)
    return Phantom(
        bone_fraction=np.full(shape, f, np.float32),
        fat_fraction=np.full(shape, phi, np.float32),
        label=np.full(shape, label, np.uint8),
        turnover_per_year=np.zeros(shape, np.float32),
        voxel_mm=2.0,
        name="block",
    )


def test_frontal_view_sums_from_front_to_back() -> None:
    """Rows are z, columns x; five voxels of 2 mm deep."""
    paths = project(block(Tissue.SOFT))
    assert paths.shape == (4, 6)
    np.testing.assert_allclose(paths.of("muscle"), 10.0)


def test_lateral_view_sums_from_side_to_side() -> None:
    """Rows are z, columns y; six voxels of 2 mm deep."""
    paths = project(block(Tissue.SOFT), "lateral")
    assert paths.shape == (4, 5)
    np.testing.assert_allclose(paths.of("muscle"), 12.0)


def test_spongiosa_is_split_into_bone_and_both_marrows() -> None:
    """20 % bone; of the rest three quarters are fat."""
    paths = project(block(Tissue.TRABECULAR, f=0.2, phi=0.75))
    np.testing.assert_allclose(paths.of("bone_cortical"), 2.0, rtol=1e-6)
    np.testing.assert_allclose(paths.of("marrow_red"), 2.0, rtol=1e-6)
    np.testing.assert_allclose(paths.of("marrow_yellow"), 6.0, rtol=1e-6)


def test_air_has_no_path() -> None:
    """Nothing in the beam."""
    assert not project(block(Tissue.AIR)).total_mm.any()


def test_materials_of_the_hip_add_up_to_its_thickness() -> None:
    """Every voxel but air counts with its full length, to the partial voxels at the skin."""
    femur = proximal_femur(voxel_mm=2.5)
    thickness = (femur.label != Tissue.AIR).sum(axis=1) * femur.voxel_mm
    np.testing.assert_allclose(project(femur).total_mm, thickness, atol=1e-3)


@pytest.mark.parametrize("view", ["frontal", "lateral"])
def test_difference_makes_the_healthy_projection_that_of_the_lesion(view: str) -> None:
    """Projecting the region alone is the same as projecting everything."""
    femur = proximal_femur(voxel_mm=2.5)
    state = place(femur, "neck", phenotype=0.0, months=18)
    change, region = lesion_difference(state, view)  # type: ignore[arg-type]
    expected = project(femur, view).mm.copy()  # type: ignore[arg-type]
    expected[:, *region] += change
    np.testing.assert_allclose(project(state, view).mm, expected, atol=2e-3)  # type: ignore[arg-type]


def test_lesion_keeps_the_thickness() -> None:
    """Tumor and bone change places with marrow; nothing swells."""
    state = place(proximal_femur(voxel_mm=2.5), "neck", phenotype=1.0, months=18)
    np.testing.assert_allclose(lesion_difference(state)[0].sum(axis=0), 0, atol=2e-3)


def test_slab_with_muscle() -> None:
    """10 mm of bone with tumor in half of its marrow, behind 50 mm of muscle."""
    paths = slab_paths(
        np.full((2, 3), 0.2), 0.5, fat_fraction=0.0, thickness_mm=10.0, muscle_mm=50.0, pixel_mm=1.0
    )
    np.testing.assert_allclose(paths.of("tumor"), 4.0, rtol=1e-6)
    np.testing.assert_allclose(paths.of("marrow_red"), 4.0, rtol=1e-6)
    np.testing.assert_allclose(paths.total_mm, 60.0, rtol=1e-6)


def test_unknown_views_and_materials_are_refused() -> None:
    """With what is allowed."""
    with pytest.raises(ParameterError, match="frontal, lateral"):
        project(block(Tissue.SOFT), "oblique")  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="bone_cortical"):
        project(block(Tissue.SOFT)).of("lead")


def test_paths_need_six_materials() -> None:
    """A wrong shape is refused with the right one."""
    with pytest.raises(ParameterError, match=r"\(6, row, column\)"):
        PathLengths(mm=np.zeros((3, 4, 4), np.float32), pixel_mm=1.0)
