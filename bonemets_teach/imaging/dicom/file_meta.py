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

__all__ = ["readable_content"]

_READABLE: Final = {ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian}
_LONG: Final = {b"OB", b"OW", b"SQ", b"UN", b"UT", b"UC", b"UR", b"OF", b"OD", b"OL"}
_TRANSFER_SYNTAX: Final = (0x0002, 0x0010)


def readable_content(name: str, content: bytes) -> tuple[str, bytes]:
    """Return the transfer syntax of a DICOM file and the file for a parser, or refuse the file.

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
    content : bytes
        The file with a first part that names this syntax and nothing else.

    Raises
    ------
    ImageFileError
        If it is no DICOM file, is cut off in its first part, or is compressed.

    Notes
    -----
    Deflated files are refused as well: a parser would unpack them with no bound. The first part is written anew, so
    that a parser can't find another syntax in it than the one that was checked.
    """
    if not content:
        raise ImageFileError(name, "is empty", "fetch it again")
    if content[128:132] != b"DICM":
        raise ImageFileError(
            name, "is not a DICOM file", "take it out of the folder, or choose DICOM or NIfTI files"
        )
    syntax, start = _transfer_syntax(content)
    if not syntax:
        raise ImageFileError(
            name, "is damaged: its first part names no transfer syntax", "fetch or export it again"
        )
    if syntax not in _READABLE:
        name_of = UID(syntax, validation_mode=config.IGNORE).name
        known = name_of if name_of != syntax else "an unknown transfer syntax"
        way_out = "save it uncompressed (Explicit VR Little Endian), as `gdcmconv --raw` or `dcmdjpeg` do"
        kind = "deflated" if syntax == DeflatedExplicitVRLittleEndian else "compressed or private"
        raise ImageFileError(name, f"is {kind} ({known}, {syntax}), which is not decoded here", way_out)
    value = syntax.encode() + b"\0" * (len(syntax) % 2)
    element = struct.pack("<HH2sH", *_TRANSFER_SYNTAX, b"UI", len(value)) + value
    return syntax, bytes(128) + b"DICM" + element + content[start:]


def _transfer_syntax(content: bytes) -> tuple[str, int]:
    """Return the last transfer syntax of group 2, which is explicit little endian, and where the group ends."""
    place, syntax = 132, ""
    while place + 8 <= len(content):
        group, element, kind, length = struct.unpack_from("<HH2sH", content, place)
        if group != 0x0002:
            return syntax, place
        place += 8
        if kind in _LONG and place + 4 <= len(content):
            (length,) = struct.unpack_from("<I", content, place)
            place += 4
        if (group, element) == _TRANSFER_SYNTAX:
            text = content[place : place + length].decode("ascii", "replace").rstrip("\0 ")
            syntax = text if re.fullmatch(r"[0-9.]{1,64}", text) else ""
        place += length
    return "", place
