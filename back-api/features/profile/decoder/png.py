"""PNG (ISO/IEC 15948): the critical chunks, transparency, and the orientation that Exif gives."""

import struct

from .bounds import demand, parts
from .exif import UPRIGHT, orientation_of

MAGIC = b"\x89PNG\r\n\x1a\n"
_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")


def still(content: bytes) -> tuple[bytes, int]:
    """Without texts, colour profiles and the frames of an animation. Raises Refused, struct.error, IndexError."""
    demand(*struct.unpack_from(">II", content, 16))
    kept = [MAGIC]
    at = len(MAGIC)
    kind = b""
    orientation = UPRIGHT
    count = parts()
    while at < len(content) and kind != b"IEND":
        next(count)
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if kind in _KEPT:
            kept.append(content[at:end])
        elif kind == b"eXIf":
            orientation = orientation_of(content[at + 8 : end - 4])
        at = end
    return b"".join(kept), orientation
