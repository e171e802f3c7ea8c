"""The refusal of a file that can't be read as a volume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bonemets_teach.errors import BonemetsError

__all__ = ["FoundSeries", "ImageFileError", "SeveralSeriesError"]


class ImageFileError(BonemetsError, ValueError):
    """A file can't be loaded; nothing of it or of its series has been.

    Parameters
    ----------
    name : str
        The file, folder or archive member.
    problem : str
        What is wrong with it.
    way_out : str
        What the reader can do.
    """

    def __init__(self, name: str, problem: str, way_out: str) -> None:
        self.name = name
        self.problem = problem
        self.way_out = way_out
        super().__init__(f"{name}: {problem}; {way_out}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSeries:
    """One of several series among the files.

    Parameters
    ----------
    uid : str
        SeriesInstanceUID.
    description : str
        SeriesDescription, may be empty.
    kind : str
        What it holds, such as "CT Image Storage".
    files : int
        How many files it has.
    """

    uid: str
    description: str
    kind: str
    files: int


class SeveralSeriesError(ImageFileError):
    """The files hold several series, and none was named.

    Parameters
    ----------
    name, problem, way_out : str
        As for `ImageFileError`.
    series : sequence of FoundSeries
        What there is, the largest first.
    """

    def __init__(self, name: str, problem: str, way_out: str, series: Sequence[FoundSeries]) -> None:
        self.series = tuple(series)
        super().__init__(name, problem, way_out)
