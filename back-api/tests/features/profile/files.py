"""Pictures for tests: honest ones, and some that cost more than they look."""

import struct
import zlib
from io import BytesIO
from typing import Any

from features.profile.decoder import jpeg
from PIL import Image


def picture(kind: str, size: tuple[int, int] = (640, 480), mode: str = "RGB", **options: Any) -> bytes:
    target = BytesIO()
    Image.new(mode, size, "red").save(target, kind, **options)
    return target.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *more: bytes, rows: bytes | None = None) -> bytes:
    """One in shades of grey, `more` before its pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = zlib.compress(rows if rows is not None else bytes(width + 1) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def many_scans(scans: int, size: tuple[int, int] = (4000, 4000)) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    whole = picture("JPEG", size, "L", progressive=True)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * scans + b"\xff\xd9"


def exif(kind: int, value: bytes, *, order: str = "<") -> bytes:
    """Exif data whose one entry is the orientation, of any type."""
    head = b"II*\0" if order == "<" else b"MM\0*"
    return head + struct.pack(order + "IHHHI", 8, 1, 0x0112, kind, 1) + value.ljust(4, b"\0") + bytes(4)


def with_exif(content: bytes, data: bytes) -> bytes:
    """A JPEG or PNG with that Exif data."""
    if content.startswith(jpeg.MAGIC):
        body = b"Exif\0\0" + data
        return content[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + content[2:]
    return content[:33] + chunk(b"eXIf", data) + content[33:]
