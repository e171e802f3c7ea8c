"""Folders, archives, lists of files and uploads as one list of named contents."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

from bonemets_teach.imaging.volume_file_error import ImageFileError
from bonemets_teach.imaging.volume_file_limits import ReadingLimits

__all__ = ["Entry", "Source", "entries"]

_COMPANIONS: Final = {".txt", ".md", ".json", ".csv", ".html", ".xml", ".pdf", ".jpg", ".png", ".ini", ".db"}
_COMPANION_NAMES: Final = {"DICOMDIR", "LICENSE", "README", "__MACOSX"}
# Chosen: a directory of an archive takes some 100 bytes for a file.
_DIRECTORY_BYTES_PER_FILE: Final = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file wherever it lies.

    Parameters
    ----------
    name : str
        For messages.
    size : int
        Bytes as announced; `read` gives no more.
    read : callable
        Returns the content.
    """

    name: str
    size: int
    read: Callable[[], bytes]


Source = str | os.PathLike[str] | Sequence[str | os.PathLike[str] | Entry] | Mapping[str, bytes]
"""A file, folder or archive; a list of files; or an upload as name and content."""


def entries(source: Source, limits: ReadingLimits) -> list[Entry]:
    """Return the files of a source, without text files and other companions.

    Parameters
    ----------
    source : path, sequence of paths or entries, or mapping of str to bytes
        A file, folder or zip archive; several files; or names and contents.
    limits : ReadingLimits
        How many and how large they may be.

    Returns
    -------
    entries : list of Entry
        In the order of their names, at least one.

    Raises
    ------
    ImageFileError
        If the source can't be read, is empty or exceeds the limits.
    """
    if isinstance(source, Mapping):
        name = ", ".join(list(source)[:2]) or "the upload"
        found = [Entry(name=key, size=len(data), read=partial(bytes, data)) for key, data in source.items()]
    elif isinstance(source, str | os.PathLike):
        name, found = str(source), _below(Path(source), limits)
    else:
        found = [one if isinstance(one, Entry) else _file(Path(one), str(one)) for one in source]
        name = found[0].name if len(found) == 1 else "the list of files"
    if len(found) == 1 and _starts_as_archive(found[0], limits):
        found = _members(found[0], limits)
    found = sorted((entry for entry in found if not _is_companion(entry.name)), key=lambda entry: entry.name)
    _require_limits(name, found, limits)
    return found


def _require_limits(name: str, found: list[Entry], limits: ReadingLimits) -> None:
    if not found:
        raise ImageFileError(name, "holds no image file", "choose a folder with DICOM files or a .nii file")
    if len(found) > limits.files:
        raise ImageFileError(name, f"holds more than {limits.files} files", "choose the folder of one series")
    total = sum(entry.size for entry in found)
    if total > limits.total_bytes:
        problem = f"unpacks to {total / 2**20:.0f} MiB, more than {limits.total_bytes / 2**20:.0f} MiB"
        raise ImageFileError(name, problem, "choose one series, or a part of it")


def _below(path: Path, limits: ReadingLimits) -> list[Entry]:
    try:
        if not path.is_dir():
            return [_file(path, path.name)]
        found: list[Entry] = []
        for inner in _walk(path):
            found.append(_file(inner, inner.relative_to(path).as_posix()))
            if len(found) > limits.files + 100:
                break
    except (OSError, ValueError) as error:
        raise ImageFileError(str(path), f"can't be read ({error})", "check path and permission") from error
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        yield from (Path(parent) / name for name in names)


def _file(path: Path, name: str) -> Entry:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise ImageFileError(name, f"can't be read ({error})", "check path and permission") from error
    if not stat.S_ISREG(status.st_mode):
        raise ImageFileError(name, "is not a regular file", "choose a file, or a folder on its own")
    return Entry(name=name, size=status.st_size, read=partial(_content, path, name, status.st_size))


def _content(path: Path, name: str, size: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise ImageFileError(name, f"can't be read ({error})", "check path and permission") from error


def _is_companion(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return (
        path.name.startswith(".")
        or path.suffix.lower() in _COMPANIONS
        or any(part in _COMPANION_NAMES for part in path.parts)
    )


def _starts_as_archive(entry: Entry, limits: ReadingLimits) -> bool:
    name = entry.name.lower()
    if name.endswith((".zip", ".dcm", ".nii", ".nii.gz")):
        return name.endswith(".zip")
    return entry.size <= limits.total_bytes and entry.read()[:4] in {b"PK\x03\x04", b"PK\x05\x06"}


def _members(entry: Entry, limits: ReadingLimits) -> list[Entry]:
    """Return the files of an archive; sizes are those of its directory, and reading stops there."""
    if entry.size > limits.total_bytes:
        problem = f"is larger than {limits.total_bytes / 2**20:.0f} MiB"
        raise ImageFileError(entry.name, problem, "choose the folder of one series")
    data = entry.read()
    _require_small_directory(entry.name, data, limits)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = [info for info in archive.infolist() if not info.is_dir()]
    except Exception as error:
        raise _damaged_archive(entry.name, error) from error
    for info in infos:
        if info.flag_bits & 0x1:
            raise ImageFileError(
                entry.name, f"{info.filename} is encrypted", "unpack it with its password first"
            )
        if _leads_out(info.filename):
            problem = f"names a file outside of the archive ({info.filename})"
            raise ImageFileError(entry.name, problem, "pack the folder of the series anew")
    return [
        Entry(name=info.filename, size=info.file_size, read=partial(_member, archive, info, entry.name))
        for info in infos
    ]


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or name[1:2] == ":"


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    try:
        with archive.open(info) as member:
            return member.read(info.file_size)
    except Exception as error:
        inner = f"{name}/{info.filename}"
        raise _damaged_archive(inner, error) from error


def _damaged_archive(name: str, error: Exception) -> ImageFileError:
    return ImageFileError(name, f"is a damaged zip archive ({error})", "fetch or pack it again")


def _require_small_directory(name: str, data: bytes, limits: ReadingLimits) -> None:
    """Refuse an archive whose directory alone would fill the memory, before it is parsed."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        raise ImageFileError(name, "is a damaged zip archive (its end is missing)", "fetch or pack it again")
    count, size = struct.unpack_from("<HI", data, end + 10)
    if count > limits.files or size > limits.files * _DIRECTORY_BYTES_PER_FILE:
        problem = f"announces more than {limits.files} files"
        raise ImageFileError(name, problem, "choose the folder of one series")
