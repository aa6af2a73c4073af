"""The fields of events and traces that are hidden from support staff who may not read the audit log.

Support sees what happened to whom, and why it failed. Only holders of `FULL_VIEW` see ids of sessions, addresses of people and
networks, user content, money, and acts of administrators (docs/decisions/0026-audit-log.md). Each event declares beside its
fields which are shown (`EventData`: `shown`, `hidden`, `administrative`).
"""

FULL_VIEW = "audit:read"
RESTRICTED_LOG_FIELDS = frozenset(("session_id", "sid", "ip", "user_agent", "amount_minor", "by", "actor_id"))
