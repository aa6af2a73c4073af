"""Pydantic models that cross a service boundary (guide: "Shared resources"). Frozen, unknown fields refused in requests."""
