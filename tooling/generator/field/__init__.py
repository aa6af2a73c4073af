"""Adds a field to what a feature keeps (docs/decisions/0054)."""
