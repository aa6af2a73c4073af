"""The permissions of each built-in role, as `resource:action` strings. Editable roles would come from PostgreSQL."""

ROLE_PERMISSIONS: dict[str, tuple[str, ...]] = {
    "user": (),
    "support": ("users:read", "events:read", "traces:read", "figures:read"),
    "billing-admin": ("users:read", "billing:read", "billing:run", "figures:read"),
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
        "figures:read",
    ),
}
