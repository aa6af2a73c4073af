"""Profiles: changes that open tabs show at once."""
