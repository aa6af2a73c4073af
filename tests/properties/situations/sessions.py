"""A session that can be ended without ending the caller's own."""

from tests.integration.conftest import PASSWORD, log_in
from tests.properties.situations.world import Fitting, World, situation


@situation("DELETE /api/auth/sessions/{session_id}")
def session(world: World) -> Fitting:
    log_in(world.api, world.person.email, PASSWORD)
    sessions = world.ask("GET", "/api/auth/sessions")["items"]
    return Fitting(path={"session_id": next(each["id"] for each in sessions if not each["current"])})
