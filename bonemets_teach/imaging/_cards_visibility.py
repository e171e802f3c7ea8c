"""Cards of the chart of tests over months, and of benign findings that look like a metastasis."""

from __future__ import annotations

from typing import Final

from bonemets_teach.anatomy import benign
from bonemets_teach.biology.model_card import Check, ModelCard, from_name
from bonemets_teach.imaging import _visibility_signals as signal
from bonemets_teach.imaging import detectability, first_visible

__all__ = ["VISIBILITY_CARDS"]

_MR: Final = "relaxation times of the table for MRI, spin echo 600/12 at 1.5 T"
_ROOM: Final = "variation of normal bone that a reader looks through; no published value"
_LOOKS: Final = "looks as in the textbook"

_FIRST: Final = ModelCard(
    id="first-visible",
    title="When each test first shows a lesion",
    purpose="Follows one growing lesion with a contrast-to-noise model for each test. The order of the tests comes out; it is not put in.",
    papers=(
        ("Burgess AE. The Rose model, revisited. J Opt Soc Am A 1999; 16: 633.", "https://doi.org/10.1364/JOSAA.16.000633"),
        ("J Palliat Med 2009; 12: 195-198 (case report with review): lesions from 1 cm, CT about 6 months before the radiograph.",
         "https://doi.org/10.1089/jpm.2008.0055"),
    ),
    equations=(
        "the lesion is that of the lesion field, growing from the middle of a box of cancellous bone",
        "radiograph: I/I₀ − 1 over (1 + SPR), all energies;  CT: HU by the mixture rule, mean of a slice",
        "MRI: T1 signal of marrow and tumor × (1 − f);  FDG: 1 + T (avidity − 1), blurred",
        "NaF and bone scan: osteoblast activity B(T) × bone surface S(f)/S(f₀), blurred",
        "signal/noise = mean contrast in the best square / √(clutter² + quanta/area);  seen from k on",
    ),
    parameters=(
        from_name(detectability, "ROSE_THRESHOLD", "k | 1 | signal over noise that is seen", "published", "Rose 1948; Burgess 1999"),
        from_name(detectability, "CLUTTER", "σ_x | 1 | clutter of a radiograph before scatter", "calibrated", "30 to 50 % in the body, less on excised bones"),
        from_name(signal, "QUANTA_PER_MM2", "N | 1/mm² | photons used by a radiograph", "chosen", "2.5 µGy at the detector"),
        from_name(signal, "TUBE_VOLTAGE_KV", "U | kV | voltage of the radiograph", "chosen", "usual for the trunk"),
        from_name(signal, "CT_CLUTTER_HU", "σ_CT | HU | spread of trabecular bone at the scale of a lesion", "chosen", _ROOM),
        from_name(signal, "CT_NOISE_HU", "σ_q | HU | noise of a pixel", "chosen", "usual for the trunk"),
        from_name(signal, "CT_NOISE_AREA_MM2", "A_q | mm² | area over which pixels share noise", "chosen", "soft kernel"),
        from_name(signal, "CT_SLICE_MM", "d_CT | mm | slice of CT", "chosen", "usual clinical setting"),
        from_name(signal, "T1_YELLOW", "S_y | 1 | T1 signal of yellow marrow", "published", _MR),
        from_name(signal, "T1_RED", "S_r | 1 | T1 signal of red marrow", "published", _MR),
        from_name(signal, "T1_LYTIC", "S_l | 1 | T1 signal of a lytic metastasis", "published", _MR),
        from_name(signal, "T1_BLASTIC", "S_b | 1 | T1 signal of a blastic metastasis", "published", _MR),
        from_name(signal, "MR_SLICE_MM", "d_MR | mm | slice of MRI", "chosen", "usual clinical setting"),
        from_name(signal, "MR_CLUTTER", "σ_MR | 1 | relative spread of normal marrow", "chosen", _ROOM),
        from_name(signal, "MR_NOISE", "σ_m | 1 | relative noise of a square millimeter", "chosen", "usual image quality"),
        from_name(signal, "PET_FWHM_MM", "FWHM | mm | resolution of PET", "chosen", "whole-body scanners with their filter"),
        from_name(signal, "MARROW_CLUTTER", "σ_F | 1 | relative spread of FDG in marrow", "chosen", _ROOM),
        from_name(signal, "BONE_CLUTTER", "σ_N | 1 | relative spread of NaF in bone", "chosen", _ROOM),
        from_name(signal, "MARROW_SUV", "SUV_m | 1 | FDG of normal marrow", "chosen", "usual value"),
        from_name(signal, "TUMOR_SUV", "SUV_t | 1 | FDG of lytic tumor", "chosen", "usual value"),
        from_name(signal, "BLASTIC_AVIDITY", "a | 1 | avidity of blastic over lytic tumor", "chosen", "blastic deposits take up less"),
        from_name(signal, "CAMERA_INTRINSIC_MM", "R_i | mm | intrinsic resolution of the camera", "published", "usual camera, recalled"),
        from_name(signal, "CAMERA_NEAR_MM", "R_0 | mm | collimator at its face", "calibrated", "7.4 mm at 10 cm for low-energy high-resolution collimators"),
        from_name(signal, "CAMERA_SLOPE", "s | 1 | collimator blur per distance", "calibrated", "7.4 mm at 10 cm for low-energy high-resolution collimators"),
        from_name(signal, "COUNTS_PER_MM2", "n | 1/mm² | counts over bone", "chosen", "1.5 million counts of a whole body"),
        from_name(signal, "SCAN_CLUTTER", "σ_S | 1 | relative spread between normal bones", "chosen", _ROOM),
        from_name(first_visible, "_VOXEL_MM", "h | mm | grid of the lesion", "chosen", "half of it moves a uniform lesion by half a month at most"),
    ),
    simplifications=(
        "Only cancellous bone: cortex, where lytic lesions of ribs and shafts show first, is left out.",
        "An observer who knows where to look; search, readers, degenerative uptake and overlying bowel are left out.",
        "Months count from the first tumor cells in the model, which no patient knows. Read the order, not the month.",
        "The published lead of CT over the radiograph, 6 months, comes from one review; the model gives about half for a lytic vertebra.",
        "A mixed lesion depends on its random mosaic: CT and radiograph may come a few months earlier or later.",
        "MRI is T1 alone; STIR, diffusion and contrast medium are left out.",
    ),
    checks=(
        Check(what="Order of tests for lytic and blastic lesions, cold lesion late, thresholds, growth", tolerance="properties", test="unit/imaging/test_first_visible.py"),
        Check(what="Size when a radiograph first shows a lytic lesion: at least the 1 cm of the review", tolerance="bound", test="unit/imaging/test_first_visible.py"),
    ),
)  # fmt: skip

_BENIGN: Final = ModelCard(
    id="benign-mimics",
    title="Benign findings",
    purpose="Bone island, hemangioma, Paget's disease, osteoporotic collapse, degenerative disease and a healed metastasis, as fields that every test reads.",
    papers=(
        ("Ulano A, et al. AJR 2016; 207: 362 (CT numbers of bone islands and untreated blastic metastases).", ""),
        ("Ann Nucl Med 2020; 34: 39 (SUV of normal and degenerative vertebrae and of metastases).", ""),
    ),
    equations=("tumor = 0;  bone fraction, marrow fat, labels and osteoblast activity are set in shapes",),
    parameters=(
        from_name(benign, "ISLAND_FRACTION", "f_i | 1 | bone fraction of a bone island", "published", "1190 HU (Ulano 2016), by HU = −21 + 1667 f"),
        from_name(benign, "COLUMN_SPACING_MM", "p | mm | distance of the columns of a hemangioma", "chosen", _LOOKS),
        from_name(benign, "COLUMN_FRACTION", "f_c | 1 | bone fraction of the columns", "chosen", _LOOKS),
        from_name(benign, "HEMANGIOMA_FAT", "φ_h | 1 | fat between them", "chosen", "bright on T1"),
        from_name(benign, "PAGET_CORTEX_MM", "c | mm | cortex in Paget's disease", "chosen", _LOOKS),
        from_name(benign, "PAGET_CORTEX_FRACTION", "f_p | 1 | its bone fraction", "chosen", _LOOKS),
        from_name(benign, "PAGET_EXPANSION_MM", "e | mm | growth of the bone all around", "chosen", _LOOKS),
        from_name(benign, "PAGET_ACTIVITY", "B_p | 1 | osteoblast activity in Paget's disease", "chosen", "intense on every bone scan"),
        from_name(benign, "OSTEOPOROTIC_SHARE", "V_o | 1 | bone that an osteoporotic vertebra has left", "chosen", "below the fracture range"),
        from_name(benign, "FRACTURE_ACTIVITY", "B_f | 1 | osteoblast activity of a fresh fracture", "chosen", "hot for months"),
        from_name(benign, "DEGENERATIVE_ACTIVITY", "B_d | 1 | activity of degenerative bone", "published", "SUVmax 12.59/7.08 (Ann Nucl Med 2020)"),
        from_name(benign, "SCLEROSIS_MM", "d | mm | sclerosis along the endplate", "chosen", _LOOKS),
        from_name(benign, "OSTEOPHYTE_MM", "o | mm | reach of osteophytes", "chosen", _LOOKS),
        from_name(benign, "HEALED_RIM_FRACTION", "f_r | 1 | rim of a healed deposit", "chosen", _LOOKS),
        from_name(benign, "HEALED_CORE_FRACTION", "f_h | 1 | its middle", "chosen", _LOOKS),
    ),
    simplifications=(
        "Shapes and numbers show what each finding is known by; they are no statistics of patients.",
        "The arch of a collapsed vertebra and what lies above its disc stay in place; edema and hematoma are left out.",
    ),
    checks=(
        Check(what="Bone island against 1190 HU; degenerative activity against published SUV", tolerance="30 HU; 1 %", test="unit/anatomy/test_benign.py"),
        Check(what="Wedge, mineral kept, columns, expansion, no tumor", tolerance="properties", test="unit/anatomy/test_benign.py"),
    ),
)  # fmt: skip

VISIBILITY_CARDS: Final = (_FIRST, _BENIGN)
"""Cards in the order of the lesson."""
