"""One's own sessions and sign-ins."""
