"""A session that can be ended without ending the caller's own."""

from tests.integration.conftest import PASSWORD, log_in
from tests.properties.situations.visitor import Fitting, Visitor, situation


@situation("DELETE /api/auth/sessions/{session_id}")
def session(visitor: Visitor) -> Fitting:
    log_in(visitor.api, visitor.person.email, PASSWORD)
    sessions = visitor.ask("GET", "/api/auth/sessions")["items"]
    return Fitting(path={"session_id": next(each["id"] for each in sessions if not each["current"])})
