"""Administrators and support see a request's path through the services."""
