"""Profiles that somebody has changed."""

from tests.pacts.examples import WEBP
from tests.pacts.states.ordinary import make
from tests.pacts.states.people import person
from tests.pacts.states.world import Values, World, state


async def with_profile(world: World) -> Values:
    return await make(world, "profile", await person(world))


@state("a person with a profile that changed meanwhile")
async def with_changed_profile(world: World) -> Values:
    """Its version is no longer 1."""
    values = await with_profile(world)
    change = {"changes": {"bio": "Theirs"}, "version": 1}
    await world.ask("back-postgres", "PATCH", f"/internal/profiles/{values['user_id']}", change)
    return values


@state("a person with a picture")
async def with_picture(world: World) -> Values:
    values = await with_profile(world)
    path = f"/internal/profiles/{values['user_id']}/avatar"
    headers = {"Content-Type": "image/webp"}
    profile = await world.ask("back-postgres", "PUT", path, content=WEBP, headers=headers)
    return {**values, "avatar_id": profile["avatar_url"].rpartition("/")[2]}
