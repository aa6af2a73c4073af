"""Announcements: delivered to every recipient, a page at a time."""
