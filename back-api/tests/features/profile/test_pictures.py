from io import BytesIO

import pytest
from features.profile.decoder.bounds import Refused
from features.profile.decoder.square import avatar_of
from PIL import Image
from tests.features.profile.files import chunk, exif, many_scans, picture, png, with_exif

BLUE = [Image.new("RGB", (640, 480), "blue")]


def colour_of(encoded: bytes, x: int = 128, y: int = 128) -> tuple[int, ...]:
    colour = Image.open(BytesIO(encoded)).convert("RGB").getpixel((x, y))
    assert isinstance(colour, tuple)
    return colour


@pytest.mark.parametrize(
    "content",
    [picture("PNG"), picture("PNG", mode="RGBA"), picture("PNG", mode="P"), picture("PNG", mode="I;16"),
     picture("JPEG"), picture("JPEG", mode="CMYK"), picture("JPEG", progressive=True), picture("WEBP"),
     picture("WEBP", mode="RGBA", lossless=True), picture("GIF"), picture("PNG", (1, 1)), picture("PNG", (1, 9000))],
)  # fmt: skip
def test_every_allowed_picture_becomes_a_square_webp(content: bytes) -> None:
    encoded = Image.open(BytesIO(avatar_of(content)))
    assert (encoded.format, encoded.size) == ("WEBP", (256, 256))


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_of_an_animation_the_first_frame_is_taken(kind: str) -> None:
    red, green, blue = colour_of(avatar_of(picture(kind, save_all=True, append_images=BLUE)))
    assert red > 200
    assert max(green, blue) < 60


def test_metadata_does_not_survive() -> None:
    known = Image.Exif()
    known[0x010E] = "taken at home"
    for kind in ("JPEG", "PNG", "WEBP"):
        content = picture(kind, exif=known)
        assert b"taken at home" in content
        encoded = avatar_of(content)
        assert b"taken at home" not in encoded
        assert not Image.open(BytesIO(encoded)).getexif()


def half_blue(kind: str) -> bytes:
    photo = Image.new("RGB", (400, 400), "red")
    photo.paste("blue", (0, 0, 400, 200))
    target = BytesIO()
    photo.save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_rotated_photo_stands_upright(kind: str, order: str) -> None:
    value = b"\x03\0" if order == "<" else b"\0\x03"
    assert colour_of(avatar_of(with_exif(half_blue(kind), exif(3, value, order=order))), 128, 20)[0] > 200


@pytest.mark.parametrize("kind", range(14))
@pytest.mark.parametrize("value", [b"\x06", b"\xff\xff\xff\xff", b"6", b"\x00"])
def test_exif_of_any_type_does_not_matter(kind: int, value: bytes) -> None:
    for content in (half_blue("JPEG"), half_blue("PNG")):
        assert avatar_of(with_exif(content, exif(kind, value)))


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", picture("BMP"),
     picture("TIFF"), b"RIFF\x04\0\0\0WAVE"],
)  # fmt: skip
def test_another_format_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="format"):
        avatar_of(content)


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n", b"RIFF\x04\0\0\0WEBP", b"GIF89a", b"\xff\xd8\xff", picture("PNG")[:200],
     picture("JPEG")[:300], picture("GIF")[:300], picture("WEBP")[:40]],
)  # fmt: skip
def test_a_broken_picture_is_refused(content: bytes) -> None:
    with pytest.raises((Refused, OSError, SyntaxError)):
        avatar_of(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (png(1, 24_000_000), "sides"),
        (picture("PNG", (6_000, 5_000), "1"), "pixels"),
        (picture("GIF", (6_000, 5_000), "1"), "pixels"),
        (picture("JPEG", (6_000, 5_000), "L"), "pixels"),
        (picture("WEBP", (4_000, 4_000), method=0), "pixels"),
        (many_scans(8_000), "scans"),
        (png(8, 8, *[chunk(b"tEXt", b"a\0b")] * 40_000), "parts"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_costs_more_than_a_picture_may_is_refused_before_it_is_decoded(
    content: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(Image, "open", never)
    with pytest.raises(Refused, match=reason):
        avatar_of(content)


def test_texts_and_profiles_are_not_unpacked() -> None:
    bomb = chunk(b"iCCP", b"a\0\0" + b"\x78\x9c" + bytes(100)) + chunk(b"zTXt", b"a\0\0not deflate")
    assert avatar_of(png(8, 8, *[bomb] * 100))
