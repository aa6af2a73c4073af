"""GIF89a: the first image and what makes it transparent."""

import struct

from .bounds import Refused, demand, parts
from .exif import UPRIGHT

MAGIC = b"GIF8"
_HEADER = 13
_EXTENSION = 0x21
_IMAGE = 0x2C
_TRAILER = b"\x3b"
_GRAPHIC_CONTROL = 0xF9


def still(content: bytes) -> tuple[bytes, int]:
    """Without comments, application data and further images. Raises Refused, struct.error, IndexError."""
    width, height, packed = struct.unpack_from("<HHB", content, 6)
    at = _HEADER + _palette(packed)
    kept = [content[:at]]
    count = parts()
    while content[at] == _EXTENSION:
        next(count)
        end = _blocks_end(content, at + 2)
        if content[at + 1] == _GRAPHIC_CONTROL:
            kept.append(content[at:end])
        at = end
    if content[at] != _IMAGE:
        raise Refused("broken")
    left, top, wide, high, packed = struct.unpack_from("<HHHHB", content, at + 1)
    demand(max(left + wide, width), max(top + high, height))
    end = _blocks_end(content, at + 11 + _palette(packed))
    return b"".join([*kept, content[at:end], _TRAILER]), UPRIGHT


def _palette(packed: int) -> int:
    """The bytes of a colour table."""
    return 3 * 2 ** ((packed & 7) + 1) if packed & 0x80 else 0


def _blocks_end(content: bytes, at: int) -> int:
    """The end of the data sub-blocks from `at` on. Raises Refused for too many, IndexError when they have no end."""
    count = parts()
    while size := content[at]:
        next(count)
        at += size + 1
    return at + 1
