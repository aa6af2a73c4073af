"""A request whose spans are stored."""

from functools import cache
from uuid import uuid4

import httpx

from shared.utils import correlation
from tests.properties.situations.visitor import Fitting, Visitor, situation
from tests.waiting import eventually


@cache
def _traced(api: httpx.Client, authorization: str) -> str:
    """Its correlation id."""
    known = str(uuid4())
    api.get("/api/plans", headers={correlation.HEADER: known})
    headers = {"Authorization": authorization}
    eventually(lambda: api.get(f"/api/traces/{known}", headers=headers).status_code == 200, "its spans are stored")
    return known


@situation("GET /api/traces/{correlation_id}", "GET /internal/traces/{correlation_id}")
def trace(visitor: Visitor) -> Fitting:
    return Fitting(path={"correlation_id": _traced(visitor.api, visitor.admin.headers["Authorization"])})
