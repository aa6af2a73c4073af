"""Announcements: delivered to every recipient, page by page."""
