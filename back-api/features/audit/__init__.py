"""Administrators see who did what."""
