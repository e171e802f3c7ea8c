"""A CT series from DICOM files, whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Sized
from typing import Final

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset

from bonemets_teach.imaging.dicom.ct_slice import CtSlice, read_slice
from bonemets_teach.imaging.dicom.ct_stack import ordered, stack_geometry
from bonemets_teach.imaging.dicom.file_series import SeriesName, parse_file
from bonemets_teach.imaging.volume_file_error import FoundSeries, ImageFileError, SeveralSeriesError
from bonemets_teach.imaging.volume_file_limits import LIMITS, ReadingLimits
from bonemets_teach.imaging.volume_file_loaded import LoadedVolume, to_phantom_axes
from bonemets_teach.imaging.volume_file_source import Entry, Source, entries

__all__ = ["read_ct_entries", "read_ct_series", "series_of"]

_SHOWN: Final = 8  # chosen: more series than this would bury the message


def read_ct_series(source: Source, *, series: str = "", limits: ReadingLimits = LIMITS) -> LoadedVolume:
    """Read a CT series into a volume.

    Parameters
    ----------
    source : path, sequence of paths, or mapping of str to bytes
        A folder, zip archive, list of files, or upload; text files and DICOMDIR are passed over.
    series : str, default ""
        SeriesInstanceUID or description of the wanted series, if there are several.
    limits : ReadingLimits
        How much is read at most.

    Returns
    -------
    volume : LoadedVolume
        CT numbers in HU.

    Raises
    ------
    ImageFileError
        If anything is wrong with any file of the series; nothing is loaded then.

    Notes
    -----
    Read are uncompressed classic CT images: little or big endian, 8 or 16 bits, evenly spaced parallel slices. Left
    out: compressed and enhanced objects, tilted gantries, padding values (they stay as CT numbers).
    """
    return read_ct_entries(entries(source, limits), series=series, limits=limits)


def series_of(source: Source, *, limits: ReadingLimits = LIMITS) -> tuple[tuple[SeriesName, int], ...]:
    """Return the series of a source and how many files each has, the largest first.

    Parameters
    ----------
    source : path, sequence of paths, or mapping of str to bytes
        As in `read_ct_series`.
    limits : ReadingLimits
        How much is read at most.

    Returns
    -------
    series : tuple of (SeriesName, int)
        All series, of whatever kind.

    Raises
    ------
    ImageFileError
        If a file is not DICOM or is damaged.
    """
    counts: Counter[str] = Counter()
    names: dict[str, SeriesName] = {}
    for entry in entries(source, limits):
        name, _ = parse_file(entry.name, _content(entry, limits))
        names.setdefault(name.uid, name)
        counts[name.uid] += 1
    return tuple((names[uid], count) for uid, count in counts.most_common())


def read_ct_entries(found: Sequence[Entry], *, series: str, limits: ReadingLimits) -> LoadedVolume:
    """Read a CT series from files that have been listed; see `read_ct_series`."""
    files: dict[str, list[tuple[str, Dataset]]] = {}
    names: dict[str, SeriesName] = {}
    for entry in found:
        name, dataset = parse_file(entry.name, _content(entry, limits))
        names.setdefault(name.uid, name)
        files.setdefault(name.uid, []).append((entry.name, dataset))
        if series not in ("", name.uid, name.description):
            dataset.pop(
                "PixelData", None
            )  # only for the memory; a file of the wanted series would be refused
    name = _the_one(names, files, series)
    wanted = files.pop(name.uid)
    files.clear()
    slices: list[CtSlice] = []
    voxels = 0
    while wanted:
        slices.append(read_slice(*wanted.pop(0)))
        voxels += slices[-1].integers.size
        if voxels > limits.voxels:
            problem = f"brings the series to more than {limits.voxels} voxels"
            raise ImageFileError(slices[-1].name, problem, "choose a part of it, or thicker slices")
    return _volume(ordered(slices), name.description or "CT")


def _volume(slices: list[CtSlice], name: str) -> LoadedVolume:
    geometry = stack_geometry(slices)
    voxels: npt.NDArray[np.int16] = np.empty((len(slices), *slices[0].shape), dtype=np.int16)
    slices.reverse()
    for plane in voxels:  # each slice is let go as soon as it has been copied
        plane[...] = slices.pop().hu()
    turned, geometry = to_phantom_axes(voxels, geometry)
    stored = np.ascontiguousarray(turned)
    stored.setflags(write=False)
    return LoadedVolume(stored=stored, geometry=geometry, name=name)


def _content(entry: Entry, limits: ReadingLimits) -> bytes:
    if entry.size > limits.file_bytes:
        problem = f"has {entry.size / 2**20:.0f} MiB, more than {limits.file_bytes / 2**20:.0f} MiB"
        raise ImageFileError(entry.name, problem, "choose classic CT images, one slice in each file")
    return entry.read()


def _the_one(names: Mapping[str, SeriesName], files: Mapping[str, Sized], series: str) -> SeriesName:
    fitting = [name for name in names.values() if series in ("", name.uid, name.description)]
    if len(fitting) == 1:
        return fitting[0]
    found = [
        FoundSeries(uid=name.uid, description=name.description, kind=name.kind, files=len(files[name.uid]))
        for name in sorted(names.values(), key=lambda name: -len(files[name.uid]))
    ]
    listed = "; ".join(
        f"{one.description or 'no description'} ({one.files} x {one.kind}, {one.uid})"
        for one in found[:_SHOWN]
    )
    if not fitting:
        problem = f"no series {series!r}, but {listed}"
        raise ImageFileError("the files", problem, "name one of these")
    problem = f"{len(fitting)} series are mixed: {listed}"
    raise SeveralSeriesError("the files", problem, "choose one by its UID", found)
