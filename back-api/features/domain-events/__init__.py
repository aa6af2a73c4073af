"""Administrators monitor the event streams and replay or discard failed events."""
