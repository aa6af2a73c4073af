"""The orientation in Exif data (TIFF 6.0, Exif 2.32: tag 0x0112 of the first directory), read without a parser of all else."""

import struct

UPRIGHT = 1
_ORIENTATION = 0x0112
_SHORT = 3


def orientation_of(exif: bytes) -> int:
    """1 to 8; 1 as well when there is none, or when it is of another type or value than the standard has."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None:
        return UPRIGHT
    try:
        (at,) = struct.unpack_from(order + "I", exif, 4)
        (entries,) = struct.unpack_from(order + "H", exif, at)
        for entry in range(at + 2, at + 2 + 12 * entries, 12):
            tag, kind, count, value = struct.unpack_from(order + "HHIH", exif, entry)
            if tag == _ORIENTATION:
                return value if kind == _SHORT and count == 1 and 1 <= value <= 8 else UPRIGHT
    except struct.error:  # it ends too early
        return UPRIGHT
    return UPRIGHT
