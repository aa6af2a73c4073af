"""A registration, and one with an address that has an account."""

from tests.integration.conftest import PASSWORD, demo_account, register
from tests.integration.happenings.stage import Stage, causes


@causes("user.registered", "user.registration_repeated")
def register_twice(stage: Stage) -> None:
    register(stage.api)
    known = demo_account(stage.api, "user").email  # long ago: soon after the first, a second attempt is the same one
    stage.api.post("/api/user-registration", json={"email": known, "password": PASSWORD}).raise_for_status()
