"""A viewer for a learner's own CT series or NIfTI volume: the page sends the files, the kernel reads them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, Final

import anywidget
import traitlets

from bonemets_teach.errors import BonemetsError, ParameterError
from bonemets_teach.imaging.sample_study import sample_volume, sample_zip
from bonemets_teach.imaging.volume_file import read_volume
from bonemets_teach.imaging.volume_file_error import ImageFileError, SeveralSeriesError
from bonemets_teach.imaging.volume_file_limits import ReadingLimits
from bonemets_teach.imaging.volume_file_loaded import LoadedVolume
from bonemets_teach.scenes.turns import TURN
from bonemets_teach.widgets._spare_memory import give_back
from bonemets_teach.widgets._static import module, style
from bonemets_teach.widgets._volume_message import slices_of, volume_message
from bonemets_teach.widgets._volume_upload import PIECE_BYTES, Upload

__all__ = ["PAGE_LIMITS", "VolumeViewer"]

_log: Final = logging.getLogger(__name__)
PAGE_LIMITS: Final = ReadingLimits(
    files=2048, file_bytes=32 * 2**20, total_bytes=96 * 2**20, voxels=160 * 512 * 512
)
"""Chosen: 160 slices of 512 x 512 need 80 MiB of a kernel's memory, and three times as much while they are read."""
_PROBLEM: Final = "This did not work. What was open before is still open."
_NONE_OPEN: Final = "this volume is no longer open here; open it again"
_OTHER: Final = "was stopped, since other files were opened meanwhile"

Read = Callable[..., LoadedVolume]


class VolumeViewer(anywidget.AnyWidget):
    """Takes files from the page, reads them as a volume and hands out its slices.

    Parameters
    ----------
    read : callable
        As `bonemets_teach.imaging.volume_file.read_volume`.
    sample : callable
        Returns the volume for whoever has no file.
    limits : ReadingLimits
        How much is taken and read at most.

    Notes
    -----
    One volume is in memory; it stays until another one has been read whole.
    """

    _esm = module(
        "dom.js", "download.js", "progress.js", "reading_geometry.js", "reading_slices.js", "reading_overlay.js", "reading_fusion.js",
        "reading_film.js", "reading_viewport.js", "volume_files.js", "volume_sender.js", "volume_store.js",
        "volume_open.js", "volume_viewer.js",
    )  # fmt: skip
    _css = style("reading_room.css", "volume_viewer.css")
    limits = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        *,
        read: Read = read_volume,
        sample: Callable[[], LoadedVolume] = sample_volume,
        limits: ReadingLimits = PAGE_LIMITS,
    ) -> None:
        super().__init__()
        self._read = read
        self._sample = sample
        self._limits = limits
        self.limits = {
            "files": limits.files,
            "bytes": limits.total_bytes,
            "piece": PIECE_BYTES,
            "voxels": limits.voxels,
        }
        self._upload: Upload | None = None
        self._volume: LoadedVolume | None = None
        self._number = 0
        self._is_sample = False
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return "VolumeViewer()"

    def _receive(self, _widget: Any, content: Any, buffers: Any) -> None:
        message = content if isinstance(content, dict) else {}
        handlers = {
            "hello": self._hello, "open": self._open, "piece": self._piece, "series": self._choose,
            "cancel": self._cancel, "sample": self._open_sample, "slices": self._slices, "export": self._export,
            "close": self._close,
        }  # fmt: skip
        handler = handlers.get(str(message.get("type")))
        if handler is None:
            return
        try:
            with TURN:
                handler(message, buffers or [])
        except ImageFileError as error:
            self._refuse(message, error.name, error.problem, error.way_out)
        except BonemetsError as error:
            self._refuse(message, "", str(error), "")
        except Exception:  # noqa: BLE001 - a learner must never see a traceback; the log keeps it
            _log.exception("the volume viewer failed on a message of type %s", message.get("type"))
            self._refuse(message, "", _PROBLEM, "")

    def _refuse(self, message: dict[str, Any], name: str, problem: str, way_out: str) -> None:
        """Say what is wrong, and drop the upload that it was about; the volume before it stays."""
        if message.get("type") in ("open", "piece", "series") and self._is_current(message):
            self._drop()
        words = {"name": name, "problem": problem, "way_out": way_out}
        self.send({"type": "refused", "upload": message.get("upload"), "about": message.get("type"), **words})

    def _hello(self, _message: dict[str, Any], _buffers: Sequence[Any]) -> None:
        """Tell a page that has just been drawn what is open."""
        if self._volume is not None:
            self._tell(self._volume)

    def _open(self, message: dict[str, Any], _buffers: Sequence[Any]) -> None:
        begun = Upload.from_message(message, self._limits)
        if self._upload is not None:
            stopped = self._upload
            self._refuse(
                {"type": "open", "upload": stopped.key}, stopped.files[0][0], _OTHER, "open it again"
            )
        self._upload = begun
        self.send({"type": "begun", "upload": begun.key})

    def _piece(self, message: dict[str, Any], buffers: Sequence[Any]) -> None:
        if not self._is_current(message):
            return  # of an upload that was stopped; its pieces may still be on the way
        upload = self._upload
        assert upload is not None  # noqa: S101 - just looked at
        upload.add(message.get("offset"), buffers)
        self.send({"type": "got", "upload": upload.key, "bytes": upload.received})
        if upload.is_complete:
            self._load(upload, "")

    def _choose(self, message: dict[str, Any], _buffers: Sequence[Any]) -> None:
        series = message.get("series")
        if not self._is_current(message) or self._upload is None or not self._upload.is_complete:
            raise ParameterError("these files are no longer here; open them again")
        if not isinstance(series, str) or not series:
            raise ParameterError("this series can't be understood; choose one of the list")
        self._load(self._upload, series)

    def _load(self, upload: Upload, series: str) -> None:
        try:
            volume = self._read(upload.entries(), series=series, limits=self._limits)
        except SeveralSeriesError as error:
            # The files stay until one of the series has been chosen.
            listed = [
                {"uid": one.uid, "description": one.description, "kind": one.kind, "files": one.files}
                for one in error.series
            ]
            self.send({"type": "choose", "upload": upload.key, "series": listed})
            return
        finally:
            give_back()
        self._drop()
        self._show(volume, is_sample=False)

    def _cancel(self, message: dict[str, Any], _buffers: Sequence[Any]) -> None:
        if self._is_current(message):
            self._drop()
            self.send({"type": "canceled", "upload": message.get("upload")})

    def _open_sample(self, _message: dict[str, Any], _buffers: Sequence[Any]) -> None:
        self._drop()
        self._show(self._sample(), is_sample=True)

    def _show(self, volume: LoadedVolume, *, is_sample: bool) -> None:
        self._volume, self._is_sample = volume, is_sample
        self._number += 1
        give_back()
        self._tell(volume)

    def _tell(self, volume: LoadedVolume) -> None:
        about = {"volume": self._number, "sample": self._is_sample}
        self.send({"type": "volume", **about, **volume_message(volume)})

    def _slices(self, message: dict[str, Any], _buffers: Sequence[Any]) -> None:
        if self._volume is None or message.get("volume") != self._number:
            raise ParameterError(_NONE_OPEN)
        about, data = slices_of(
            self._volume, message.get("series"), message.get("first"), message.get("count")
        )
        self.send({"type": "slices", "volume": self._number, **about}, buffers=[data])

    def _export(self, _message: dict[str, Any], _buffers: Sequence[Any]) -> None:
        if self._volume is None or not self._is_sample:
            raise ParameterError("only the sample can be downloaded; open it first")
        self.send(
            {"type": "archive", "name": "bonemets-sample-study.zip"}, buffers=[sample_zip(self._volume)]
        )
        give_back()

    def _close(self, _message: dict[str, Any], _buffers: Sequence[Any]) -> None:
        self._drop()
        self._volume = None
        give_back()
        self.send({"type": "closed"})

    def _is_current(self, message: dict[str, Any]) -> bool:
        return self._upload is not None and self._upload.key == message.get("upload")

    def _drop(self) -> None:
        if self._upload is not None:
            self._upload.close()
        self._upload = None
