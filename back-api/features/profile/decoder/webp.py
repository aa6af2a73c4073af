"""WebP (RFC 9649): the first frame, and the orientation that Exif gives."""

import struct

from .bounds import MAX_WEBP_PIXELS, Refused, demand, parts
from .exif import UPRIGHT, orientation_of

MAGIC = b"RIFF"
_ANIMATION = 0x02
_ALPHA = 0x10
_FRAMES = (b"VP8 ", b"VP8L", b"ANMF")


def still(content: bytes) -> tuple[bytes, int]:
    """Without metadata, colour profile and further frames. Raises Refused, struct.error, IndexError."""
    if content[8:12] != b"WEBP":
        raise Refused("format")
    kept = [b"WEBP"]
    at = 12
    frames = 0
    orientation = UPRIGHT
    count = parts()
    while at + 8 <= len(content):
        next(count)
        kind, length = struct.unpack_from("<4sI", content, at)
        end = at + 8 + length + length % 2
        chunk = content[at:end]
        if kind == b"VP8X":
            demand(_uint24(chunk, 12) + 1, _uint24(chunk, 15) + 1, MAX_WEBP_PIXELS)
            kept.append(chunk[:8] + bytes([chunk[8] & (_ANIMATION | _ALPHA)]) + chunk[9:])
        elif kind in _FRAMES and frames == 0:
            demand(*_size(kind, chunk), MAX_WEBP_PIXELS)
            frames += 1
            kept.append(chunk)
        elif kind in (b"ALPH", b"ANIM"):
            kept.append(chunk)
        elif kind == b"EXIF":
            orientation = orientation_of(chunk[8:].removeprefix(b"Exif\0\0"))
        at = end
    whole = b"".join(kept)
    return MAGIC + struct.pack("<I", len(whole)) + whole, orientation


def _size(kind: bytes, chunk: bytes) -> tuple[int, int]:
    if kind == b"ANMF":
        return _uint24(chunk, 14) + 1, _uint24(chunk, 17) + 1
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", chunk, 9)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", chunk, 14)
    return width & 0x3FFF, height & 0x3FFF


def _uint24(chunk: bytes, at: int) -> int:
    low, high = struct.unpack_from("<HB", chunk, at)
    return low | high << 16
