"""Every phantom names its sites, and a lesion of the lesion field grows at each."""

import numpy as np
import pytest

from bonemets_teach.anatomy.bone_names import BONE_NUMBERS
from bonemets_teach.anatomy.lesion_placement import place
from bonemets_teach.anatomy.pelvis import pelvis
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.proximal_femur import SITES, proximal_femur
from bonemets_teach.anatomy.sites import PHANTOM_NAMES, default_phantom, sites
from bonemets_teach.anatomy.tissues import is_bone
from bonemets_teach.anatomy.vertebra import vertebra
from bonemets_teach.errors import ParameterError


@pytest.mark.parametrize("name", PHANTOM_NAMES)
def test_sites_lie_in_bone(name: str) -> None:
    """Of the default phantom, which bears its name."""
    phantom = default_phantom(name)
    assert phantom.name == name
    assert sites(name)
    assert all(is_bone(phantom.label[phantom.index_of(point)]) for point in sites(name).values())


def test_the_femur_keeps_its_sites() -> None:
    """The points that the first lessons use."""
    assert sites("proximal femur") == dict(SITES)


def test_sites_follow_the_phantom() -> None:
    """A man's spinous process lies farther back than a woman's."""
    woman, man = (vertebra(sex=s, voxel_mm=3.0) for s in ("female", "male"))
    reach = [sites(p)["spinous process"][1] - sites(p)["vertebral body"][1] for p in (woman, man)]
    assert reach[1] > reach[0]


def test_an_unknown_phantom_is_refused() -> None:
    """The message lists the phantoms."""
    with pytest.raises(ParameterError, match="whole skeleton"):
        sites("knee")


@pytest.mark.parametrize("site", ["vertebral body", "left pedicle", "spinous process"])
def test_a_lesion_in_a_vertebra_respects_disc_and_canal(site: str) -> None:
    """After 24 months the neighbors, discs and canal are untouched."""
    phantom = vertebra(voxel_mm=3.0)
    state = place(phantom, site, phenotype=0.0, months=24)
    own = is_bone(phantom.label, femur_only=True)
    assert state.tumor[own].max() > 0.9
    assert not state.tumor[~own].any()


def test_a_lesion_in_the_hip_bone_crosses_its_parts_but_no_joint() -> None:
    """From the ischium into the ilium, yet into neither sacrum nor femur."""
    phantom = pelvis(voxel_mm=3.0)
    assert phantom.bone_number is not None
    ischium = np.argwhere(phantom.bone_number == BONE_NUMBERS["right ischium"])
    top = ischium[ischium[:, 0] == ischium[:, 0].min() + 1]
    z, y, x = (top[len(top) // 2] + 0.5) * phantom.voxel_mm
    state = place(phantom, (z, y, x), phenotype=0.0, months=24)
    held = {phantom.bone_names[int(n)] for n in np.unique(phantom.bone_number[state.tumor > 0.05])}
    assert {"right ilium", "right ischium"} <= held <= {"right ilium", "right ischium", "right pubis"}


def test_unknown_sites_are_refused_by_phantom() -> None:
    """The message names the phantom and its sites."""
    with pytest.raises(ParameterError, match="in the lumbar vertebra; choose one of vertebral body"):
        place(vertebra(voxel_mm=3.0), "neck", phenotype=0.0, months=1)


def test_age_and_sex_change_the_proximal_femur() -> None:
    """Less bone with age, a larger head in a man, sites still in bone."""
    usual = proximal_femur(voxel_mm=2.5)
    old = proximal_femur(voxel_mm=2.5, age_years=85)
    man = proximal_femur(voxel_mm=2.5, sex="male")

    def volume(phantom: Phantom) -> int:
        return int(is_bone(phantom.label, femur_only=True).sum())

    assert old.bone_fraction.sum() < 0.95 * usual.bone_fraction.sum()
    assert volume(old) == volume(usual)
    assert volume(man) > 1.08 * volume(usual)
    assert all(is_bone(man.label[man.index_of(point)], femur_only=True) for point in man.sites.values())
