"""The volume viewer takes files in pieces, reads them whole or not at all, and hands out slices."""

from __future__ import annotations

import io
import math
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import nibabel as nib
import numpy as np
import pytest

from bonemets_teach import lessons
from bonemets_teach.imaging.dicom.geometry import VolumeGeometry
from bonemets_teach.imaging.dicom.series import Series
from bonemets_teach.imaging.dicom.study import Patient, Study
from bonemets_teach.imaging.dicom.writing import study_files, study_zip
from bonemets_teach.imaging.volume_file_limits import ReadingLimits
from bonemets_teach.imaging.volume_file_loaded import LoadedVolume
from bonemets_teach.server import app
from bonemets_teach.widgets import _volume_upload
from bonemets_teach.widgets._volume_upload import PIECE_BYTES, Upload
from bonemets_teach.widgets.volume_viewer import PAGE_LIMITS, VolumeViewer

Files = dict[str, bytes]
GEOMETRY = VolumeGeometry.from_phantom("axial", (3.0, 1.5, 1.25))
BODY = np.random.default_rng(5).integers(-1000, 2000, (5, 8, 6)).astype(np.int16)
OLD = np.full((3, 4, 5), 7, dtype=np.int16)


def _study(*names: str) -> Study:
    series = [
        Series(modality="CT", description=name, pixels=BODY, unit="HU", geometry=GEOMETRY) for name in names
    ]
    return Study(patient=Patient(seed=1), series=series)


@cache
def _written() -> tuple[tuple[str, bytes], ...]:
    return tuple(study_files(_study("CT")))


def _slices() -> Files:
    return {name.rsplit("/", 1)[1]: content for name, content in _written()}


def _nifti(values: np.ndarray = BODY) -> bytes:
    content: bytes = nib.Nifti1Image(values.T, np.diag([1.0, 2.0, 3.0, 1.0])).to_bytes()
    return content


class Talk:
    """A viewer and what it says."""

    def __init__(self, **options: Any) -> None:
        self.viewer = VolumeViewer(
            sample=lambda: LoadedVolume(stored=OLD, geometry=GEOMETRY, name="Old"), **options
        )
        self.said: list[tuple[dict[str, Any], list[bytes]]] = []
        self.viewer.send = lambda content, buffers=None: self.said.append((content, buffers or []))

    def say(self, kind: Any, *buffers: Any, **values: Any) -> dict[str, Any]:
        """Send a message; returns the last answer to it, or an empty one."""
        before = len(self.said)
        self.viewer._receive(self.viewer, {"type": kind, **values}, list(buffers))
        return self.said[-1][0] if len(self.said) > before else {}

    def open(self, files: Files, upload: str = "a") -> dict[str, Any]:
        """Announce files as the page does."""
        return self.say(
            "open",
            upload=upload,
            files=[{"name": name, "size": len(content)} for name, content in files.items()],
        )

    def send(self, files: Files, upload: str = "a", piece: int = PIECE_BYTES) -> dict[str, Any]:
        """Send files whole; returns the last answer."""
        answer = self.open(files, upload)
        stream = b"".join(files.values())
        for offset in range(0, len(stream), piece):
            answer = self.say(
                "piece", memoryview(stream[offset : offset + piece]), upload=upload, offset=offset
            )
        return answer

    def volume(self) -> np.ndarray:
        """Return the open volume, from its axial slices."""
        about = next(message for message, _ in reversed(self.said) if message["type"] == "volume")
        axial = about["series"][0]
        asked = {"volume": about["volume"], "series": "axial", "first": 0, "count": axial["slices"]}
        self.say("slices", **asked)
        shape = (axial["slices"], axial["rows"], axial["columns"])
        return np.frombuffer(self.said[-1][1][0], "<i2").reshape(shape)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the search for unused memory, which takes longer than a test."""
    monkeypatch.setattr("bonemets_teach.widgets.volume_viewer.give_back", lambda: None)


@pytest.fixture
def talk() -> Talk:
    """Open a viewer in which the sample is open."""
    made = Talk()
    made.say("sample")
    return made


def _assert_refused(talk: Talk, answer: dict[str, Any], *words: str) -> None:
    """Check that the answer says what is wrong, no upload is left, and the sample is still open."""
    assert "refused" == answer["type"]
    said = f"{answer['name']}: {answer['problem']}; {answer['way_out']}"
    assert all(word in said for word in words), said
    assert talk.viewer._upload is None
    np.testing.assert_array_equal(OLD, talk.volume())


@pytest.mark.parametrize("piece", [100, 999, PIECE_BYTES])
def test_a_series_sent_in_pieces_is_read_whole(talk: Talk, piece: int) -> None:
    """Pieces need not end where files end; each is acknowledged with the bytes so far."""
    files = _slices()
    answer = talk.send(files, piece=piece)

    total = sum(map(len, files.values()))
    got = [message["bytes"] for message, _ in talk.said if message["type"] == "got"]
    assert [*range(piece, total, piece), total] == got
    assert ("volume", "CT", False) == (answer["type"], answer["name"], answer["sample"])
    np.testing.assert_array_equal(BODY, talk.volume())


def test_a_zip_and_a_nifti_are_read(talk: Talk) -> None:
    """One file is enough; the newer volume takes the place of the older one."""
    assert "CT" == talk.send({"a.zip": study_zip(_study("CT"))})["name"]
    answer = talk.send({"b.nii": _nifti()}, "b")

    assert ("b.nii", 3) == (answer["name"], answer["volume"])
    np.testing.assert_array_equal(BODY[::-1, ::-1, ::-1], talk.volume())


def test_each_plane_has_its_own_size_spacing_and_slices(talk: Talk) -> None:
    """Coronal and sagittal pixels are as tall as the slices lie apart."""
    series = {one["id"]: one for one in talk.send(_slices())["series"]}
    shapes = {name: (one["slices"], one["rows"], one["columns"]) for name, one in series.items()}

    assert {"axial": (5, 8, 6), "coronal": (8, 5, 6), "sagittal": (6, 5, 8)} == shapes
    assert [3.0, 1.25] == series["coronal"]["pixel_mm"]
    assert ["Bone", "Soft tissue", "Lung", "Brain"] == [one["name"] for one in series["axial"]["windows"]]
    talk.say("slices", volume=2, series="sagittal", first=2, count=2)
    sagittal = np.frombuffer(talk.said[-1][1][0], "<i2").reshape(2, 5, 8)
    np.testing.assert_array_equal(BODY.transpose(2, 0, 1)[2:4], sagittal)


def test_several_series_are_offered_and_one_is_opened(talk: Talk) -> None:
    """The files stay until one is chosen; a wrong choice is refused."""
    answer = talk.send({"a.zip": study_zip(_study("CT one", "CT two"))})

    assert "choose" == answer["type"]
    assert {("CT one", 5), ("CT two", 5)} == {(one["description"], one["files"]) for one in answer["series"]}
    uid = next(one["uid"] for one in answer["series"] if one["description"] == "CT two")
    assert "CT two" == talk.say("series", upload="a", series=uid)["name"]
    np.testing.assert_array_equal(BODY, talk.volume())
    assert talk.viewer._upload is None


@pytest.mark.parametrize("series", ["9.9.9", "", None, 7, ["1"]])
def test_a_series_that_is_not_there_is_refused(talk: Talk, series: Any) -> None:
    """Nothing is opened in its place."""
    talk.send({"a.zip": study_zip(_study("CT one", "CT two"))})

    _assert_refused(talk, talk.say("series", upload="a", series=series))


def test_a_choice_before_all_bytes_are_there_is_refused(talk: Talk) -> None:
    """A series can't be chosen among files that have not come."""
    talk.open(_slices())

    _assert_refused(talk, talk.say("series", upload="a", series="1"), "no longer here")


def _without(files: Files, name: str) -> Files:
    return {key: content for key, content in files.items() if key != name}


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(98):
            archive.writestr(f"{number}.dcm", bytes(2**20))
    return buffer.getvalue()


def _leading_out() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../../a.dcm", _slices()["0001.dcm"])
    return buffer.getvalue()


BAD: dict[str, tuple[Callable[[], Files], tuple[str, ...]]] = {
    "truncated": (lambda: _slices() | {"0003.dcm": _slices()["0003.dcm"][:-20]}, ("0003.dcm", "cut off")),
    "missing slice": (lambda: _without(_slices(), "0003.dcm"), ("0004.dcm", "1 slice is missing")),
    "empty among good ones": (lambda: _slices() | {"x.dcm": b""}, ("x.dcm", "is empty")),
    "no image": (lambda: _slices() | {"x.exe": b"MZ" * 99}, ("x.exe", "is not a DICOM file")),
    "only text": (lambda: {"readme.txt": b"hello"}, ("holds no image file",)),
    "4-D": (lambda: {"a.nii": _nifti(np.stack([BODY, BODY]))}, ("a.nii", "dimensions 6 x 8 x 5 x 2")),
    "two volumes": (lambda: {"a.nii": _nifti(), "b.nii": _nifti()}, ("a.nii", "beside 1 other")),
    "zip bomb": (lambda: {"bomb.zip": _bomb()}, ("bomb.zip", "unpacks to 98 MiB, more than 96 MiB")),
    "zip that leads out": (lambda: {"a.zip": _leading_out()}, ("a.zip", "outside of the archive (../../a.dcm)")),
    "bytes of another kind": (lambda: {"a.zip": b"GIF89a" * 50}, ("a.zip", "damaged zip")),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_can_not_be_read_is_refused_and_the_volume_before_it_stays(talk: Talk, case: str) -> None:
    """The file, the reason and a way out; nothing is loaded by half."""
    files, words = BAD[case]

    answer = talk.send(files())

    _assert_refused(talk, answer, *words)
    assert answer["way_out"]


def test_names_are_words_and_never_paths(talk: Talk) -> None:
    """A name with slashes, dots, control characters or markup changes nothing but the message."""
    files = {"../../etc/pass\x00wd\u202e<b>.dcm": b"x" * 300}

    answer = talk.send(files)

    _assert_refused(talk, answer, "../../etc/pass\N{REPLACEMENT CHARACTER}wd\N{REPLACEMENT CHARACTER}<b>.dcm")


LISTS = {
    "no list": None, "text": "a.dcm", "list of text": ["a.dcm"], "no size": [{"name": "a"}],
    "NaN": [{"name": "a", "size": math.nan}], "infinity": [{"name": "a", "size": math.inf}],
    "fraction": [{"name": "a", "size": 1.5}], "negative": [{"name": "a", "size": -1}, {"name": "b", "size": 9}],
    "truth": [{"name": "a", "size": True}], "name of a number": [{"name": 1, "size": 5}],
}  # fmt: skip


@pytest.mark.parametrize("case", LISTS)
def test_a_list_of_files_made_by_hand_is_refused(talk: Talk, case: str) -> None:
    """Nothing of the message is trusted."""
    _assert_refused(talk, talk.say("open", upload="a", files=LISTS[case]), "can't be understood")


@pytest.mark.parametrize("key", [None, "", 7, "x" * 65, ["a"]])
def test_an_upload_without_a_proper_name_is_refused(talk: Talk, key: Any) -> None:
    """Its pieces could not be told from others."""
    answer = talk.say("open", upload=key, files=[{"name": "a", "size": 5}])

    _assert_refused(talk, answer, "can't be understood")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "holds no file"),
        ([{"name": "a.dcm", "size": 0}], "a.dcm: is empty"),
        ([{"name": "a", "size": 1}] * 2049, "are 2049, more than 2048"),
        ([{"name": "a", "size": 2**60}], "more than 96 MiB"),
        ([{"name": "a", "size": 50 * 2**20}] * 2, "come to 100.0 MiB, more than 96 MiB"),
    ],
    ids=["none", "empty", "many", "huge", "large"],
)
def test_too_much_is_refused_before_a_byte_is_sent(talk: Talk, files: list[Any], words: str) -> None:
    """The numbers and the way out are in the message."""
    _assert_refused(talk, talk.say("open", upload="a", files=files), words)


PIECES: dict[str, tuple[Any, list[Any]]] = {
    "second first": (100, [b"x" * 100]), "negative": (-1, [b"x"]), "NaN": (math.nan, [b"x"]), "text": ("0", [b"x"]),
    "truth": (False, [b"x"]), "nothing": (None, [b"x"]), "no buffer": (0, []), "two buffers": (0, [b"x", b"y"]),
    "empty buffer": (0, [b""]), "longer than announced": (0, [b"x" * 10**5]),
}  # fmt: skip


@pytest.mark.parametrize("case", PIECES)
def test_a_piece_made_by_hand_ends_the_upload(talk: Talk, case: str) -> None:
    """Wrong order, wrong size or no bytes: nothing of it is read."""
    offset, buffers = PIECES[case]
    talk.open(_slices())

    answer = talk.say("piece", *map(memoryview, buffers), upload="a", offset=offset)

    _assert_refused(talk, answer, "missing or came twice")


def test_a_piece_that_comes_twice_ends_the_upload(talk: Talk) -> None:
    """The bytes after it would lie in the wrong place."""
    talk.open(_slices())
    talk.say("piece", memoryview(b"x" * 100), upload="a", offset=0)

    _assert_refused(
        talk, talk.say("piece", memoryview(b"x" * 100), upload="a", offset=0), "missing or came twice"
    )


def test_a_piece_larger_than_a_message_may_be_ends_the_upload(talk: Talk) -> None:
    """The limit holds also where the server's own does not."""
    talk.open({"a.nii": bytes(2 * PIECE_BYTES)})

    answer = talk.say("piece", memoryview(bytes(PIECE_BYTES + 1)), upload="a", offset=0)

    _assert_refused(talk, answer, "missing or came twice")


def test_a_piece_fits_into_a_message_of_the_server() -> None:
    """With room for its head."""
    assert app._LARGEST_MESSAGE >= PIECE_BYTES + 2**16


def test_pieces_of_an_unknown_upload_are_passed_over(talk: Talk) -> None:
    """They may still be on the way after a cancel; nobody waits for an answer."""
    assert {} == talk.say("piece", memoryview(b"x"), upload="b", offset=0)
    np.testing.assert_array_equal(OLD, talk.volume())


def test_a_second_upload_takes_the_place_of_the_first(talk: Talk) -> None:
    """The first is told, its late pieces do no harm, and the second is read."""
    files = _slices()
    talk.open(files, "a")
    talk.say("piece", memoryview(b"x" * 100), upload="a", offset=0)
    answer = talk.send(files, "b")
    told = [message for message, _ in talk.said if message["type"] == "refused"]

    assert ["a"] == [message["upload"] for message in told]
    assert "other files were opened meanwhile" in told[0]["problem"]
    assert "volume" == answer["type"]
    assert {} == talk.say("piece", memoryview(b"x" * 100), upload="a", offset=100)
    np.testing.assert_array_equal(BODY, talk.volume())


def test_a_bad_second_upload_leaves_the_first_alone(talk: Talk) -> None:
    """A list that is refused stops nothing."""
    files = _slices()
    stream = b"".join(files.values())
    talk.open(files, "a")

    assert "refused" == talk.say("open", upload="b", files=[{"name": "b", "size": math.nan}])["type"]
    assert "volume" == talk.say("piece", memoryview(stream), upload="a", offset=0)["type"]


def test_a_canceled_upload_is_gone(talk: Talk) -> None:
    """Its bytes are let go at once; another page's name cancels nothing."""
    talk.open(_slices())
    assert {} == talk.say("cancel", upload="b")
    kept = talk.viewer._upload
    assert kept is not None

    assert "canceled" == talk.say("cancel", upload="a")["type"]
    assert talk.viewer._upload is None
    assert kept._file.closed


def test_the_bytes_have_no_name_on_any_disk(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """They vanish with the process however it ends."""
    monkeypatch.setattr(_volume_upload.tempfile, "tempdir", str(tmp_path))
    upload = Upload("a", [("a.dcm", 4), ("b.dcm", 2)])
    upload.add(0, [memoryview(b"12345")])

    assert [] == list(tmp_path.iterdir())
    upload.add(5, [memoryview(b"6")])
    assert [("a.dcm", b"1234"), ("b.dcm", b"56")] == [(one.name, one.read()) for one in upload.entries()]
    upload.close()


def test_a_full_disk_is_said(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The learner can't help it and is told so."""
    talk.open(_slices())

    class Full:
        def write(self, _data: Any) -> None:
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            pass

    assert talk.viewer._upload is not None
    talk.viewer._upload._file.close()
    monkeypatch.setattr(talk.viewer._upload, "_file", Full())
    _assert_refused(talk, talk.say("piece", memoryview(b"x"), upload="a", offset=0), "no room")


SLICES = {
    "unknown plane": ("oblique", 0, 1), "no plane": (None, 0, 1), "list": (["axial"], 0, 1), "before": ("axial", -1, 1),
    "behind": ("axial", 2, 2), "none": ("axial", 0, 0), "NaN": ("axial", math.nan, 1), "truth": ("axial", True, 1),
    "text": ("axial", "0", 1),
}  # fmt: skip


@pytest.mark.parametrize("case", SLICES)
def test_slices_that_are_not_there_are_refused(talk: Talk, case: str) -> None:
    """Messages made by hand get words."""
    plane, first, count = SLICES[case]

    _assert_refused(talk, talk.say("slices", volume=1, series=plane, first=first, count=count))


@pytest.mark.parametrize("volume", [0, 2, None, "1", math.nan])
def test_slices_of_another_volume_are_refused(talk: Talk, volume: Any) -> None:
    """A page that is behind never gets pixels of the wrong study."""
    answer = talk.say("slices", volume=volume, series="axial", first=0, count=1)

    _assert_refused(talk, answer, "no longer open")


@pytest.mark.parametrize("content", [None, 3, "open", [], {}, {"type": ["open"]}, {"type": "erase"}])
def test_messages_that_mean_nothing_are_passed_over(talk: Talk, content: Any) -> None:
    """No answer and no error."""
    before = len(talk.said)
    talk.viewer._receive(talk.viewer, content, None)

    assert before == len(talk.said)


def test_a_fault_of_ours_is_words_and_no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    """What was open stays open."""

    def broken(*_: Any, **__: Any) -> LoadedVolume:
        raise RuntimeError("secret path /home/x")

    talk = Talk(read=broken)
    talk.say("sample")
    _assert_refused(talk, talk.send(_slices()), "did not work")
    assert "secret path" not in str(talk.said)
    assert "failed on a message of type piece" in caplog.text


def test_a_page_drawn_anew_learns_what_is_open(talk: Talk) -> None:
    """And nothing where nothing is open."""
    assert ("volume", True) == (talk.say("hello")["type"], talk.said[-1][0]["sample"])
    assert {} == Talk().say("hello")


def test_a_closed_study_is_let_go(talk: Talk) -> None:
    """Its slices are no longer there."""
    assert "closed" == talk.say("close")["type"]
    assert "refused" == talk.say("slices", volume=1, series="axial", first=0, count=1)["type"]
    assert talk.viewer._volume is None


def test_the_sample_leaves_as_dicom_and_comes_back(talk: Talk) -> None:
    """What is downloaded can be opened; a learner's own files are not sent back."""
    answer = talk.say("export")
    archive = talk.said[-1][1][0]

    assert ("archive", "bonemets-sample-study.zip") == (answer["type"], answer["name"])
    assert "volume" == talk.send({"a.zip": archive})["type"]
    np.testing.assert_array_equal(OLD, talk.volume())
    assert "only the sample" in talk.say("export")["problem"]


def test_the_voxels_that_are_read_are_bounded() -> None:
    """The limit of the viewer is handed to the reader."""
    talk = Talk(limits=ReadingLimits(voxels=100, total_bytes=2**20))
    talk.say("sample")

    _assert_refused(talk, talk.send(_slices()), "more than 100 voxels")
    assert {
        "files": 2048,
        "bytes": 96 * 2**20,
        "piece": 2**20,
        "voxels": 160 * 512**2,
    } == VolumeViewer().limits
    assert PAGE_LIMITS.voxels * 2 <= 80 * 2**20


def test_a_lesson_shows_the_viewer() -> None:
    """One call in the notebook."""
    assert "VolumeViewer()" == repr(lessons.load("reading-room").volume_viewer())


def test_the_readers_come_with_the_first_file() -> None:
    """A learner who opens none has neither pydicom nor nibabel in memory."""
    code = (
        "import sys, bonemets_teach.widgets.volume_viewer as v; v.VolumeViewer();"
        "sys.exit(bool({'pydicom', 'nibabel'} & set(sys.modules)))"
    )

    assert 0 == subprocess.run([sys.executable, "-c", code], check=False, timeout=120).returncode
