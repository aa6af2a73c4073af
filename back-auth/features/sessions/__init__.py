"""A user's own sessions and sign-ins."""
