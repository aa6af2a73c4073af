"""Pictures of a profile."""

from io import BytesIO

from PIL import Image

from tests.properties.situations.visitor import Fitting, Visitor, situation


def picture(kind: str) -> bytes:
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, kind)
    return content.getvalue()


def with_profile(visitor: Visitor) -> dict[str, str]:
    """Whose it is, as a path says it."""
    visitor.ask("POST", "/api/profile", json={"name": "Ada"})
    return {"user_id": visitor.user_id()}


@situation("PUT /api/profile/avatar")
def new_picture(visitor: Visitor) -> Fitting:
    return Fitting(path=with_profile(visitor), body=picture("PNG"), media_type="image/png")


@situation("PUT /internal/profiles/{user_id}/avatar")
def new_webp(visitor: Visitor) -> Fitting:
    return Fitting(path=with_profile(visitor), body=picture("WEBP"), media_type="image/webp")


@situation("GET /api/avatars/{avatar_id}", "GET /internal/avatars/{avatar_id}")
def avatar(visitor: Visitor) -> Fitting:
    with_profile(visitor)
    png = {"Content-Type": "image/png"}
    profile = visitor.ask("PUT", "/api/profile/avatar", content=picture("PNG"), headers=png)
    return Fitting(path={"avatar_id": profile["avatar_url"].rpartition("/")[2]})
