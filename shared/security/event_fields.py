"""What of events and traces those do not see who look after them without reading the audit log (support).

Support finds out what happened to whom, and why it stopped. Ids of sessions, addresses of people and networks, what people
wrote, money, and what administrators did are for holders of `FULL_VIEW` alone (docs/decisions/0026-audit-log.md). Each event
declares beside its fields which are shown (`EventData`: `shown`, `hidden`, `administrative`).
"""

FULL_VIEW = "audit:read"
RESTRICTED_LOG_FIELDS = frozenset(("session_id", "sid", "ip", "user_agent", "amount_minor", "by", "actor_id"))
