"""Sign-ins: stored, and told where they look dangerous."""
