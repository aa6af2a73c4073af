"""Decoding what strangers upload: by content, within bounds, in one thread beside the event loop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from shared.utils.errors import Invalid, Unavailable

SIDE = 256
MAX_PIXELS = 24_000_000
MAX_WAITING = 8
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


class TooManyPixels(Exception):
    pass


class PillowPictures:
    """`profile.domain.Pictures` with Pillow; one thread, so that a picture's pixels are held once at a time."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
        self._waiting = 0

    async def avatar_of(self, content: bytes) -> bytes:
        """Raises Invalid; Unavailable when eight others wait already."""
        if self._waiting >= MAX_WAITING:
            raise Unavailable("Many pictures are being read right now. Please try again in a moment.")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, encode_avatar, content)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)


def encode_avatar(content: bytes) -> bytes:
    """`content` cropped to its middle square as a 256×256 WebP; only pixels go on, so no metadata does.

    Raises:
        Invalid: not one of `FORMATS`, broken, or above `MAX_PIXELS` (a decompression bomb), which is known before decoding.
    """
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise TooManyPixels
            return _square(picture)
    except (TooManyPixels, Image.DecompressionBombError):
        raise Invalid.field("", "A picture may have at most 24 megapixels.") from None
    except UnidentifiedImageError:
        raise Invalid.field("", "This is not a PNG, JPEG, WebP or GIF picture.") from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise Invalid.field("", "This picture is broken and cannot be read.") from error


def _square(picture: Image.Image) -> bytes:
    picture.draft("RGB", (2 * SIDE, 2 * SIDE))
    upright = ImageOps.exif_transpose(picture)
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    square = ImageOps.fit(upright.convert(mode), (SIDE, SIDE), Image.Resampling.LANCZOS)
    target = BytesIO()
    square.save(target, "WEBP", quality=82, method=4)
    return target.getvalue()
