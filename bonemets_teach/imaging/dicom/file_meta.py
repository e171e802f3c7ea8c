"""The first bytes of a DICOM file, read before a parser sees the rest (PS3.10, section 7.1)."""

from __future__ import annotations

import re
import struct
from typing import Final

from pydicom import config
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

from bonemets_teach.imaging.volume_file_error import ImageFileError

__all__ = ["require_readable_syntax"]

_READABLE: Final = {ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian}
_LONG: Final = {b"OB", b"OW", b"SQ", b"UN", b"UT", b"UC", b"UR", b"OF", b"OD", b"OL"}
_TRANSFER_SYNTAX: Final = (0x0002, 0x0010)


def require_readable_syntax(name: str, content: bytes) -> str:
    """Return the transfer syntax of a DICOM file, or refuse the file.

    Parameters
    ----------
    name : str
        The file, for messages.
    content : bytes
        The whole file.

    Returns
    -------
    syntax : str
        Uncompressed: implicit or explicit little endian, or explicit big endian.

    Raises
    ------
    ImageFileError
        If it is no DICOM file, is cut off in its first part, or is compressed.

    Notes
    -----
    Deflated files are refused as well: a parser would unpack them with no bound.
    """
    if not content:
        raise ImageFileError(name, "is empty", "fetch it again")
    if content[128:132] != b"DICM":
        raise ImageFileError(
            name, "is not a DICOM file", "take it out of the folder, or choose DICOM or NIfTI files"
        )
    syntax = _transfer_syntax(content)
    if syntax is None:
        raise ImageFileError(
            name, "is damaged: its first part names no transfer syntax", "fetch or export it again"
        )
    if syntax not in _READABLE:
        name_of = UID(syntax, validation_mode=config.IGNORE).name
        known = name_of if name_of != syntax else "an unknown transfer syntax"
        way_out = "save it uncompressed (Explicit VR Little Endian), as `gdcmconv --raw` or `dcmdjpeg` do"
        kind = "deflated" if syntax == DeflatedExplicitVRLittleEndian else "compressed or private"
        raise ImageFileError(name, f"is {kind} ({known}, {syntax}), which is not decoded here", way_out)
    return syntax


def _transfer_syntax(content: bytes) -> str | None:
    """Walk through group 2, which is always explicit little endian."""
    place = 132
    while place + 8 <= len(content):
        group, element, kind, short = struct.unpack_from("<HH2sH", content, place)
        if group != 0x0002:
            return None
        place += 8
        length = short
        if kind in _LONG:
            if place + 4 > len(content):
                return None
            (length,) = struct.unpack_from("<I", content, place)
            place += 4
        if (group, element) == _TRANSFER_SYNTAX:
            text = content[place : place + length].decode("ascii", "replace").rstrip("\0 ")
            return text if re.fullmatch(r"[0-9.]{1,64}", text) and place + length <= len(content) else None
        place += length
    return None
