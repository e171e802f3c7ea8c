"""The bank holds what is whole and lists what is broken."""

from __future__ import annotations

from pathlib import Path

from bonemets_teach.quiz import load_bank

SAMPLES = Path(__file__).with_name("samples.yaml").read_text("utf-8")


def _folder(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / "quizzes" / "bone-remodeling" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root / "quizzes"


def test_a_broken_file_hides_no_other_file(tmp_path: Path) -> None:
    """Items of the good file are there, the bad one is a problem with its name."""
    bank = load_bank(_folder(tmp_path, bad="a: [", good=SAMPLES))

    assert len(bank.items()) == 3
    assert [problem.file.split(",")[0] for problem in bank.problems] == ["quizzes/bone-remodeling/bad.yaml"]


def test_an_id_used_in_two_files_is_a_problem(tmp_path: Path) -> None:
    """The first stays, the second is named together with the first."""
    bank = load_bank(_folder(tmp_path, one=SAMPLES, two=SAMPLES))

    assert len(bank.items()) == 3
    assert len(bank.problems) == 3
    assert "already used in quizzes/bone-remodeling/one.yaml" in bank.problems[0].rule


def test_drafts_are_not_asked(tmp_path: Path) -> None:
    """Only published items reach a learner."""
    bank = load_bank(_folder(tmp_path, one=SAMPLES.replace("status: published", "status: draft", 1)))

    assert [item.id for item in bank.items()] == ["bm.sample.multiple.01", "bm.sample.numeric.01"]


def test_the_folder_is_the_lesson(tmp_path: Path) -> None:
    """Items are found by the lesson in whose folder they lie."""
    bank = load_bank(_folder(tmp_path, one=SAMPLES))

    assert len(bank.items("bone-remodeling")) == 3
    assert bank.items("lytic-and-blastic") == []


def test_questions_go_from_recall_to_judgment(tmp_path: Path) -> None:
    """A learner starts with what is easiest, whatever the file says first."""
    bank = load_bank(_folder(tmp_path, one=SAMPLES))

    assert [item.bloom for item in bank.items()] == ["remember", "apply", "apply"]


def test_lists_beside_the_lessons_are_no_items(tmp_path: Path) -> None:
    """objectives.yaml and misconceptions.yaml lie above the lesson folders and are left alone."""
    folder = _folder(tmp_path, one=SAMPLES)
    (folder / "objectives.yaml").write_text("- {id: BM-X-01}\n", "utf-8")

    assert load_bank(folder).problems == ()
