from io import BytesIO

import pytest
from features.profile.pictures import PillowPictures, encode_avatar
from PIL import Image

from shared.utils.errors import Invalid


def picture(kind: str, size: tuple[int, int] = (640, 480), mode: str = "RGB", **options: object) -> bytes:
    target = BytesIO()
    Image.new(mode, size, "red").save(target, kind, **options)
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [picture("PNG"), picture("PNG", mode="RGBA"), picture("PNG", mode="P"), picture("PNG", mode="I;16"),
     picture("JPEG"), picture("JPEG", mode="CMYK"), picture("WEBP"), picture("GIF"), picture("PNG", (1, 1))],
)  # fmt: skip
def test_every_allowed_picture_becomes_a_square_webp(content: bytes) -> None:
    encoded = Image.open(BytesIO(encode_avatar(content)))
    assert (encoded.format, encoded.size) == ("WEBP", (256, 256))


def test_metadata_does_not_survive() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    content = picture("JPEG", exif=exif)
    assert b"taken at home" in content
    encoded = encode_avatar(content)
    assert b"taken at home" not in encoded
    assert not Image.open(BytesIO(encoded)).getexif()


def test_a_rotated_photo_stands_upright() -> None:
    photo = Image.new("RGB", (400, 400), "red")
    photo.paste("blue", (0, 0, 400, 200))
    exif = Image.Exif()
    exif[0x0112] = 3
    target = BytesIO()
    photo.save(target, "JPEG", exif=exif)
    top = Image.open(BytesIO(encode_avatar(target.getvalue()))).convert("RGB").getpixel((128, 20))
    assert isinstance(top, tuple)
    assert top[0] > 200


@pytest.mark.parametrize(
    "content",
    [b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n",
     picture("BMP"), picture("TIFF"), picture("PNG")[:200], picture("JPEG")[:300]],
)  # fmt: skip
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        encode_avatar(content)


@pytest.mark.parametrize("size", [(6_000, 5_000), (16_000, 16_000)])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    bomb = picture("PNG", size, mode="1")
    assert len(bomb) < 100_000
    with pytest.raises(Invalid) as refused:
        encode_avatar(bomb)
    assert "megapixels" in refused.value.errors[0].message


async def test_pictures_are_read_beside_the_event_loop() -> None:
    pictures = PillowPictures()
    try:
        assert (await pictures.avatar_of(picture("PNG")))[8:12] == b"WEBP"
    finally:
        pictures.close()
