"""A registration, and one with an address that has an account."""

from tests.integration.conftest import PASSWORD, demo_account, register
from tests.integration.happenings.actors import Actors, causes


@causes("user.registered", "user.registration_repeated")
def register_twice(actors: Actors) -> None:
    register(actors.api)
    known = demo_account(actors.api, "user").email  # long ago: soon after the first, a second attempt is the same one
    actors.api.post("/api/user-registration", json={"email": known, "password": PASSWORD}).raise_for_status()
