"""Administrators and support see a request's way through the services."""
