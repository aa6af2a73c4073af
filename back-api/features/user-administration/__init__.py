"""Administrators and support search the accounts."""
