"""Pydantic models that cross a service boundary (guide: "Data Models"). Frozen, unknown fields refused in requests."""
