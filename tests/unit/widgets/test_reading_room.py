"""The reading room answers the page: patient, slices, places, truth and what many readings amount to."""

from __future__ import annotations

import importlib.util
import json
import math
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from bonemets_teach import lessons
from bonemets_teach.imaging.patient_examinations import Examination
from bonemets_teach.imaging.patient_record import Patient
from bonemets_teach.imaging.patient_study import DIFFICULTIES
from bonemets_teach.widgets._reading_studio import Studio
from bonemets_teach.widgets.reading_room import ReadingRoom

Sent = list[tuple[dict[str, Any], list[bytes]]]
SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def small() -> ModuleType:
    """Return the module of the small study."""
    spec = importlib.util.spec_from_file_location("small_study", Path(__file__).with_name("small_study.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def _keep_the_skeleton(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build the skeleton once: making it is not what is tested."""
    monkeypatch.setattr("bonemets_teach.widgets._reading_studio.let_go", lambda: None)


@pytest.fixture
def talk(small: ModuleType) -> Callable[..., Sent]:
    """Send messages to a reading room and return what it answers."""

    def run(*messages: Any, room: ReadingRoom | None = None, **options: Any) -> Sent:
        room = room or ReadingRoom(
            **{"generate": small.generate, "examine": small.examinations, "apart": False, **options}
        )
        sent: Sent = []
        room.send = lambda content, buffers=None: sent.append((content, buffers or []))
        for message in messages:
            room._receive(room, message, [])
        return sent

    return run


def _mark(position: Any, **changes: Any) -> dict[str, Any]:
    return {
        "number": 1, "position": list(position), "sight": None, "bone": None, "kind": "lytic", "malignant": True,
        "confidence": 4,
    } | changes  # fmt: skip


def _read(*marks: dict[str, Any], seed: int = 1) -> dict[str, Any]:
    return {"type": "read", "seed": seed, "marks": list(marks)}


OPEN = {"type": "patient", "seed": 1}


def test_a_patient_is_told_without_the_truth(talk: Callable[..., Sent]) -> None:
    """Series, history and bones are sent as JSON; no word or number of a finding is among them."""
    study = talk(OPEN)[-1][0]
    text = json.dumps(study, allow_nan=False)

    assert "study" == study["type"]
    assert ["ct-axial", "ct-sagittal"] == [one["id"] for one in study["series"]][-2:]
    assert "4 months ago" == study["series"][2]["when"]
    assert "bone island" not in text
    assert "620.0, 190.0, 256.0" not in text
    assert "finding" not in text.lower()


def test_series_of_both_dates_share_a_window(talk: Callable[..., Sent]) -> None:
    """Prior and current counts are shown on one scale; CT has its own."""
    groups = {one["id"]: one["group"] for one in talk(OPEN)[-1][0]["series"]}

    assert groups["bone-scan-anterior"] == groups["bone-scan-posterior-prior"]
    assert groups["ct-axial"] == groups["ct-sagittal"] != groups["bone-scan-anterior"]


def test_pairs_to_compare_name_series_that_are_there(talk: Callable[..., Sent]) -> None:
    """Front beside back comes first; the prior stands left of the current scan."""
    study = talk(OPEN)[-1][0]
    known = {one["id"] for one in study["series"] + study["fusions"]}
    pairs = {pair["label"]: (pair["left"], pair["right"]) for pair in study["arrangements"]}

    assert "Front and back" == study["arrangements"][0]["label"]
    assert ("bone-scan-posterior-prior", "bone-scan-posterior") == pairs["Prior and now"]
    assert {name for pair in pairs.values() for name in pair} <= known


def test_every_bone_can_be_chosen_from_the_list(talk: Callable[..., Sent]) -> None:
    """Each bone of the skeleton stands in one group, with a place inside the body."""
    groups = talk(OPEN)[-1][0]["bones"]
    names = [bone["name"] for group in groups for bone in group["bones"]]

    assert {"skull", "T7", "L3", "left rib 12", "right femur"} <= set(names)
    assert len(names) == len(set(names)) > 70
    assert all(group["bones"] for group in groups)
    assert all(
        math.isfinite(v) and v > 0 for group in groups for bone in group["bones"] for v in bone["position"]
    )


def test_progress_is_told_while_the_patient_is_examined(talk: Callable[..., Sent], monkeypatch: Any) -> None:
    """Words and share come with the patient's number, before the study."""
    monkeypatch.setattr("bonemets_teach.widgets._progress._PAUSE_S", 0.0)

    sent = [message for message, _ in talk(OPEN)]

    assert ["progress", "progress", "study"] == [message["type"] for message in sent]
    assert {"type": "progress", "seq": 1, "fraction": 0.5, "text": "CT"} == sent[1]


def test_slices_are_the_stored_values(talk: Callable[..., Sent], small: ModuleType) -> None:
    """Little-endian 16-bit integers of exactly the slices that were asked for."""
    message = {"type": "slices", "seed": 1, "series": "ct-axial", "first": 20, "count": 3}

    answer, buffers = talk(OPEN, message)[-1]

    values = np.frombuffer(buffers[0], dtype="<i2").reshape(
        answer["count"], answer["rows"], answer["columns"]
    )
    axial = next(one for one in small.SERIES if one.id == "ct-axial")
    assert np.array_equal(axial.pixels[20:23], values)


@pytest.mark.parametrize(
    ("first", "count"), [(-1, 1), (0, 0), (59, 2), (0, 10**9), ("0", 1), (0.0, 1), (True, 1), (None, None)]
)
def test_slices_that_do_not_exist_are_refused_in_words(
    talk: Callable[..., Sent], first: Any, count: Any
) -> None:
    """Nothing is sent but a problem that names the way out."""
    message = {"type": "slices", "seed": 1, "series": "ct-axial", "first": first, "count": count}

    answer, buffers = talk(OPEN, message)[-1]

    assert "problem" == answer["type"]
    assert "reload the page" in answer["text"]
    assert [] == buffers


@pytest.mark.parametrize(
    "message",
    [
        {"type": "slices", "series": "ct-axial", "first": 0, "count": 1, "seed": 7},
        {"type": "where", "position": [1, 2, 3], "seed": 7},
        {"type": "read", "marks": [], "seed": 7},
        {"type": "dicom", "seed": 7},
        {"type": "dicom"},
    ],
)
def test_another_patient_than_the_open_one_is_refused(
    talk: Callable[..., Sent], message: dict[str, Any]
) -> None:
    """A page that comes back after its kernel has moved on is told to open the patient again."""
    assert "open the patient again" in talk(OPEN, message)[-1][0]["text"]


@pytest.mark.parametrize("seed", [0, -3, 1.5, "1", None, True, 10**7, math.nan])
def test_a_patient_that_does_not_exist_is_refused(talk: Callable[..., Sent], seed: Any) -> None:
    """The message names the allowed numbers."""
    answer = talk({"type": "patient", "seed": seed})[-1][0]

    assert "problem" == answer["type"]
    assert "from 1 to 999999" in answer["text"]


def test_the_old_patient_is_gone_before_the_new_one_is_made(
    small: ModuleType, talk: Callable[..., Sent]
) -> None:
    """Two patients are never open together."""
    seen: list[Any] = []

    def generate(seed: int, *, difficulty: str) -> Patient:
        seen.append(room._opened)
        patient: Patient = small.generate(seed, difficulty=difficulty)
        return patient

    room = ReadingRoom(generate=generate, examine=small.examinations, apart=False)
    talk(OPEN, {"type": "patient", "seed": 2}, room=room)

    assert [None, None] == seen


def test_a_mark_in_a_stack_is_named_by_its_bone(talk: Callable[..., Sent], small: ModuleType) -> None:
    """The bone of the skeleton at the place, or near it."""
    message = {"type": "where", "seed": 1, "number": 3, "sight": None}
    vertebra = next(
        bone["position"]
        for group in talk(OPEN)[-1][0]["bones"]
        for bone in group["bones"]
        if bone["name"] == "L4"
    )

    answers = talk(OPEN, message | {"position": vertebra}, message | {"position": [1.0, 1.0, 1.0]})

    assert "L4" in answers[-2][0]["text"]
    assert 3 == answers[-2][0]["number"]
    assert "soft tissue" == answers[-1][0]["text"]


def test_a_mark_on_a_projection_names_what_lies_on_the_line(talk: Callable[..., Sent]) -> None:
    """Through the breastbone one sees a vertebra: both are named."""
    groups = talk(OPEN)[-1][0]["bones"]
    sternum = next(
        bone["position"] for group in groups for bone in group["bones"] if bone["name"] == "sternum"
    )
    message = {"type": "where", "seed": 1, "number": 1, "position": sternum, "sight": [0, 1, 0]}

    words = talk(OPEN, message)[-1][0]["text"]

    assert " or " in words
    assert "sternum" in words


def test_hit_miss_and_false_mark_are_told(talk: Callable[..., Sent], small: ModuleType) -> None:
    """One right mark: found. The same number far away: missed and false."""
    right = talk(OPEN, _read(_mark(small.LESION_MM)))[-1][0]
    wrong = talk(OPEN, _read(_mark((300.0, 100.0, 100.0))))[-1][0]

    assert "1 of 1 metastasis found, 0 missed, 0 false marks." == right["text"]
    assert "hit" == right["findings"][0]["verdict"]
    assert right["verdicts"]["1"].startswith("✓")
    assert "0 of 1 metastasis found, 1 missed, 1 false mark." == wrong["text"]
    assert "miss" == wrong["findings"][0]["verdict"]
    assert "✕ false" == wrong["verdicts"]["1"]


def test_a_mark_on_a_projection_needs_no_depth(talk: Callable[..., Sent], small: ModuleType) -> None:
    """Seen from the front, depth does not count; without a line of sight the same place is wrong."""
    z, _, x = small.LESION_MM
    from_front = talk(OPEN, _read(_mark((z, 20.0, x), sight=[0.0, 1.0, 0.0])))[-1][0]
    in_stack = talk(OPEN, _read(_mark((z, 20.0, x))))[-1][0]

    assert from_front["text"].startswith("1 of 1")
    assert in_stack["text"].startswith("0 of 1")


def test_a_bone_from_the_list_counts_like_a_click(talk: Callable[..., Sent]) -> None:
    """The middle of the bone is far from the lesion, the bone is right."""
    answer = talk(OPEN, _read(_mark((1.0, 1.0, 1.0), bone="L3")))[-1][0]

    assert answer["text"].startswith("1 of 1")


def test_a_benign_finding_called_malignant_is_a_false_mark(
    talk: Callable[..., Sent], small: ModuleType
) -> None:
    """Called benign it is right and costs nothing."""
    called = talk(OPEN, _read(_mark(small.BENIGN_MM)))[-1][0]
    spared = talk(OPEN, _read(_mark(small.BENIGN_MM, malignant=False, kind="blastic")))[-1][0]

    assert "1 false mark" in called["text"]
    assert "called it a metastasis" in called["findings"][1]["text"]
    assert "0 false marks" in spared["text"]


def test_a_healthy_patient_without_marks_is_read_rightly(talk: Callable[..., Sent]) -> None:
    """No lesion is an answer."""
    answer = talk({"type": "patient", "seed": 5}, _read(seed=5))[-1][0]

    assert "This patient has no metastasis. You were right to call none." == answer["text"]


def test_the_truth_says_where_a_finding_lies_in_each_series(
    talk: Callable[..., Sent], small: ModuleType
) -> None:
    """Outlines lie where the affine of the series puts the finding; closer series come first."""
    answer = talk(OPEN, _read())[-1][0]
    shapes = {shape["series"]: shape for shape in answer["shapes"] if shape["label"] == "A"}
    axial = shapes["ct-axial"]

    assert pytest.approx((30.0, 32.0, 32.0)) == (axial["slice"], axial["row"], axial["column"])
    assert pytest.approx(7.5) == axial["columns"]
    assert shapes["bone-scan-posterior"]["column"] == pytest.approx(31.5)
    assert shapes["bone-scan-anterior-prior"]["columns"] < shapes["bone-scan-anterior"]["columns"]
    assert "ct-sagittal" == answer["findings"][0]["series"][0]


@pytest.mark.parametrize(
    "marks",
    [
        None, "abc", [None], [_mark((1, 2, math.nan))], [_mark((1, 2))], [_mark((1, 2, "3"))], [_mark((1e9, 2, 3))],
        [_mark((1, 2, 3), kind="evil")], [_mark((1, 2, 3), malignant="yes")], [_mark((1, 2, 3), confidence=6)],
        [_mark((1, 2, 3), confidence=True)], [_mark((1, 2, 3), bone="tail")], [_mark((1, 2, 3), sight=[0, 0, 0])],
        [_mark((1, 2, 3)), _mark((1, 2, 3))], [_mark((1, 2, 3), number=n + 1) for n in range(41)],
    ],
)  # fmt: skip
def test_marks_that_are_none_are_refused_in_words(talk: Callable[..., Sent], marks: Any) -> None:
    """Nothing is scored or recorded, and no truth is told."""
    recorded: list[Any] = []

    answer = talk(OPEN, {"type": "read", "seed": 1, "marks": marks}, record=recorded.append)[-1][0]

    assert "problem" == answer["type"]
    assert [] == recorded


def test_a_reading_is_recorded_and_counted(talk: Callable[..., Sent], small: ModuleType) -> None:
    """The record is plain JSON; the curve has one point for each certainty and never falls."""
    recorded: list[dict[str, Any]] = []

    answer = talk(OPEN, _read(_mark(small.LESION_MM, confidence=2)), record=recorded.append)[-1][0]

    assert ["patient-1"] == [one["task_id"] for one in recorded]
    assert [2] == recorded[0]["outcome"]["lesions"]
    assert json.loads(json.dumps(recorded)) is not None
    assert 1 == answer["career"]["patients"]
    assert [0, 0, 0, 1, 1] == [point["sensitivity"] for point in answer["career"]["points"]]


def test_readings_are_there_for_the_next_session(talk: Callable[..., Sent], small: ModuleType) -> None:
    """What was recorded is counted again when the learner comes back; broken records are left out."""
    recorded: list[dict[str, Any]] = []
    talk(
        OPEN,
        _read(_mark(small.LESION_MM)),
        {"type": "patient", "seed": 2},
        _read(seed=2),
        record=recorded.append,
    )
    known = [*recorded, {"outcome": None}, {"outcome": {"patient": 9, "lesions": [77], "false_marks": []}}]

    career = talk({"type": "learner", "secret": SECRET}, history=lambda _: known)[-1][0]

    assert "career" == career["type"]
    assert (2, 3) == (career["patients"], career["next"]["mixed"])
    assert career["text"].startswith(
        "2 patients read: 1 of 2 metastases found (50 %), 0.0 false marks a patient."
    )


def test_only_the_first_reading_of_a_patient_counts(talk: Callable[..., Sent], small: ModuleType) -> None:
    """At the second the truth was known."""
    answer = talk(OPEN, _read(), _read(_mark(small.LESION_MM)))[-1][0]

    assert answer["text"].startswith("1 of 1")
    assert 1 == answer["career"]["patients"]
    assert "0 of 1 metastases found" in answer["career"]["text"]


def test_a_log_that_fails_does_not_stop_a_reading(talk: Callable[..., Sent]) -> None:
    """The truth is told even where neither history nor record work."""

    def broken(_: Any) -> Any:
        raise OSError("disk full")

    sent = talk({"type": "learner", "secret": SECRET}, OPEN, _read(), record=broken, history=broken)

    assert ["career", "study", "truth"] == [
        message["type"] for message, _ in sent if message["type"] != "progress"
    ]


def test_an_unexpected_failure_is_told_in_words(talk: Callable[..., Sent]) -> None:
    """The last step is named, the detail is not."""

    def failing() -> Any:
        raise ZeroDivisionError("secret detail")

    answer = talk(OPEN, examine=lambda _: ([Examination(words="CT", take=failing)],))[-1][0]

    assert "problem" == answer["type"]
    assert "it stopped at “CT”" in answer["text"]
    assert "secret" not in answer["text"]


@pytest.mark.parametrize("message", [None, 3, [], {}, {"type": "evil"}, {"type": ["read"]}])
def test_what_is_no_message_is_passed_over(talk: Callable[..., Sent], message: Any) -> None:
    """Nothing is answered and nothing fails."""
    assert [] == talk(message)


def test_a_lesson_keeps_the_readings_of_its_learner(
    talk: Callable[..., Sent], small: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another kernel on the same data folder counts what the first one recorded; another learner has none."""
    monkeypatch.setenv("BONEMETS_DATA", str(tmp_path))
    greeting = {"type": "learner", "secret": SECRET}
    first, second = (lessons.load("reading-room").reading_room() for _ in range(2))
    first._studio = Studio(small.generate, small.examinations, apart=False)

    talk(greeting, OPEN, _read(_mark(small.LESION_MM)), room=first)

    assert 1 == talk(greeting, room=second)[-1][0]["patients"]
    assert 0 == talk({"type": "learner", "secret": "f" * 32}, room=second)[-1][0]["patients"]


def test_uptake_can_be_laid_over_the_ct(talk: Callable[..., Sent]) -> None:
    """Each plane of the CT has a fused series; both of its layers are there, and a button shows two of them."""
    study = talk(OPEN)[-1][0]
    known = {one["id"]: one for one in study["series"]}
    fused = {one["id"]: one for one in study["fusions"]}
    pairs = {pair["label"]: (pair["left"], pair["right"]) for pair in study["arrangements"]}

    assert ["SPECT/CT, axial", "SPECT/CT, sagittal"] == [one["title"] for one in study["fusions"]]
    assert all(
        known[one["base"]]["modality"] == "CT" and known[one["over"]]["modality"] == "NM"
        for one in fused.values()
    )
    assert ("spect-over-ct-axial", "spect-over-ct-sagittal") == pairs["SPECT/CT"]


@pytest.mark.parametrize("missing", ["CT", "NM"])
def test_nothing_is_fused_with_what_is_not_there(
    talk: Callable[..., Sent], small: ModuleType, missing: str
) -> None:
    """Without CT or without a stack of uptake there is no fused series and no button for one."""
    left = [one for one in small.SERIES if one.modality != missing or one.projection]
    examine = lambda _: ([Examination(words="some", take=lambda: iter(left))],)  # noqa: E731 - it is one line
    study = talk(OPEN, examine=examine)[-1][0]

    assert [] == study["fusions"]
    assert "SPECT/CT" not in {pair["label"] for pair in study["arrangements"]}


def test_the_open_patient_can_be_taken_along_as_dicom(talk: Callable[..., Sent]) -> None:
    """One archive, named after the patient."""
    message, buffers = talk(OPEN, {"type": "dicom", "seed": 1})[-1]

    assert {"type": "archive", "seed": 1, "name": "bonemets-patient-1-mixed.zip"} == message
    assert buffers[0].startswith(b"PK")


@pytest.mark.parametrize("difficulty", ["evil", None, 3, ["hard"], {}])
def test_a_difficulty_that_does_not_exist_is_refused(talk: Callable[..., Sent], difficulty: Any) -> None:
    """The message names the three."""
    answer = talk({"type": "patient", "seed": 1, "difficulty": difficulty})[-1][0]

    assert "problem" == answer["type"]
    assert "easy, mixed, hard" in answer["text"]


def test_patients_of_each_difficulty_are_counted_by_themselves(talk: Callable[..., Sent]) -> None:
    """Patient 1 of another difficulty is another patient, and each difficulty has its own next one."""
    hard = {"type": "patient", "seed": 1, "difficulty": "hard"}
    career = talk(OPEN, _read(), hard, _read(), OPEN, _read())[-1][0]["career"]

    assert 2 == career["patients"]
    assert {"easy": 1, "mixed": 2, "hard": 2} == career["next"]


def test_a_reading_tells_its_difficulty(talk: Callable[..., Sent]) -> None:
    """Records name it; those of mixed patients are named as before there was a choice."""
    kept: list[dict[str, Any]] = []
    talk(
        {"type": "patient", "seed": 4, "difficulty": "easy"}, _read(seed=4), OPEN, _read(), record=kept.append
    )

    assert ["patient-4-easy", "patient-1"] == [one["task_id"] for one in kept]
    assert ["easy", "mixed"] == [one["outcome"]["difficulty"] for one in kept]


def test_the_words_of_the_difficulties_follow_the_generator(talk: Callable[..., Sent]) -> None:
    """What each means comes with the greeting, in numbers."""
    words = {one["value"]: one["help"] for one in talk({"type": "learner"})[-1][0]["difficulties"]}

    assert list(DIFFICULTIES) == list(words)
    assert words["hard"].startswith("1 to 4 metastases")
    assert "1 to 3 harmless findings" in words["hard"]
