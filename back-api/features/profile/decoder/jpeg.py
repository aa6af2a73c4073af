"""JPEG (ITU-T T.81): frame, tables and scans, and of the application segments those that say how colours are coded."""

import re
import struct

from .bounds import MAX_SCANS, Refused, demand, parts
from .exif import UPRIGHT, orientation_of

MAGIC = b"\xff\xd8\xff"
_EXIF = b"Exif\0\0"
_FRAMES = (0xC0, 0xC1, 0xC2)
"""Baseline, extended and progressive DCT."""
_SCAN = 0xDA
_END = 0xD9
_APP1 = 0xE1
_KEPT = (*_FRAMES, 0xC4, 0xDB, 0xDD, _SCAN, 0xE0, 0xEE)
"""Also Huffman and quantisation tables, restart interval, JFIF and Adobe."""
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")
"""Of a segment or the end: no stuffed zero, restart or fill byte."""


def still(content: bytes) -> tuple[bytes, int]:
    """Without metadata, colour profile, thumbnails and what follows. Raises Refused, struct.error, IndexError."""
    kept = [content[:2]]
    at = 2
    scans = 0
    orientation = UPRIGHT
    count = parts()
    while found := _MARKER.search(content, at):
        next(count)
        marker = content[found.end() - 1]
        start = found.end()
        if marker == _END:
            kept.append(b"\xff\xd9")
            break
        at = start + struct.unpack_from(">H", content, start)[0]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, start + 3)
            demand(width, height)
        elif marker == _SCAN:
            scans += 1
            at = _scan_end(content, at)
        elif marker == _APP1 and content.startswith(_EXIF, start + 2):
            orientation = orientation_of(content[start + 2 + len(_EXIF) : at])
        if scans > MAX_SCANS:
            raise Refused("scans")
        if marker in _KEPT:
            kept.append(content[start - 2 : at])
    return b"".join(kept), orientation


def _scan_end(content: bytes, at: int) -> int:
    """Where the next segment begins behind the entropy-coded data from `at` on."""
    found = _MARKER.search(content, at)
    return found.start() if found else len(content)
