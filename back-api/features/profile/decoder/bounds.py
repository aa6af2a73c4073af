"""What a picture may cost. Sides, pixels, scans and parts are read from the file, before anything is decoded."""

from collections.abc import Iterator

MAX_SIDE = 16_384
MAX_PIXELS = 24_000_000
MAX_WEBP_PIXELS = 12_000_000
"""libwebp's animation decoder, the only one that Pillow offers, holds the canvas several times."""
MAX_SCANS = 64
"""Of a progressive JPEG; encoders write about ten."""
MAX_PARTS = 20_000
"""Chunks, segments or blocks of a file, which has at most 2 MiB."""


class Refused(Exception):
    """`args[0]` is the reason, one of the keys of `pictures.MESSAGES`."""


def demand(width: int, height: int, most: int = MAX_PIXELS) -> None:
    """Raises Refused for sides or pixels above the bounds."""
    if not width or not height:
        raise Refused("broken")
    if max(width, height) > MAX_SIDE:
        raise Refused("sides")
    if width * height > most:
        raise Refused("pixels" if most == MAX_PIXELS else "webp_pixels")


def parts() -> Iterator[None]:
    """One item for each part of a file that may be read. Raises Refused when they are used up."""
    for _ in range(MAX_PARTS):
        yield
    raise Refused("parts")
