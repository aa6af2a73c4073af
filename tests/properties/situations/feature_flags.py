"""Feature flags that stay on for everybody: what is behind them is asked for at the same time."""

from shared.utils.ids import new_id
from tests.flag_settings import ON
from tests.properties.situations.visitor import Fitting, Visitor, always, situation

ANY = ON | {"reason": "Tried."}
always("PUT /api/feature-flags/{name}", "body", **ON)


@situation("GET /api/feature-flags/{name}", "GET /api/feature-flags/{name}/history")
def flag(_: Visitor) -> Fitting:
    return Fitting(path={"name": "sessions"})


@situation("PUT /api/feature-flags/{name}")
def change(_: Visitor) -> Fitting:
    return Fitting(path={"name": "sessions"}, body=ANY, headers={"If-Match": "*"})


@situation("PUT /internal/feature-flags/{name}/versions/{version}", "GET /internal/feature-flags/{name}/versions")
def version(visitor: Visitor) -> Fitting:
    """Of a flag that no contract declares."""
    known = {"id": new_id(), "changed_by": visitor.user_id(), "changed_at": "2026-11-30T08:00:00Z"}
    return Fitting(path={"name": f"flag-{new_id()}", "version": "1"}, body=ANY | known)
