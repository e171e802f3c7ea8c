"""The size of a picture is read from the picture."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from bonemets_teach.content import assets_folder
from bonemets_teach.server.picture_size import picture_size

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)


def test_every_figure_of_the_course_names_its_size() -> None:
    """A lesson does not move while its figures come."""
    figures = [path for path in (assets_folder() / "figures").rglob("*.*") if path.suffix in {".svg", ".png"}]

    assert len(figures) > 10
    assert [] == [path.name for path in figures if picture_size(path) is None]


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (PNG, (640, 480)),
        (b'<?xml version="1.0"?><svg xmlns="x" height="30px" viewBox="0 0 9 9" width="20.5">', (20, 30)),
        (b'<svg viewBox="0 0 9 9"><rect width="1" height="2"/></svg>', None),
        (b'<svg width="100%" height="2">', None),
        (PNG[:20], None),
        (b"GIF89a", None),
        (b"", None),
    ],
)
def test_a_size_is_that_of_the_file_or_none(
    tmp_path: Path, content: bytes, size: tuple[int, int] | None
) -> None:
    """A size in percent, of a part of the drawing or cut off is none."""
    path = tmp_path / "picture"
    path.write_bytes(content)

    assert picture_size(path) == size


def test_a_picture_that_has_gone_has_no_size(tmp_path: Path) -> None:
    """Files may be replaced while the server runs."""
    assert picture_size(tmp_path / "none.svg") is None
