"""A small study of a real skeleton: what the reading room shows in tests, without taking any image."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import numpy as np

from bonemets_teach.imaging.patient_examinations import Examination
from bonemets_teach.imaging.patient_record import Finding, LabValue, Patient
from bonemets_teach.imaging.patient_series import NamedWindow, StudySeries

LESION_MM = (620.0, 190.0, 256.0)
BENIGN_MM = (760.0, 180.0, 200.0)


def generate(seed: int, *, difficulty: str = "mixed") -> Patient:
    """Return the patient of a seed; a seed that 5 divides has no findings."""
    lesion = Finding(
        id="A", bone="L3", center_mm=LESION_MM, size_mm=30.0, kind="lytic", malignant=True, region="lumbar vertebra",
        phenotype=0.1, months=12.0,
    )  # fmt: skip
    harmless = Finding(
        id="B", bone="right ilium", center_mm=BENIGN_MM, size_mm=16.0, kind="bone island", malignant=False, region="elsewhere",
    )  # fmt: skip
    return Patient(
        seed=seed, difficulty=difficulty, sex="female", age_years=65, height_cm=165, primary="breast", tracer="FDG",
        history="A woman of 65. Breast cancer, operated on 4 years ago. Back pain for 6 weeks, worse at night.",
        labs=(LabValue(name="Calcium", value=2.7, unit="mmol/L", low=2.1, high=2.6),),
        findings=() if seed % 5 == 0 else (lesion, harmless), region="lumbar vertebra", level="L3", prior_months=4.0,
    )  # fmt: skip


def _affine(origin: tuple[float, ...], steps: tuple[float, ...], axes: str) -> Any:
    matrix = np.zeros((4, 4))
    for index, (axis, step) in enumerate(zip(axes, steps, strict=True)):
        matrix["zyx".index(axis), index] = step
    matrix[:3, 3], matrix[3, 3] = origin, 1.0
    return matrix


def _scan(view: str, date: Literal["prior", "current"]) -> StudySeries:
    z = np.arange(215)[:, None] * 8.0 + 4
    x = np.arange(64)[None] * 8.0 + 4
    body = 40.0 + 60 * np.exp(-(((x - 256) / 40) ** 2)) * (z < 900)
    spot = 300.0 * np.exp(-((z - LESION_MM[0]) ** 2 + (x - LESION_MM[2]) ** 2) / 400)
    counts = body + (spot if date == "current" else 0.3 * spot)
    back = view == "posterior"
    return StudySeries(
        id=f"bone-scan-{view}" + ("-prior" if date == "prior" else ""), modality="NM", title=f"Bone scan, {view}", date=date,
        region="whole body", plane="coronal", pixels=np.rint(counts[:, ::-1] if back else counts)[None].astype(np.int16), scale=1.0,
        unit="counts", pixel_mm=(8.0, 8.0), slice_mm=276.0,
        affine=_affine((4.0, 138.0, 508.0 if back else 4.0), (276.0, 8.0, -8.0 if back else 8.0), "yzx"),
        windows=(NamedWindow(name="bone", center=100.0, width=200.0), NamedWindow(name="lesion", center=200.0, width=400.0)),
        inverted=True, projection=True, months_ago=0.0 if date == "current" else 4.0,
    )  # fmt: skip


def _ct(plane: Literal["axial", "sagittal"]) -> StudySeries:
    first = (560.0, 126.0, 192.0)
    z, y, x = np.meshgrid(
        *(np.arange(n) * 2.0 + start for n, start in zip((60, 64, 64), first, strict=True)), indexing="ij"
    )
    bone = np.hypot(y - 190, x - 256) < 28
    hole = (z - LESION_MM[0]) ** 2 + (y - LESION_MM[1]) ** 2 + (x - LESION_MM[2]) ** 2 < 15**2
    hu = np.where(bone & ~hole, 300, 40).astype(np.int16)
    axes = {"axial": (0, 1, 2), "sagittal": (2, 0, 1)}[plane]
    return StudySeries(
        id=f"ct-{plane}", modality="CT", title=f"CT, {plane}", date="current", region="lumbar vertebra", plane=plane,
        pixels=np.ascontiguousarray(hu.transpose(axes)), scale=1.0, unit="HU", pixel_mm=(2.0, 2.0), slice_mm=2.0,
        affine=_affine(first, (2.0, 2.0, 2.0), "".join("zyx"[n] for n in axes)),
        windows=(NamedWindow(name="bone", center=400.0, width=1800.0), NamedWindow(name="soft tissue", center=40.0, width=400.0)),
    )  # fmt: skip


def _spect() -> StudySeries:
    """Return a stack with voxels of its own, leaning 0.2 rad to the front: nothing but geometry brings it to the CT."""
    steps, cos, sin = (4.4, 4.8, 4.8), np.cos(0.2), np.sin(0.2)
    affine = np.eye(4)
    affine[:3, :3] = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]]) * steps
    affine[:3, 3] = np.array(LESION_MM) - affine[:3, :3] @ (11.3, 13.6, 12.4)
    index = np.stack(np.meshgrid(*(np.arange(n) for n in (24, 28, 26)), indexing="ij"), axis=-1)
    place = index @ affine[:3, :3].T + affine[:3, 3]
    suv = 0.5 + 10 * np.exp(-(((place - LESION_MM) / 12) ** 2).sum(axis=-1))
    return StudySeries(
        id="spect-axial", modality="NM", title="SPECT, axial", date="current", region="lumbar vertebra", plane="axial",
        pixels=np.rint(suv * 100).astype(np.int16), scale=0.01, unit="SUV", pixel_mm=steps[1:], slice_mm=steps[0], affine=affine,
        windows=(NamedWindow(name="bone", center=8.0, width=16.0), NamedWindow(name="lesion", center=20.0, width=40.0)),
        inverted=True,
    )  # fmt: skip


SERIES = (
    _scan("anterior", "current"), _scan("posterior", "current"), _scan("anterior", "prior"), _scan("posterior", "prior"),
    _spect(),
    _ct("axial"), _ct("sagittal"),
)  # fmt: skip


def examinations(_patient: Patient) -> tuple[tuple[Examination, ...], tuple[Examination, ...]]:
    """Return what is examined in a patient."""
    scans, rest = SERIES[:4], SERIES[4:]
    return (
        (Examination(words="bone scan", take=lambda: (replace(one) for one in scans)),),
        (Examination(words="CT", take=lambda: (replace(one) for one in rest)),),
    )
