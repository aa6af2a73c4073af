"""Administrators tell something to many people; back-workers delivers it."""
