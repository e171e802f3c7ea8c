"""A NIfTI file as a volume (https://nifti.nimh.nih.gov, NIfTI-1 and NIfTI-2)."""

from __future__ import annotations

import io
import math
from typing import Any, Final

import nibabel as nib
import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.dicom.geometry import VolumeGeometry
from bonemets_teach.imaging.volume_file_error import ImageFileError
from bonemets_teach.imaging.volume_file_limits import ReadingLimits
from bonemets_teach.imaging.volume_file_loaded import LoadedVolume, to_phantom_axes
from bonemets_teach.imaging.volume_file_nifti_values import NiftiVoxels, stored_voxels, unpacked
from bonemets_teach.imaging.volume_file_source import Entry

__all__ = ["read_nifti_entry"]

_AGAIN: Final = "fetch or convert it again"
_HEADER_BYTES: Final = 540
_MM_PER_UNIT: Final = {0: 1.0, 1: 1000.0, 2: 1.0, 3: 0.001}


def read_nifti_entry(entry: Entry, limits: ReadingLimits) -> LoadedVolume:
    """Read a NIfTI file whole, or refuse it.

    Parameters
    ----------
    entry : Entry
        A .nii or .nii.gz file.
    limits : ReadingLimits
        How much is read at most; checked before anything is unpacked.

    Returns
    -------
    volume : LoadedVolume
        In HU if the values reach down to those of air, else without a unit; a remark says which.

    Raises
    ------
    ImageFileError
        If the file is damaged, too large, not 3-D, or does not say how it lies in the patient.
    """
    if entry.size > limits.total_bytes:
        raise ImageFileError(
            entry.name, f"has {entry.size / 2**20:.0f} MiB, too much", "choose a smaller volume"
        )
    try:
        with np.errstate(all="ignore"):  # what is not finite is refused with words of its own
            return _volume(entry, limits)
    except ImageFileError:
        raise
    except Exception as error:
        problem = f"is damaged ({type(error).__name__}: {error})"[:200]
        raise ImageFileError(entry.name, problem, _AGAIN) from error


def _volume(entry: Entry, limits: ReadingLimits) -> LoadedVolume:
    name = entry.name
    content = entry.read()
    header = _header(name, unpacked(content).read(_HEADER_BYTES))
    shape, dtype, offset = _layout(name, header, limits)
    slope, intercept = _scaling(name, header)
    voxels = NiftiVoxels(
        name=name, content=content, shape=shape, dtype=dtype, offset=offset, slope=slope, intercept=intercept
    )
    stored = stored_voxels(voxels)
    # A view: a copy would need the memory twice.
    turned, geometry = to_phantom_axes(stored.integers, _geometry(name, header))
    turned.setflags(write=False)
    low, high = (stored.scale * float(value) for value in (turned.min(), turned.max()))
    taken = "are taken as HU" if stored.is_ct else "are shown without a unit"
    remark = f"NIfTI does not name the unit: the values, {low:.6g} to {high:.6g}, {taken}."
    return LoadedVolume(
        stored=turned, geometry=geometry, name=name, remarks=(remark,), unit="HU" if stored.is_ct else "",
        scale=stored.scale, modality="CT" if stored.is_ct else "",
    )  # fmt: skip


def _header(name: str, data: bytes) -> Any:
    if len(data) < 348:
        raise ImageFileError(name, f"holds {len(data)} bytes, too few for a NIfTI header", _AGAIN)
    if data[344:348] in (b"ni1\0", b"ni2\0"):
        raise ImageFileError(name, "is the header of a pair of files", "convert the pair to one .nii file")
    sizes = {int.from_bytes(data[:4], order) for order in ("little", "big")}
    if 348 in sizes and data[344:348] == b"n+1\0":
        return nib.Nifti1Header.from_fileobj(io.BytesIO(data), check=False)
    if 540 in sizes and data[4:8] == b"n+2\0" and len(data) >= _HEADER_BYTES:
        return nib.Nifti2Header.from_fileobj(io.BytesIO(data), check=False)
    raise ImageFileError(name, "is not a NIfTI file", "choose a .nii or .nii.gz file")


def _layout(name: str, header: Any, limits: ReadingLimits) -> tuple[tuple[int, int, int], np.dtype[Any], int]:
    """Return shape, type and start of the voxels, after all limits have been checked."""
    dimensions = [int(value) for value in header["dim"]]
    count = dimensions[0]
    sizes = dimensions[1 : count + 1] if 1 <= count <= 7 else []
    if count < 3 or len(sizes) < 3 or any(size != 1 for size in sizes[3:]):
        text = " x ".join(map(str, sizes)) or f"{count} dimensions"
        raise ImageFileError(
            name, f"has the dimensions {text}", "choose a 3-D volume, or take one out of the series"
        )
    x, y, z = sizes[:3]
    if min(x, y, z) < 2 or x * y * z > limits.voxels:
        problem = (
            f"has {x} x {y} x {z} voxels; at least 2 along each axis and at most {limits.voxels} are read"
        )
        raise ImageFileError(name, problem, "choose or make a volume in these bounds")
    dtype = header.get_data_dtype()
    if dtype.kind not in "iuf" or dtype.itemsize > 8:
        kind = "colors" if dtype.names else f"type {dtype}"
        raise ImageFileError(name, f"has voxels of {kind}", "convert them to 16-bit integers")
    offset = float(header["vox_offset"])
    smallest = 544 if int(header["sizeof_hdr"]) == 540 else 352
    if not math.isfinite(offset) or offset != int(offset) or not smallest <= offset <= 2**20:
        raise ImageFileError(
            name, f"its voxels start at byte {offset:g}, outside [{smallest}, 1048576]", _AGAIN
        )
    return (x, y, z), dtype, int(offset)


def _scaling(name: str, header: Any) -> tuple[float, float]:
    slope, intercept = float(header["scl_slope"]), float(header["scl_inter"])
    if slope == 0:  # the standard: no scaling
        slope, intercept = 1.0, 0.0
    if not (math.isfinite(slope) and math.isfinite(intercept)):
        raise ImageFileError(name, f"has the scaling {slope:g}, {intercept:g}, not finite numbers", _AGAIN)
    return slope, intercept


def _geometry(name: str, header: Any) -> VolumeGeometry:
    """Return where the voxels [k, j, i] lie; NIfTI's x runs to the patient's right, y to the front."""
    if int(header["qform_code"]) <= 0 and int(header["sform_code"]) <= 0:
        problem = "does not say how it lies in the patient (qform and sform codes are 0), so left is unknown"
        raise ImageFileError(name, problem, "convert it again with its orientation")
    unit = int(header["xyzt_units"]) & 7
    if unit not in _MM_PER_UNIT:
        raise ImageFileError(name, f"has the unknown unit of length {unit}", "convert it again in mm")
    affine = _agreed_affine(name, header)
    steps = np.diag([-1.0, -1.0, 1.0]) @ affine[:3, :3] * _MM_PER_UNIT[unit]
    first = np.diag([-1.0, -1.0, 1.0]) @ affine[:3, 3] * _MM_PER_UNIT[unit]
    lengths = np.linalg.norm(steps, axis=0)
    if not np.all(np.isfinite(first)) or not np.all((lengths >= 0.01) & (lengths <= 100)):
        problem = f"has voxels of {' x '.join(f'{value:g}' for value in lengths)} mm, outside [0.01, 100] mm"
        raise ImageFileError(name, problem, _AGAIN)
    directions = steps / lengths
    if not np.allclose(directions.T @ directions, np.eye(3), atol=1e-3):
        raise ImageFileError(name, "has axes that are not at right angles", "resample it to straight axes")
    exact, _ = np.linalg.qr(directions)
    exact = exact * np.sign(np.sum(exact * directions, axis=0))
    i, j, k = ((float(v[0]), float(v[1]), float(v[2])) for v in exact.T)
    return VolumeGeometry(
        pixel_mm=(float(lengths[1]), float(lengths[0])), slice_mm=float(lengths[2]),
        first_mm=(float(first[0]), float(first[1]), float(first[2])),
        along_row=i, along_column=j, along_slices=k,
    )  # fmt: skip


def _agreed_affine(name: str, header: Any) -> npt.NDArray[np.float64]:
    """Return the one affine, or refuse a file whose two contradict one another."""
    rotation = header.get_qform(coded=True)[0]
    general = header.get_sform(coded=True)[0]
    if rotation is not None and general is not None:
        corner = np.array([*(int(size) - 1 for size in header["dim"][1:4]), 1.0])
        ends = [
            matrix @ point for matrix in (rotation, general) for point in (np.array([0, 0, 0, 1.0]), corner)
        ]
        apart = max(float(np.abs(ends[0] - ends[2]).max()), float(np.abs(ends[1] - ends[3]).max()))
        if not apart <= float(np.abs(header["pixdim"][1:4]).max()):
            problem = f"its two orientations (qform, sform) lie {apart:.1f} mm apart"
            raise ImageFileError(name, problem, "convert it again, or remove one of them")
    return np.asarray(general if general is not None else rotation, dtype=np.float64)
