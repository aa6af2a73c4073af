"""Administrators announce something to many people; back-workers delivers it."""
