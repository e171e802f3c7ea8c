"""The study of a generated patient: every modality, one patient's coordinates."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pytest

from bonemets_teach.anatomy.whole_skeleton import whole_skeleton
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.observer_performance import score_reading
from bonemets_teach.imaging.patient_examinations import examinations
from bonemets_teach.imaging.patient_memory import let_go
from bonemets_teach.imaging.patient_record import Patient
from bonemets_teach.imaging.patient_series import Study, StudySeries, stored
from bonemets_teach.imaging.patient_study import acquire, generate_patient
from bonemets_teach.imaging.patient_truth import mark_at, true_findings, truth_in
from bonemets_teach.imaging.tissue_basis import basis_shares


@pytest.fixture(scope="module")
def study(taken: Any) -> Study:
    """Return one study."""
    return taken.study


def values_near(series: StudySeries, point: tuple[float, float, float]) -> np.ndarray:
    """Return the values of a small square around a point of the patient."""
    at, row, column = (round(value) for value in series.pixel_of(point))
    return series.values(at)[max(row - 2, 0) : row + 3, max(column - 2, 0) : column + 3]


def digest(study: Study) -> str:
    """Return what tells two studies apart."""
    whole = hashlib.sha256()
    for series in study.series:
        whole.update(np.ascontiguousarray(series.pixels).tobytes() + series.affine.tobytes())
    return whole.hexdigest()


def test_the_same_patient_gives_the_same_bytes(study: Study) -> None:
    """Also the noise follows from the seed."""
    assert digest(study) == digest(acquire(generate_patient(study.patient.seed)))


def test_all_modalities_are_there_and_bone_scan_and_ct_have_a_prior(study: Study) -> None:
    """Bone scan, SPECT, PET, radiograph, CT and MRI; this patient had CT before."""
    assert study.patient.has_prior_ct
    assert {"NM", "PT", "DX", "CT", "MR"} == {one.modality for one in study.series}
    planes = {f"ct-{plane}-prior" for plane in ("axial", "coronal", "sagittal")}
    assert {"bone-scan-anterior-prior", "bone-scan-posterior-prior"} | planes == {
        one.id for one in study.series if one.date == "prior"
    }
    assert len(study.series) == len({one.id for one in study.series})


def test_progress_rises_from_0_to_1(taken: Any) -> None:
    """Each step is named."""
    shares = [share for share, _ in taken.told]

    assert (0.0, 1.0) == (shares[0], shares[-1])
    assert sorted(shares) == shares
    assert all(words for _, words in taken.told)


def test_a_study_fits_into_memory(study: Study) -> None:
    """Planes of one scan share their pixels."""
    assert study.stored_bytes < 40e6


def test_pixels_have_room_in_16_bits_and_windows_lie_in_their_values(study: Study) -> None:
    """The first window shows something of every series."""
    for one in study.series:
        assert np.abs(one.pixels.astype(int)).max() <= 32000
        low, high = (one.windows[0].center + side * one.windows[0].width / 2 for side in (-1, 1))
        middle = one.values(one.shape[0] // 2)
        assert np.any((middle > low) & (middle < high))


def test_pixels_and_points_are_each_others_inverse(study: Study) -> None:
    """Of a projection the slice is always 0."""
    for one in study.series:
        pixel = (0.0 if one.projection else one.shape[0] / 3, one.shape[1] / 4, one.shape[2] / 5)
        np.testing.assert_allclose(one.pixel_of(one.point_at(*pixel)), pixel, atol=1e-6)
        lengths = np.linalg.norm(one.affine[:3, :3], axis=0)
        np.testing.assert_allclose(lengths, (one.slice_mm, *one.pixel_mm))


def test_the_posterior_view_is_the_mirror_of_the_anterior_one(study: Study) -> None:
    """The patient's right is at the right, as seen from behind."""
    point = (500.0, 100.0, 60.0)
    front, back = study["bone-scan-anterior"], study["bone-scan-posterior"]

    assert front.pixel_of(point)[2] == pytest.approx(back.shape[2] - 1 - back.pixel_of(point)[2])


def test_every_finding_lies_in_the_whole_body_series(study: Study) -> None:
    """Those of the region in a detailed series as well, those elsewhere in none."""
    for found in study.patient.findings:
        where = {one.region for one in study.series if truth_in(one, found)}
        assert "whole body" in where
        assert (found.region in where) == (found.region != "elsewhere")


def test_the_truth_points_at_what_the_images_show(study: Study) -> None:
    """The metastasis of L1 is hot on PET, bright on STIR, dark on T1 and has lost bone on CT."""
    found = study.patient.findings[0]
    assert ("L1", "lytic") == (found.bone, found.kind)
    # The vertebra above and the next but one below are healthy.
    spine = study["mri-stir"]
    healthy = (found.center_mm[0] + 75.0, found.center_mm[1] + 6.0, found.center_mm[2])

    assert values_near(study["pet-coronal"], found.center_mm).max() > 3
    assert values_near(spine, found.center_mm).mean() > 2 * values_near(spine, healthy).mean()
    assert (
        values_near(study["mri-t1"], found.center_mm).mean()
        < 0.8 * values_near(study["mri-t1"], healthy).mean()
    )
    ct = study["ct-axial"]
    above = (found.center_mm[0] - 32.0, found.center_mm[1] + 6.0, found.center_mm[2])
    assert values_near(ct, found.center_mm).mean() < 0.85 * values_near(ct, above).mean()


def test_the_planes_of_the_ct_agree(study: Study) -> None:
    """The same point has the same value in all three."""
    axial = study["ct-axial"]
    s, r, c = (n // 2 for n in axial.shape)
    point = axial.point_at(s, r, c)
    for name in ("ct-coronal", "ct-sagittal"):
        at, row, column = (round(value) for value in study[name].pixel_of(point))
        assert axial.values(s)[r, c] == study[name].values(at)[row, column]


def test_metastases_were_smaller_on_the_prior_scan(study: Study) -> None:
    """Or not there yet."""
    for found in study.patient.metastases:
        now = truth_in(study["bone-scan-posterior"], found)
        before = truth_in(study["bone-scan-posterior-prior"], found)
        assert now is not None
        assert before is None or before.rows < now.rows


def test_the_prior_ct_shows_the_same_place_before_the_lesion_had_grown(study: Study) -> None:
    """Grids agree to the last bit; the lytic deposit has taken bone since, and the bone beside it has stayed."""
    now, before = study["ct-axial"], study["ct-axial-prior"]
    found = next(one for one in study.patient.metastases if one.region != "elsewhere")
    place = truth_in(now, found)
    assert place is not None

    assert now.shape == before.shape
    assert np.array_equal(now.affine, before.affine)
    assert study.patient.prior_months == before.months_ago
    change = now.pixels.astype(float) - before.pixels
    ball = np.sqrt(
        sum(
            ((index - middle) / half) ** 2
            for index, middle, half in zip(
                np.indices(now.shape),
                (place.slice, place.row, place.column),
                (place.slices, place.rows, place.columns),
                strict=True,
            )
        )
    )
    # The noise of the two means is below 2 HU.
    assert change[ball < 1].mean() < -10
    assert abs(change[(ball > 1.6) & (ball < 3)].mean()) < 5


def test_half_of_the_patients_had_ct_before() -> None:
    """Whether they had follows from the seed, and changes nothing else of them."""
    patients = [generate_patient(seed) for seed in (2, 3)]

    assert [True, False] == [one.has_prior_ct for one in patients]
    assert all(("CT and prior CT" in _words(one)) == one.has_prior_ct for one in patients)


def _words(patient: Patient) -> set[str]:
    return {one.words for part in examinations(patient) for one in part}


def test_a_marked_truth_is_a_hit_in_every_series(study: Study) -> None:
    """Also on projections, which do not know the depth."""
    truth = true_findings(study.patient)
    for one in study.series:
        for found in study.patient.metastases:
            place = truth_in(one, found)
            if place is None:
                continue
            mark = mark_at(one, place.middle, kind=found.appearance, malignant=True, confidence=4)
            score = score_reading(truth, [mark])
            assert (1, 1, 1) == (len(score.hits), score.type_right, score.malignancy_right)
            if not one.projection:
                assert found.id == score.hits[0].finding_id


def test_an_outline_is_widest_in_the_middle_and_none_outside(study: Study) -> None:
    """An ellipsoid cut by slices."""
    place = truth_in(study["ct-axial"], study.patient.findings[0])
    assert place is not None
    middle = place.middle[0]

    assert place.share_at(middle) > 0.9
    assert () == place.outline(middle + round(2 * place.slices) + 2)
    columns = [column for _, column in place.outline(middle)]
    assert max(columns) - min(columns) == pytest.approx(2 * place.columns, rel=0.1)


def test_an_unknown_series_is_refused(study: Study) -> None:
    """The message lists what there is."""
    with pytest.raises(ParameterError, match="ct-axial"):
        study["ultrasound"]


def test_values_too_large_for_the_step_are_stored_in_coarser_steps() -> None:
    """By powers of two."""
    pixels, scale = stored(np.array([[[0.0, 100_000.0]]]), 1.0)

    assert 4.0 == scale
    assert 25_000 == pixels[0, 0, 1]


def test_pixels_of_another_type_are_refused(study: Study) -> None:
    """A series holds 16-bit stacks."""
    one = study.series[0]
    with pytest.raises(ParameterError, match="int16"):
        StudySeries(**{name: getattr(one, name) for name in one.__slots__} | {"pixels": np.zeros((2, 2))})


def test_phantoms_are_let_go() -> None:
    """So memory does not grow from patient to patient; tables that no patient changes stay."""
    before, table = whole_skeleton(voxel_mm=8.0), basis_shares("water")
    assert before is whole_skeleton(voxel_mm=8.0)

    let_go()

    assert before is not whole_skeleton(voxel_mm=8.0)
    assert table is basis_shares("water")
