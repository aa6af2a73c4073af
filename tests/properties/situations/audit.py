"""The audit log is read by at most 31 days."""

from tests.properties.situations.visitor import always

FIRST = "2026-11-01T00:00:00Z"
LAST = "2026-12-01T00:00:00Z"
always("GET /api/audit", "query", from_=FIRST, to=LAST)
always("GET /internal/audit", "query", since=FIRST, until=LAST)
