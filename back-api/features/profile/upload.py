"""The raw body of a picture upload, read no further than its limit."""

from typing import Any

from fastapi import Request

from shared.chassis.identity import CurrentUser
from shared.utils.errors import Invalid, PayloadTooLarge, UnsupportedMedia

from .domain import AVATAR_BYTES

CONTENT_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif")


async def picture_body(request: Request, _user: CurrentUser) -> bytes:
    """The body; asks for the caller's identity first, so that strangers cannot make us read megabytes.

    Raises:
        UnsupportedMedia, PayloadTooLarge, Invalid: of another type, above 2 MiB, empty.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in CONTENT_TYPES:
        raise UnsupportedMedia(f"Send the picture itself as one of {', '.join(CONTENT_TYPES)}.")
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > AVATAR_BYTES:
            raise PayloadTooLarge("Picture must be 2 MB or smaller.")
    if not content:
        raise Invalid.field("", "Choose a picture.")
    return bytes(content)


def picture_openapi() -> dict[str, Any]:
    """The request body, which FastAPI cannot see."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {"requestBody": {"required": True, "content": dict.fromkeys(CONTENT_TYPES, binary)}}
