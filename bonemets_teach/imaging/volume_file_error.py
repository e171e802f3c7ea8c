"""The refusal of a file that can't be read as a volume."""

from __future__ import annotations

from bonemets_teach.errors import BonemetsError

__all__ = ["ImageFileError"]


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
