"""Thin HTTP over the repositories: parse, one call, shape."""

import importlib

from fastapi import FastAPI

from routes import profile_fast_path

MODULES = (
    "users",
    "email_verifications",
    "profiles",
    "avatars",
    "subscriptions",
    "billing",
    "invoices",
    "tasks",
    "outbox",
    "dead_events",
    "processed_events",
    "notification_preferences",
    "pending_mails",
    "announcements",
)


def include(app: FastAPI) -> None:
    """Adds every router under its module's name as tag."""
    for name in MODULES:
        app.include_router(importlib.import_module(f"routes.{name}").router, tags=[name])
    app.router.routes.insert(0, profile_fast_path.ROUTE)
