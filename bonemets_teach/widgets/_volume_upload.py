"""Files on their way from the page: pieces of one stream, put into a file without a name."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from functools import partial
from itertools import accumulate
from typing import Any, Final

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.volume_file_error import ImageFileError
from bonemets_teach.imaging.volume_file_limits import ReadingLimits
from bonemets_teach.imaging.volume_file_source import Entry

__all__ = ["PIECE_BYTES", "Upload"]

PIECE_BYTES: Final = 2**20
"""Most that one message carries; the server takes 2 MiB, and a message has a head as well."""
_LONGEST_NAME: Final = 200
_LONGEST_KEY: Final = 64
_BROKEN: Final = "a piece of the files is missing or came twice; open the files again"


class Upload:
    """What the page sends, in the order of its list of files.

    Parameters
    ----------
    key : str
        The page's name for it.
    files : sequence of (str, int)
        Names and sizes in bytes.

    Notes
    -----
    The bytes go to a file that has no name in any folder, so that they vanish with the kernel however it ends. Names
    are only shown, never used as paths.
    """

    def __init__(self, key: str, files: Sequence[tuple[str, int]]) -> None:
        self.key = key
        self.files = tuple(files)
        self.size = sum(size for _, size in self.files)
        self.received = 0
        self._file = tempfile.TemporaryFile(prefix="bonemets-")  # noqa: SIM115 - lives until close()

    @classmethod
    def from_message(cls, message: dict[str, Any], limits: ReadingLimits) -> Upload:
        """Begin what a page announces.

        Parameters
        ----------
        message : dict
            "upload" and "files", a list of {"name", "size"}; nothing of it is trusted.
        limits : ReadingLimits
            How many and how large the files may be.

        Returns
        -------
        upload : Upload
            With nothing received.

        Raises
        ------
        ImageFileError
            If there are too many or too large files, or none that holds anything.
        ParameterError
            If the message is not made as the page makes it.
        """
        key, listed = message.get("upload"), message.get("files")
        if not isinstance(key, str) or not 1 <= len(key) <= _LONGEST_KEY or not isinstance(listed, list):
            raise ParameterError("the list of files can't be understood; reload the page")
        if len(listed) > limits.files:
            problem = f"are {len(listed)}, more than {limits.files}"
            raise ImageFileError("The files", problem, "choose the folder of one series")
        files = [_name_and_size(one) for one in listed]
        total = sum(size for _, size in files)
        if total == 0:
            name = files[0][0] if files else "The choice"
            raise ImageFileError(name, "is empty" if files else "holds no file", "choose the files again")
        if total > limits.total_bytes:
            most = limits.total_bytes / 2**20
            problem = f"come to {total / 2**20:.1f} MiB, more than {most:.0f} MiB"
            raise ImageFileError("The files", problem, "choose one series, or a part of it")
        return cls(key, files)

    def add(self, offset: Any, pieces: Sequence[Any]) -> None:
        """Take the next piece.

        Parameters
        ----------
        offset : int
            Where it belongs, counted from the first byte of the first file.
        pieces : sequence of memoryview
            The buffers of the message; exactly one.

        Raises
        ------
        ParameterError
            If it is not the next one, or is longer than announced.
        """
        if len(pieces) != 1 or isinstance(offset, bool) or not isinstance(offset, int):
            raise ParameterError(_BROKEN)
        data = memoryview(pieces[0]).cast("B")
        if offset != self.received or not 0 < len(data) <= min(PIECE_BYTES, self.size - self.received):
            raise ParameterError(_BROKEN)
        try:
            self._file.write(data)
        except OSError as error:
            raise ParameterError("the server has no room for the files now; try again later") from error
        self.received += len(data)

    @property
    def is_complete(self) -> bool:
        """Whether every announced byte is here."""
        return self.received == self.size

    def entries(self) -> list[Entry]:
        """Return the files for `bonemets_teach.imaging.volume_file.read_volume`."""
        starts = accumulate((size for _, size in self.files), initial=0)
        return [
            Entry(name=name, size=size, read=partial(self._read, start, size))
            for (name, size), start in zip(self.files, starts, strict=False)
        ]

    def close(self) -> None:
        """Let the bytes go."""
        self._file.close()

    def _read(self, start: int, size: int) -> bytes:
        self._file.seek(start, os.SEEK_SET)
        return self._file.read(size)


def _name_and_size(one: Any) -> tuple[str, int]:
    name = one.get("name") if isinstance(one, dict) else None
    size = one.get("size") if isinstance(one, dict) else None
    if not isinstance(name, str) or isinstance(size, bool) or not isinstance(size, int) or size < 0:
        raise ParameterError("the list of files can't be understood; reload the page")
    plain = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)
    return plain[-_LONGEST_NAME:] or "a file without a name", size
