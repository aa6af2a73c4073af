"""Sign-ins: stored, and reported to their owner where they look dangerous."""
