"""`avatar_of`: the middle of a picture as a small WebP."""

import struct
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageOps

from . import gif, jpeg, png, webp
from .bounds import Refused

SIDE = 256
BAND_ROWS = 128
_STILLS: dict[bytes, tuple[str, Callable[[bytes], tuple[bytes, int]]]] = {
    png.MAGIC: ("PNG", png.still),
    jpeg.MAGIC: ("JPEG", jpeg.still),
    gif.MAGIC: ("GIF", gif.still),
    webp.MAGIC: ("WEBP", webp.still),
}
_Turn = Image.Transpose
_TURNS = {
    2: _Turn.FLIP_LEFT_RIGHT,
    3: _Turn.ROTATE_180,
    4: _Turn.FLIP_TOP_BOTTOM,
    5: _Turn.TRANSPOSE,
    6: _Turn.ROTATE_270,
    7: _Turn.TRANSVERSE,
    8: _Turn.ROTATE_90,
}
"""What makes a picture of that Exif orientation upright."""


def avatar_of(content: bytes) -> bytes:
    """`content` (PNG, JPEG, WebP or GIF) cropped to its middle square as a 256×256 WebP.

    First the file is reduced to what its first frame needs, so that nothing else is ever decoded and no metadata goes on.
    Raises Refused, and whatever else Pillow raises about a file that is broken.
    """
    for magic, (name, still) in _STILLS.items():
        if content.startswith(magic):
            return _encoded(name, still, content)
    raise Refused("format")


def _encoded(name: str, still: Callable[[bytes], tuple[bytes, int]], content: bytes) -> bytes:
    try:
        frame, orientation = still(content)
    except (struct.error, IndexError):  # it ends too early
        raise Refused("broken") from None
    with Image.open(BytesIO(frame), formats=(name,)) as picture:
        square = _square(picture)
    if turn := _TURNS.get(orientation):
        square = square.transpose(turn)
    target = BytesIO()
    square.save(target, "WEBP", quality=82, method=4)
    return target.getvalue()


def _square(picture: Image.Image) -> Image.Image:
    """Scaled down by a whole number first, in bands: no second copy of all pixels is made."""
    picture.draft("RGB", (2 * SIDE, 2 * SIDE))
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    side = min(picture.size)
    left = (picture.width - side) // 2
    top = (picture.height - side) // 2
    factor = max(1, side // (2 * SIDE))
    small = -(-side // factor)
    square = Image.new(mode, (small, small))
    for row in range(0, small, BAND_ROWS):
        bottom = min(top + side, top + (row + BAND_ROWS) * factor)
        band = picture.crop((left, top + row * factor, left + side, bottom)).convert(mode)
        square.paste(band.reduce(factor), (0, row))
    return ImageOps.fit(square, (SIDE, SIDE), Image.Resampling.LANCZOS)
