"""An independent validator, dicom3tools' dciodvfy, finds nothing wrong with what is written."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from bonemets_teach.imaging.dicom.study import Study
from bonemets_teach.imaging.dicom.writing import series_files


def _validator() -> str:
    found = shutil.which("dciodvfy")
    if found is None:
        message = "dciodvfy was not found; install Debian's package dicom3tools"
        raise RuntimeError(message)
    return found


@pytest.mark.parametrize("index", range(16))
def test_the_validator_finds_no_error_and_no_warning(study: Study, index: int, tmp_path: Path) -> None:
    """First and last object of each kind of series pass PS3.3 as dciodvfy reads it."""
    files = list(series_files(study, index))
    for _, content in (files[0], files[-1]):
        path = tmp_path / "object.dcm"
        path.write_bytes(content)
        run = subprocess.run(
            [_validator(), "-new", path], capture_output=True, text=True, check=False, timeout=60
        )
        said = (run.stdout + run.stderr).splitlines()

        assert (0, []) == (
            run.returncode,
            [line for line in said if line.startswith(("Error", "Warning"))],
        ), said
        assert any(line.endswith(("Image", "ForPresentation")) for line in said)


def test_all_kinds_are_validated(study: Study) -> None:
    """The parametrization above leaves no series out."""
    assert 16 == len(study.series)


def test_the_validator_would_find_an_error(written: dict[str, bytes], tmp_path: Path) -> None:
    """A missing attribute is reported, so silence means something."""
    path = tmp_path / "object.dcm"
    name = next(name for name in written if "t1" in name)
    path.write_bytes(written[name].replace(b"\x18\x00\x20\x00CS", b"\x18\x00\x21\x00CS", 1))
    run = subprocess.run([_validator(), path], capture_output=True, text=True, check=False, timeout=60)

    assert "Error" in run.stdout + run.stderr
