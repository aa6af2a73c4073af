"""Profiles that somebody has changed."""

from tests.pacts.examples import WEBP
from tests.pacts.states.ordinary import make
from tests.pacts.states.people import person
from tests.pacts.states.providers import Providers, Values, state


async def with_profile(providers: Providers) -> Values:
    return await make(providers, "profile", await person(providers))


@state("a person with a profile that changed meanwhile")
async def with_changed_profile(providers: Providers) -> Values:
    """Its version is no longer 1."""
    values = await with_profile(providers)
    change = {"changes": {"bio": "Theirs"}, "version": 1}
    await providers.ask("back-postgres", "PATCH", f"/internal/profiles/{values['user_id']}", change)
    return values


@state("a person with a picture")
async def with_picture(providers: Providers) -> Values:
    values = await with_profile(providers)
    path = f"/internal/profiles/{values['user_id']}/avatar"
    headers = {"Content-Type": "image/webp"}
    profile = await providers.ask("back-postgres", "PUT", path, content=WEBP, headers=headers)
    return {**values, "avatar_id": profile["avatar_url"].rpartition("/")[2]}
