"""Who gets tokens: at a login, and by renewing a session."""
