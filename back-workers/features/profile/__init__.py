"""Profiles: publishes changes to open tabs, and declares what the audit log records."""
