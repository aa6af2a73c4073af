"""Pictures of a profile."""

from io import BytesIO

from PIL import Image

from tests.properties.situations.world import Fitting, World, situation


def picture(kind: str) -> bytes:
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, kind)
    return content.getvalue()


def with_profile(world: World) -> dict[str, str]:
    """Whose it is, as a path says it."""
    world.ask("POST", "/api/profile", json={"name": "Ada"})
    return {"user_id": world.user_id()}


@situation("PUT /api/profile/avatar")
def new_picture(world: World) -> Fitting:
    return Fitting(path=with_profile(world), body=picture("PNG"), media_type="image/png")


@situation("PUT /internal/profiles/{user_id}/avatar")
def new_webp(world: World) -> Fitting:
    return Fitting(path=with_profile(world), body=picture("WEBP"), media_type="image/webp")


@situation("GET /api/avatars/{avatar_id}", "GET /internal/avatars/{avatar_id}")
def avatar(world: World) -> Fitting:
    with_profile(world)
    png = {"Content-Type": "image/png"}
    profile = world.ask("PUT", "/api/profile/avatar", content=picture("PNG"), headers=png)
    return Fitting(path={"avatar_id": profile["avatar_url"].rpartition("/")[2]})
