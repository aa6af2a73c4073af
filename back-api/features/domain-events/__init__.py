"""Administrators see how events flow, and have what failed handled once more."""
