"""A user's profile and its picture."""
