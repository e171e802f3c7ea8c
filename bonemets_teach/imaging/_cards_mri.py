"""Cards of the models of MRI: signal and artifacts, tissues, and the benign findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, cast

from bonemets_teach.biology.lemaire2004_constants import Constant
from bonemets_teach.biology.model_card import Check, ModelCard, from_name, from_table
from bonemets_teach.imaging import (
    _mri_acquisition,
    _mri_disc,
    _mri_emission,
    _mri_timing,
    mri_content,
    mri_kspace,
    mri_metal,
    mri_signal,
)
from bonemets_teach.imaging.mri_relaxation import FIELDS_T, Relaxation, relaxation, tissue_names

__all__ = ["MRI_CARDS", "RELAXATION"]

_CLINIC: Final = "looks as in the clinic"
_CHOICE: Final = "order of clinical protocols"


def _rows() -> Iterator[Constant]:
    for tissue in tissue_names():
        for field in FIELDS_T:
            row = relaxation(tissue, field)
            yield _constant(row, "T1", field, row.t1_ms, "ms")
            yield _constant(row, "T2", field, row.t2_ms, "ms")
        yield _constant(row, "ADC", None, row.adc_um2_ms, "10⁻³ mm²/s")


def _constant(row: Relaxation, name: str, field: float | None, value: float, unit: str) -> Constant:
    at = f" at {field:g} T" if field else ""
    return Constant(
        symbol=f"{name} {row.tissue}{at}", value=value, unit=unit, meaning=f"{name} of {row.tissue}{at}",
        kind=cast('Literal["published", "calibrated", "chosen"]', row.kinds[name.lower()]), source=row.source,
    )  # fmt: skip


RELAXATION: Final = tuple(_rows())
"""Relaxation times and diffusion coefficients as the table holds them."""

_SIGNAL: Final = ModelCard(
    id="mri",
    title="MRI",
    purpose="A sagittal, axial or coronal MR image of any phantom: water and fat of every tissue, encoded in k-space, with noise and artifacts.",
    papers=(
        ("Bernstein MA, King KF, Zhou XJ. Handbook of MRI Pulse Sequences. Elsevier 2004.", ""),
        ("Dixon WT. Radiology 1984; 153: 189-194.", "https://doi.org/10.1148/radiology.153.1.6089263"),
        ("Yu H, et al. Magn Reson Med 2008; 60: 1122 and Hamilton G, et al. NMR Biomed 2011; 24: 784 (spectrum of fat).", ""),
        ("Szomolanyi P, et al. Invest Radiol 2019; 54: 559-564 (relaxivity of gadobutrol).", "https://doi.org/10.1097/RLI.0000000000000577"),
        ("Majumdar S, Genant HK. J Magn Reson Imaging 1992; 2: 209 (T2* of marrow and bone density).", ""),
        ("Marques JP, Bowtell R. Concepts Magn Reson B 2005; 25B: 65-78 (field of a dipole).", "https://doi.org/10.1002/cmr.b.20034"),
    ),
    equations=(
        "voxel = (1 − f)[(1 − T)((1 − φ) red marrow + φ fat) + T lesion];  tissue = (1 − ff) water + ff fat",
        "spin echo: PD (1 − 2 e^(−(TR − TE/2)/T1) + e^(−TR/T1)) e^(−TE/T2)",
        "STIR: PD |1 − 2 e^(−TI/T1) + e^(−TR/T1)| e^(−TE/T2), null at TI = T1 ln 2;  diffusion: × e^(−b ADC)",
        "gradient echo: sin α (1 − E1)/(1 − cos α E1) · |W + F Σ a_p e^(2πi ν_p TE)| · e^(−TE R2′ f)",
        "gadolinium: 1/T1 + r1 c;  dense bone in a spin echo: e^(−TE r f²)",
        "fat shift = 3.4 ppm · B0/bandwidth per pixel;  SNR ∝ B0 · voxel volume · √(lines · averages/bandwidth)",
        "breathing: line k × e^(−2πi k d(t));  metal: ΔB = FT⁻¹[(1/3 − k_z²/k²) FT χ]",
    ),
    parameters=(
        from_name(mri_signal, "GYROMAGNETIC_MHZ_T", "γ | MHz/T | precession of protons", "published", "CODATA"),
        from_name(mri_signal, "FAT_SHIFT_PPM", "δ | ppm | main peak of fat below water", "published", "methylene protons"),
        from_name(mri_kspace, "_NOISE_OF_REFERENCE", "σ0 | 1 | noise of a reference scan", "calibrated", "muscle on T1 at 1.5 T with 20 times the noise"),
        from_name(mri_kspace, "_GEOMETRY_GAIN", "g | 1 | noise added by each step of parallel imaging", "chosen", _CHOICE),
        from_name(mri_kspace, "_BREATH_MS", "τ | ms | time of a breath", "chosen", "16 breaths a minute"),
        from_name(_mri_emission, "_R2_PRIME_PER_BONE", "R2′ | 1/s | dephasing in a full voxel of bone at 1.5 T", "published",
                  "0.20 1/s per mg/cm³ (Majumdar 1992) times 1100 mg/cm³ (chosen)"),
        from_name(_mri_emission, "_R2_PER_BONE_SQUARED", "r | 1/s | faster decay of spin echoes in dense bone", "calibrated", "blastic lesions are dark on T2"),
        from_name(mri_metal, "_SUPPRESSED", "s | 1 | share of fat that a pulse takes away", "chosen", _CHOICE),
        from_name(mri_metal, "_PULSE_WIDTH", "w | 1 | width of that pulse over the fat shift", "chosen", _CHOICE),
        from_name(_mri_acquisition, "_STILL_FROM", "d | 1 | share of the depth behind which nothing breathes", "chosen", _CLINIC),
        from_name(_mri_timing, "LOW_B_S_MM2", "b1 | s/mm² | lower weighting of an ADC map", "chosen", _CHOICE),
        from_name(_mri_timing, "_GRADIENT_T_M", "G | T/m | gradient for diffusion", "chosen", "whole-body scanners"),
    ),
    simplifications=(
        "Even coil sensitivity and even main field but for metal; no flow, so vessels look like muscle.",
        "Echo trains are taken at their effective echo time: no blur, no J-coupling but in the T2 of fat.",
        "No wrap-around, no partial Fourier, no distortion of echo-planar images; parallel imaging amplifies noise evenly.",
        "Breathing is even and moves the front of the body only; pulsation of CSF is left out.",
        "Metal moves signal in the plane; that it also bends the slice and spoils pulses other than fat suppression is left out.",
        "Signals are on one scale (fully relaxed water 1000); scanners scale each image freely.",
    ),
    checks=(
        Check(what="Inversion time of the null against T1 ln 2, on the equation and on images", tolerance="0.1 ms; 1 ms", test="reference/test_mri.py"),
        Check(what="ADC of a noisy scan against that of the tissue", tolerance="3 %", test="reference/test_mri.py"),
        Check(what="Metastasis darker than marrow on T1; opposed over in phase against the cut-off 0.82", tolerance="sign", test="reference/test_mri.py"),
        Check(what="T1 of whole marrow against de Bazelaire 2004", tolerance="2 SD", test="reference/test_mri.py"),
        Check(what="Rician noise, SNR with averages, voxel, field and bandwidth; Gibbs, ghosts, chemical shift, metal", tolerance="5 to 30 %", test="unit/imaging/test_mri_image.py"),
    ),
)  # fmt: skip

_TISSUES: Final = ModelCard(
    id="mri-tissues",
    title="Tissues in MRI",
    purpose="Relaxation times and diffusion of normal tissues, metastases before and after treatment, and what mimics them.",
    papers=(
        ("Biffar A, et al. Eur Radiol 2010; 20: 2679 (water and fat of vertebral lesions).", "https://doi.org/10.1007/s00330-010-1833-4"),
        ("de Bazelaire CM, et al. Radiology 2004; 230: 652-659.", "https://doi.org/10.1148/radiol.2303021331"),
        ("Gold GE, et al. AJR 2004; 183: 343; Stanisz GJ, et al. Magn Reson Med 2005; 54: 507 (as quoted).", ""),
        ("Ruschke S, et al. NMR Biomed 2021; 34: e4439 (T2 of marrow water).", "https://doi.org/10.1002/nbm.4439"),
        ("Messiou C, et al. Eur Radiol 2011; 21: 1713 (ADC of metastases).", ""),
    ),
    equations=(
        "lesion = lytic metastasis at little bone, blastic at much, in between a mixture",
        "benign findings: shapes of shares of edema, fat, vessels or disc, and of added bone",
    ),
    parameters=(
        *from_table(RELAXATION, "bonemets_teach.imaging._cards_mri:RELAXATION"),
        from_name(mri_content, "_LYTIC_BELOW", "f_l | 1 | bone fraction up to which a metastasis relaxes as lytic", "chosen", _CLINIC),
        from_name(mri_content, "_BLASTIC_FROM", "f_b | 1 | bone fraction from which it relaxes as blastic", "chosen", _CLINIC),
        from_name(_mri_disc, "_ANNULUS_MM", "a | mm | thickness of the annulus", "chosen", "order of anatomy"),
    ),
    simplifications=(
        "Two pools a tissue, no exchange; proton density, fat share and uptake of contrast are chosen.",
        "Where a paper gives one field only, T1 at the other is that times or over 1.21 (mean rise in de Bazelaire 2004).",
        "The T2 of lytic metastases is calibrated; fingerprinting found 45 ms, with which they would hardly stand out on T2.",
        "Published ADCs of benign and malignant fractures differ widely between studies; no threshold follows from this table.",
        "Sizes and shapes of benign findings are typical, not measured.",
    ),
    checks=(
        Check(what="Each finding is bright or dark on T1, T2 and STIR as textbooks say", tolerance="sign", test="unit/imaging/test_mri_mimics.py"),
        Check(what="Every row is possible and has kinds and a source", tolerance="properties", test="unit/imaging/test_mri_signal.py"),
    ),
)  # fmt: skip

MRI_CARDS: Final = (_SIGNAL, _TISSUES)
"""Cards in the order of the lesson."""
