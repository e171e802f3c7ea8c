"""An independent validator, dicom3tools' dciodvfy, finds nothing wrong with what is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bonemets_teach.imaging.dicom.study import Study
from bonemets_teach.imaging.dicom.writing import series_files

Validate = Callable[[bytes], tuple[int, list[str]]]


@pytest.mark.parametrize("index", range(16))
def test_the_validator_finds_no_error_and_no_warning(study: Study, index: int, validate: Validate) -> None:
    """First and last object of each kind of series pass PS3.3 as dciodvfy reads it."""
    files = list(series_files(study, index))
    for _, content in (files[0], files[-1]):
        status, said = validate(content)

        # It gives status 0 for some errors, so every line is looked at.
        assert (0, []) == (status, [line for line in said if line.startswith(("Error", "Warning"))])
        assert any(line.endswith(("Image", "ForPresentation")) for line in said)


def test_all_kinds_are_validated(study: Study) -> None:
    """The parametrization above leaves no series out."""
    assert 16 == len(study.series)


def test_the_validator_would_find_an_error(written: dict[str, bytes], validate: Validate) -> None:
    """A missing attribute is reported, so silence means something."""
    name = next(name for name in written if "t1" in name)
    _, said = validate(written[name].replace(b"\x18\x00\x20\x00CS", b"\x18\x00\x21\x00CS", 1))

    assert any(line.startswith("Error") for line in said)
