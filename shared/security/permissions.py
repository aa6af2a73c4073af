"""What each built-in role holds, as `resource:action` strings. Roles that administrators edit come from PostgreSQL later."""

ROLE_PERMISSIONS: dict[str, tuple[str, ...]] = {
    "user": (),
    "support": ("users:read", "events:read", "traces:read"),
    "billing-admin": ("users:read", "billing:read", "billing:run"),
    "admin": (
        "users:read",
        "users:write",
        "roles:write",
        "billing:read",
        "billing:run",
        "flags:write",
        "exports:create",
        "traces:read",
        "announcements:write",
        "events:read",
        "events:write",
        "audit:read",
    ),
}
