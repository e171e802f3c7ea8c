"""A volume from whatever a learner has: a CT series or a NIfTI file."""

from __future__ import annotations

from bonemets_teach.imaging.volume_file_error import ImageFileError
from bonemets_teach.imaging.volume_file_limits import LIMITS, ReadingLimits
from bonemets_teach.imaging.volume_file_loaded import LoadedVolume
from bonemets_teach.imaging.volume_file_source import Source, entries

__all__ = ["is_nifti_name", "read_volume"]


def read_volume(source: Source, *, series: str = "", limits: ReadingLimits = LIMITS) -> LoadedVolume:
    """Read a CT series or a NIfTI file, whole or not at all.

    Parameters
    ----------
    source : path, sequence of paths or entries, or mapping of str to bytes
        A .nii or .nii.gz file, a folder or zip archive of DICOM files, a list of files, or an upload (names and
        contents).
    series : str, default ""
        SeriesInstanceUID or description, if there are several series.
    limits : ReadingLimits
        How much is read at most.

    Returns
    -------
    volume : LoadedVolume
        On the axes of a phantom; CT numbers [HU], or values of a NIfTI file that names no unit.

    Raises
    ------
    ImageFileError
        If the source can't be read; the message names the file, what is wrong with it, and the way out.
    """
    found = entries(source, limits)
    niftis = [entry for entry in found if is_nifti_name(entry.name)]
    # pydicom and nibabel come with the first file that needs them: a learner who opens none pays nothing for them.
    if not niftis:
        from bonemets_teach.imaging.dicom.reading import read_ct_entries  # noqa: PLC0415

        return read_ct_entries(found, series=series, limits=limits)
    if len(found) > 1:
        problem = f"lies beside {len(found) - 1} other image files"
        raise ImageFileError(niftis[0].name, problem, "choose one NIfTI file alone")
    from bonemets_teach.imaging.volume_file_nifti import read_nifti_entry  # noqa: PLC0415

    return read_nifti_entry(niftis[0], limits)


def is_nifti_name(name: str) -> bool:
    """Return whether a file name is that of a NIfTI file."""
    return name.lower().endswith((".nii", ".nii.gz"))
