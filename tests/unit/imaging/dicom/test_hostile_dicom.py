"""DICOM files that can't be read as a CT series are refused whole, with the file's name, the reason and a way out."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from pydicom import uid as uids

from bonemets_teach.imaging.dicom.study import Study
from bonemets_teach.imaging.dicom.writing import study_zip
from bonemets_teach.imaging.volume_file import read_volume
from bonemets_teach.imaging.volume_file_error import ImageFileError, SeveralSeriesError
from bonemets_teach.imaging.volume_file_limits import ReadingLimits

Changed = Callable[[Callable[[pydicom.Dataset, int], None]], dict[str, bytes]]
LAST = "0005.dcm"


def _refused(source: Any, words: str, **options: Any) -> ImageFileError:
    with pytest.raises(ImageFileError, match=words) as caught:
        read_volume(source, **options)
    assert caught.value.problem
    assert caught.value.way_out
    return caught.value


def _setting(**values: Any) -> Callable[[pydicom.Dataset, int], None]:
    """Change the last slice."""

    def change(dataset: pydicom.Dataset, place: int) -> None:
        if place == 4:
            for keyword, value in values.items():
                if value is None:
                    delattr(dataset, keyword)
                else:
                    setattr(dataset, keyword, value)

    return change


ONE_BAD_SLICE = {
    "no position": ({"ImagePositionPatient": None}, "no ImagePositionPatient"),
    "no orientation": ({"ImageOrientationPatient": None}, "no ImageOrientationPatient"),
    "skewed orientation": ({"ImageOrientationPatient": [1, 0, 0, 1, 0, 0]}, "right angles"),
    "short position": ({"ImagePositionPatient": [1, 2]}, "not 3 finite numbers"),
    "no spacing": ({"PixelSpacing": None}, "no PixelSpacing"),
    "zero spacing": ({"PixelSpacing": [0, 0]}, "outside"),
    "no rescale": ({"RescaleSlope": None}, "no RescaleSlope"),
    "zero slope": ({"RescaleSlope": 0}, "RescaleSlope 0"),
    "huge slope": ({"RescaleSlope": 1e9}, "no CT numbers"),
    "not in HU": ({"RescaleType": "ED"}, "not in HU"),
    "no pixels": ({"PixelData": None}, "holds no pixels"),
    "short pixels": ({"PixelData": b"\0" * 10}, "10 bytes of pixels"),
    "long pixels": ({"PixelData": b"\0" * 1000}, "1000 bytes of pixels"),
    "no rows": ({"Rows": None}, "no Rows"),
    "zero rows": ({"Rows": 0}, "0 x 6 pixels"),
    "huge image": ({"Rows": 65535, "Columns": 65535}, "65535 x 65535"),
    "other size": ({"Rows": 6, "Columns": 8}, "size"),
    "32 bits": ({"BitsAllocated": 32, "BitsStored": 32, "HighBit": 31}, "pixel layout"),
    "odd high bit": ({"HighBit": 3}, "pixel layout"),
    "color": ({"SamplesPerPixel": 3, "PhotometricInterpretation": "RGB"}, "gray image"),
    "many frames": ({"NumberOfFrames": 7}, "7 frames"),
    "localizer": ({"ImageType": ["ORIGINAL", "PRIMARY", "LOCALIZER"]}, "localizer"),
    "other orientation": ({"ImageOrientationPatient": [0, 1, 0, 0, 0, -1]}, "orientation"),
    "other pixel spacing": ({"PixelSpacing": [2, 2]}, "pixel spacing"),
    "other frame of reference": ({"FrameOfReferenceUID": "1.2.3"}, "frame of reference"),
    "other patient": ({"PatientID": "somebody else"}, "differs from 0001.dcm in patient"),
    "patient without a number": ({"PatientID": ""}, "differs from 0001.dcm in patient"),
    "other study": ({"StudyInstanceUID": "1.2.3"}, "differs from 0001.dcm in study"),
    "shifted": ({"ImagePositionPatient": [30.625, 20.75, -24.5]}, "apart"),
    "same place": ({"ImagePositionPatient": [30.625, 20.75, -11.5]}, "same place"),
    "plan": ({"SOPClassUID": uids.RTPlanStorage}, "RT Plan Storage"),
    "MR": ({"SOPClassUID": uids.MRImageStorage}, "MR Image Storage"),
    "enhanced CT": ({"SOPClassUID": uids.EnhancedCTImageStorage}, "enhanced"),
    "no class": ({"SOPClassUID": "9.9.9"}, "9.9.9"),
}


@pytest.mark.parametrize("case", ONE_BAD_SLICE)
def test_one_bad_slice_refuses_the_series_and_is_named(case: str, changed_ct: Changed) -> None:
    """Four good slices are not loaded without the fifth."""
    values, words = ONE_BAD_SLICE[case]
    files = changed_ct(_setting(**values))

    error = _refused(files, words)

    # Of two files at one place, the one that sorts second is accused.
    assert error.name in ({LAST, "0001.dcm"} if case == "same place" else {LAST})


@pytest.mark.parametrize(
    ("kind", "words"),
    [(uids.RTPlanStorage, "RT Plan"), (uids.EnhancedCTImageStorage, "multi-frame"), (uids.UID("9.9"), "9.9")],
)
def test_a_series_that_is_no_classic_ct_is_refused(kind: str, words: str, changed_ct: Changed) -> None:
    """The message says what it is instead."""

    def change(dataset: pydicom.Dataset, place: int) -> None:
        dataset.SOPClassUID = kind

    assert "0001.dcm" == _refused(changed_ct(change), words).name


COMPRESSED = [
    uids.JPEGBaseline8Bit, uids.JPEGLosslessSV1, uids.JPEGLSLossless, uids.JPEG2000Lossless, uids.RLELossless,
    uids.DeflatedExplicitVRLittleEndian, uids.UID("1.2.3.4"),
]  # fmt: skip


@pytest.mark.parametrize("syntax", COMPRESSED, ids=str)
def test_a_compressed_file_is_refused_by_name(syntax: uids.UID, ct_files: dict[str, bytes]) -> None:
    """The transfer syntax is named, and how to decompress it."""
    old = b"1.2.840.10008.1.2.1\0"
    new = str(syntax).encode().ljust(24, b"\0")
    content = ct_files[LAST]
    place = content.index(b"UI" + struct.pack("<H", len(old)) + old)
    changed = content[: place + 2] + struct.pack("<H", 24) + new + content[place + 4 + len(old) :]

    error = _refused(ct_files | {LAST: changed}, "not decoded here")

    assert LAST == error.name
    assert f"{syntax})" in error.problem
    assert "gdcmconv" in error.way_out


def test_a_deflate_bomb_is_never_inflated(ct_files: dict[str, bytes]) -> None:
    """A deflated file of 1 GiB is refused by its transfer syntax alone."""
    head = ct_files[LAST][:132] + b"\x02\0\x10\0UI" + struct.pack("<H", 22) + b"1.2.840.10008.1.2.1.99"
    packer = zlib.compressobj(9)
    bomb = head + b"".join(packer.compress(bytes(2**20)) for _ in range(64)) + packer.flush()

    _refused({"bomb.dcm": bomb}, "deflated")


def test_a_file_cut_off_before_its_series_is_not_left_out(ct_files: dict[str, bytes]) -> None:
    """Even when the series is named, a file that can't say where it belongs refuses all."""
    cut = ct_files[LAST][: ct_files[LAST].index(b"\x20\x00\x0e\x00UI")]

    assert LAST == _refused(ct_files | {LAST: cut}, "names no series", series="CT").name


def test_a_second_transfer_syntax_does_not_slip_through(ct_files: dict[str, bytes]) -> None:
    """A file that names an uncompressed syntax first and deflate afterwards is refused."""
    content = ct_files[LAST]
    start = content.index(b"\x02\0\x12\0UI")
    second = b"\x02\0\x10\0UI" + struct.pack("<H", 22) + b"1.2.840.10008.1.2.1.99"

    _refused(ct_files | {LAST: content[:start] + second + content[start:]}, "deflated")


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5, 0.8, 0.99])
def test_a_truncated_file_is_refused(share: float, ct_files: dict[str, bytes]) -> None:
    """Wherever a download broke off, the file is named."""
    cut = ct_files[LAST][: int(len(ct_files[LAST]) * share)]

    _refused(ct_files | {LAST: cut}, LAST)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.dcm", b"", "is empty"),
        ("noise.dcm", bytes(range(256)) * 9, "not a DICOM file"),
        ("page.dcm", b"<html>Not found</html>", "not a DICOM file"),
        ("head.dcm", bytes(128) + b"DICM", "no transfer syntax"),
        ("odd.dcm", bytes(128) + b"DICM" + b"\x02\0\x10\0UI\xff\xff1.2", "no transfer syntax"),
        ("archive.bin", b"PK\x03\x04 is not all", "not a DICOM file"),
    ],
)
def test_a_file_that_is_no_dicom_is_refused_among_good_ones(
    name: str, content: bytes, words: str, ct_files: dict[str, bytes]
) -> None:
    """An unknown file is not passed over in silence."""
    assert name == _refused(ct_files | {name: content}, words).name


@pytest.mark.parametrize("claimed", [0x7FFFFFF0, 0xFFFFFFFE])
def test_a_length_that_the_file_does_not_hold_is_refused(claimed: int, ct_files: dict[str, bytes]) -> None:
    """Pixels that a header claims to be gigabytes are damaged, even where enough of them follow."""
    content = ct_files[LAST]
    start = content.rfind(b"\xe0\x7f\x10\x00") + 8
    broken = content[:start] + claimed.to_bytes(4, "little") + content[start + 4 :]

    assert LAST == _refused({**ct_files, LAST: broken}, f"says that it holds {claimed} bytes").name


def test_missing_slices_are_counted_and_placed(ct_files: dict[str, bytes]) -> None:
    """The message says how many are missing and between which files."""
    left = {name: content for name, content in ct_files.items() if name != "0003.dcm"}

    error = _refused(left, "1 slice is missing between 0002.dcm and it")

    assert "0004.dcm" == error.name


@pytest.mark.parametrize("told", [0.0, 15.0], ids=["silent", "told"])
def test_a_tilted_gantry_is_refused(told: float, changed_ct: Changed) -> None:
    """Sheared slices are recognized by their positions, with or without GantryDetectorTilt."""

    def change(dataset: pydicom.Dataset, place: int) -> None:
        dataset.ImagePositionPatient = [
            30.625,
            20.75 + place * 3 * np.tan(np.radians(15.0)),
            -11.5 - 3 * place,
        ]
        dataset.GantryDetectorTilt = told

    _refused(changed_ct(change), r"tilted gantry \(slices shifted by 15.0 degrees")


def test_a_tilt_that_positions_do_not_show_is_refused(changed_ct: Changed) -> None:
    """A file that contradicts itself can't be placed."""

    def change(dataset: pydicom.Dataset, place: int) -> None:
        dataset.GantryDetectorTilt = 20

    _refused(changed_ct(change), "tilted gantry")


def test_mixed_series_are_listed(study: Study) -> None:
    """The learner can choose one by its UID."""
    error = _refused({"study.zip": study_zip(study)}, "16 series are mixed")

    assert "2.25." in error.problem
    assert isinstance(error, SeveralSeriesError)
    assert 16 == len({one.uid for one in error.series})
    assert {"CT Image Storage", "MR Image Storage"} <= {one.kind for one in error.series}


def test_an_unknown_series_is_refused(ct_files: dict[str, bytes]) -> None:
    """What is there is listed."""
    _refused(ct_files, "no series 'MR', but CT", series="MR")


def test_a_single_slice_is_no_volume(ct_files: dict[str, bytes]) -> None:
    """One file of a series was probably chosen by mistake."""
    _refused({LAST: ct_files[LAST]}, "only slice")


def test_the_same_file_twice_is_refused(ct_files: dict[str, bytes]) -> None:
    """A copy is named with its original."""
    error = _refused(ct_files | {"copy.dcm": ct_files[LAST]}, "is the same image as")

    assert {error.name, error.problem.split()[-1]} == {"copy.dcm", LAST}


def _archive(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    """The announced size counts."""
    bomb = _archive({f"{n}.dcm": bytes(2**20) for n in range(20)})

    _refused({"bomb.zip": bomb}, "unpacks to 20 MiB", limits=ReadingLimits(total_bytes=2**24))


def test_a_zip_member_that_lies_about_its_size_is_refused(ct_files: dict[str, bytes]) -> None:
    """No more than announced is unpacked, and the checksum tells."""
    archive = _archive({"a.dcm": bytes(2**20)})
    lie = archive.replace(struct.pack("<I", 2**20), struct.pack("<I", 1000))

    _refused({"lie.zip": lie}, "damaged zip|not a DICOM")


@pytest.mark.parametrize("share", [0.1, 0.6, 0.97])
def test_a_truncated_archive_is_refused(share: float, ct_files: dict[str, bytes]) -> None:
    """The end of a zip holds its directory."""
    archive = _archive(ct_files)

    _refused({"a.zip": archive[: int(len(archive) * share)]}, "damaged zip")


def test_a_damaged_archive_member_is_refused(ct_files: dict[str, bytes]) -> None:
    """A flipped byte inside a member is found by its checksum."""
    archive = bytearray(_archive(ct_files))
    archive[len(archive) // 3] ^= 0xFF

    _refused({"a.zip": bytes(archive)}, "damaged")


def test_an_encrypted_archive_is_refused(ct_files: dict[str, bytes]) -> None:
    """The learner has the password, the course has not."""
    archive = _archive({"a.dcm": ct_files[LAST]})
    start = archive.index(b"PK\x01\x02")
    marked = bytearray(archive)
    marked[6] |= 1
    marked[start + 8] |= 1

    _refused({"a.zip": bytes(marked)}, "encrypted")


@pytest.mark.parametrize(
    "name", ["../../etc/a.dcm", "a/../../b.dcm", "/etc/a.dcm", "..\\\\a.dcm", "C:\\\\a.dcm"]
)
def test_an_archive_that_leads_out_of_itself_is_refused(name: str, ct_files: dict[str, bytes]) -> None:
    """Nothing is unpacked to a disk, but such an archive was not packed in good faith."""
    error = _refused({"a.zip": _archive(ct_files | {name: ct_files[LAST]})}, "outside of the archive")

    assert "a.zip" == error.name


def test_an_archive_with_too_many_files_is_refused() -> None:
    """A directory of millions of names is not parsed."""
    archive = _archive({f"{n}.dcm": b"" for n in range(50)})

    _refused({"a.zip": archive}, "more than 20 files", limits=ReadingLimits(files=20))


def test_an_archive_that_hides_its_count_is_refused() -> None:
    """The length of the directory is checked as well as the count."""
    archive = bytearray(_archive({f"{n}-{'x' * 600}.dcm": b"" for n in range(50)}))
    end = archive.rindex(b"PK\x05\x06")
    struct.pack_into("<HH", archive, end + 8, 1, 1)

    _refused({"a.zip": bytes(archive)}, "more than 20 files", limits=ReadingLimits(files=20))


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (ReadingLimits(files=3), "more than 3 files"),
        (ReadingLimits(file_bytes=100), "MiB, more than"),
        (ReadingLimits(total_bytes=3000), "unpacks to"),
        (ReadingLimits(voxels=100), "more than 100 voxels"),
    ],
)
def test_a_series_beyond_the_limits_is_refused(
    limits: ReadingLimits, words: str, ct_files: dict[str, bytes]
) -> None:
    """Count, size and voxels are bounded."""
    _refused(ct_files, words, limits=limits)


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The message names it."""
    _refused(tmp_path / "nothing", "can't be read")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    """There is nothing to load, and the message says what to choose."""
    _refused(tmp_path, "holds no image file")


def test_a_folder_is_not_held_up_by_a_pipe(tmp_path: Path) -> None:
    """A named pipe would never end."""
    os.mkfifo(tmp_path / "pipe")

    _refused(tmp_path, "not a regular file")


@pytest.mark.parametrize("source", [[], {}], ids=["list", "upload"])
def test_no_file_at_all_is_refused(source: Any) -> None:
    """An empty choice is explained."""
    _refused(source, "holds no image file")


def test_deeply_nested_sequences_are_refused_or_read(ct_files: dict[str, bytes]) -> None:
    """A file that nests thousands of sequences does not end the process."""
    content = ct_files[LAST]
    place = content.index(b"\x20\x00\x0d\x00UI")
    nest = b"\x08\x00\x40\x11SQ\0\0\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff" * 5000

    _refused(ct_files | {LAST: content[:place] + nest + content[place:]}, LAST)
