"""Bounds of each format, to the pixel and to the part, and which part of a picture is kept."""

from collections.abc import Callable
from io import BytesIO

import pytest
from features.profile.decoder import bounds, webp
from features.profile.decoder.bounds import Refused
from features.profile.decoder.square import avatar_of
from PIL import Image
from tests.features.profile.files import chunk, picture, png

SIZE = (64, 48)
RED = (255, 0, 0)
GREEN = (0, 255, 0)


def saved(image: Image.Image, kind: str = "PNG") -> bytes:
    target = BytesIO()
    image.save(target, kind)
    return target.getvalue()


def colours(avatar: bytes, *places: tuple[int, int]) -> list[str]:
    """Whether it is rather red, green or blue there."""
    image = Image.open(BytesIO(avatar)).convert("RGB")
    found: list[str] = []
    for place in places:
        pixel = image.getpixel(place)
        assert isinstance(pixel, tuple)
        found.append("rgb"[pixel.index(max(pixel))])
    return found


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("side", [100, 300, 1500])
def test_the_middle_of_a_picture_is_kept(side: int, kind: str) -> None:
    corners = [(8, 8), (247, 8), (8, 247), (247, 247), (128, 128)]
    for size, at in (((3 * side, side), (side, 0)), ((side, 3 * side), (0, side))):
        image = Image.new("RGB", size, RED)
        image.paste(GREEN, (*at, at[0] + side, at[1] + side))
        assert colours(avatar_of(saved(image, kind)), *corners) == ["g"] * 5


@pytest.mark.parametrize("height", [256, 2048, 3000])
def test_a_large_picture_keeps_its_rows_in_order(height: int) -> None:
    """It is scaled down in bands."""
    image = Image.new("RGB", (height, height))
    stripes = ["red", "lime", "blue"] * 4
    for number, colour in enumerate(stripes):
        image.paste(colour, (0, number * height // 12, height, (number + 1) * height // 12))
    middles = [(128, (2 * number + 1) * 256 // 24) for number in range(12)]
    assert colours(avatar_of(saved(image)), *middles) == ["r", "g", "b"] * 4


def gif_with(count: int) -> bytes:
    content = picture("GIF", SIZE)
    at = 13 + 3 * 2 ** ((content[10] & 7) + 1)
    return content[:at] + b"!\xfe\x01a\0" * count + content[at:]


def gif_with_blocks(count: int) -> bytes:
    content = picture("GIF", SIZE)
    at = 13 + 3 * 2 ** ((content[10] & 7) + 1)
    return content[:at] + b"!\xfe" + b"\x01a" * count + b"\0" + content[at:]


def jpeg_with(count: int) -> bytes:
    content = picture("JPEG", SIZE)
    return content[:2] + b"\xff\xfe\x00\x02" * count + content[2:]


def webp_with(count: int) -> bytes:
    content = picture("WEBP", SIZE)
    return content[:12] + b"XXXX\0\0\0\0" * count + content[12:]


def png_with(count: int) -> bytes:
    return png(*SIZE, *[chunk(b"tEXt", b"a\0b")] * count)


@pytest.mark.parametrize("made", [gif_with, gif_with_blocks, jpeg_with, webp_with, png_with])
def test_a_file_has_so_many_parts_and_no_more(made: Callable[[int], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_PARTS", 60)
    assert avatar_of(made(30))
    with pytest.raises(Refused, match="parts"):
        avatar_of(made(61))


WEBP = {
    "lossy": picture("WEBP", SIZE),
    "lossless": picture("WEBP", SIZE, lossless=True),
    "with alpha": picture("WEBP", SIZE, "RGBA"),
    "animated": picture("WEBP", SIZE, save_all=True, append_images=[Image.new("RGB", SIZE, "blue")]),
}


@pytest.mark.parametrize("kind", WEBP)
def test_the_pixels_of_a_webp_are_counted_to_the_last(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webp, "MAX_WEBP_PIXELS", SIZE[0] * SIZE[1])
    assert avatar_of(WEBP[kind])
    monkeypatch.setattr(webp, "MAX_WEBP_PIXELS", SIZE[0] * SIZE[1] - 1)
    with pytest.raises(Refused, match="webp_pixels"):
        avatar_of(WEBP[kind])


@pytest.mark.parametrize(
    ("width", "height", "reason"),
    [
        (0, 1, "broken"),
        (1, 0, "broken"),
        (16_384, 1, ""),
        (1, 16_384, ""),
        (16_385, 1, "sides"),
        (1, 16_385, "sides"),
        (6_000, 4_000, ""),
        (6_000, 4_001, "pixels"),
    ],
)
def test_sides_and_pixels_have_bounds(width: int, height: int, reason: str) -> None:
    if not reason:
        bounds.demand(width, height)
        return
    with pytest.raises(Refused, match=reason):
        bounds.demand(width, height)
