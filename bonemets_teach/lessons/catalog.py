"""The course: fourteen lessons in their order, those without a notebook still to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bonemets_teach.errors import ContentError

__all__ = ["COURSE", "CourseEntry", "find_lesson", "ready_lessons"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseEntry:
    """One lesson of the course.

    Parameters
    ----------
    number : int
        Place in the course, from 1.
    id : str
        Stable name, as in ``/lesson/<id>``.
    title : str
        What the learner reads.
    teaches : str
        One sentence on the content.
    notebook : str or None
        File name in ``notebooks/``; None for a lesson that is coming.
    minutes : int
        Time to work through it.
    prerequisites : tuple of str
        Ids of lessons that come before.
    scenes : tuple of str
        Ids of the explorers, in order.
    """

    number: int
    id: str
    title: str
    teaches: str
    notebook: str | None = None
    minutes: int = 40
    prerequisites: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()


COURSE: Final = (
    CourseEntry(
        number=1,
        id="bone-remodeling",
        title="Bone remodeling",
        teaches="Why living bone is torn down and rebuilt, who does it, and what keeps both in step.",
        notebook="01_bone_remodeling.ipynb",
        minutes=60,
        scenes=("remodeling-cycle", "trabecular-lattice", "hormones-and-age"),
    ),
    CourseEntry(
        number=2,
        id="spread-to-bone",
        title="How cancer reaches bone",
        teaches="Why spine, pelvis, ribs and hip; why a deposit keeps the name of its primary.",
        notebook="02_spread_to_bone.ipynb",
        minutes=50,
        prerequisites=("bone-remodeling",),
        scenes=("where-it-goes", "vicious-cycle"),
    ),
    CourseEntry(
        number=3,
        id="lytic-and-blastic",
        title="Lytic and blastic lesions",
        teaches="One tumor, three bones: how cell activity becomes a hole, a white spot, or both.",
        notebook="03_lytic_and_blastic.ipynb",
        minutes=75,
        prerequisites=("bone-remodeling",),
        scenes=("vicious-cycle", "lesion-phenotype", "drug-timeline", "lesion-3d"),
    ),
    CourseEntry(
        number=4,
        id="radiograph-and-ct",
        title="Radiograph and CT",
        teaches="What X-rays measure, when a lesion shows, and what each test misses.",
        notebook="04_radiograph_and_ct.ipynb",
        minutes=85,
        prerequisites=("lytic-and-blastic",),
        scenes=("radiograph", "radiograph-views", "ct", "ct-planes", "detectability"),
    ),
    CourseEntry(
        number=5,
        id="nuclear-and-mri",
        title="Bone scan, PET and MRI",
        teaches="Flare, superscan, cold lesions, mimics, and which test when.",
        notebook="05_nuclear_and_mri.ipynb",
        minutes=100,
        prerequisites=("radiograph-and-ct",),
        scenes=(
            "bone-scan",
            "spect-ct",
            "uptake-cutoff",
            "pet-tracers",
            "mr-sequences",
            "mr-artifacts",
            "which-test-when",
        ),
    ),
    CourseEntry(
        number=6,
        id="reading-room",
        title="The reading room",
        teaches="Search, describe and decide: one patient in every modality, scored against the truth.",
        notebook="06_reading_room.ipynb",
        minutes=60,
        prerequisites=("nuclear-and-mri",),
    ),
    CourseEntry(
        number=7,
        id="symptoms-and-emergencies",
        title="Symptoms and emergencies",
        teaches="Pain, fracture, cord compression, high calcium and marrow failure; the red flags.",
    ),
    CourseEntry(
        number=8,
        id="hypercalcemia",
        title="Hypercalcemia",
        teaches="Calcium, kidney and dehydration: a loop that can run away, and how to stop it.",
    ),
    CourseEntry(
        number=9,
        id="fracture-risk",
        title="Fracture risk",
        teaches="When a bone is about to break, and what rods, plates and prostheses do.",
    ),
    CourseEntry(
        number=10,
        id="spine",
        title="The spine",
        teaches="Stability, cord compression, surgery, radiotherapy and cement.",
    ),
    CourseEntry(
        number=11,
        id="bone-drugs",
        title="Bone drugs",
        teaches="Bisphosphonates and denosumab: action, dose, kidney, jaw, calcium, and stopping.",
    ),
    CourseEntry(
        number=12,
        id="radiation",
        title="Radiation",
        teaches="One fraction or many, flare, healing of bone, and radiopharmaceuticals.",
    ),
    CourseEntry(
        number=13,
        id="systemic-and-ablation",
        title="Systemic treatment and ablation",
        teaches="Treating the cancer itself, and destroying one deposit with heat, cold or sound.",
    ),
    CourseEntry(
        number=14,
        id="virtual-patients",
        title="Virtual patients",
        teaches="Twelve invented patients, from the first pain to the plan.",
    ),
)


def ready_lessons() -> tuple[CourseEntry, ...]:
    """Return the lessons that have a notebook.

    Returns
    -------
    lessons : tuple of CourseEntry
        In course order.
    """
    return tuple(entry for entry in COURSE if entry.notebook is not None)


def find_lesson(lesson_id: str) -> CourseEntry:
    """Return a lesson that has a notebook.

    Parameters
    ----------
    lesson_id : str
        For example "bone-remodeling".

    Returns
    -------
    entry : CourseEntry
        The lesson.

    Raises
    ------
    ContentError
        If there is no such lesson, or it is still to come.
    """
    for entry in ready_lessons():
        if entry.id == lesson_id:
            return entry
    ids = ", ".join(entry.id for entry in ready_lessons())
    message = f"there is no lesson “{lesson_id[:60]}”; the lessons are {ids}"
    raise ContentError(message)
