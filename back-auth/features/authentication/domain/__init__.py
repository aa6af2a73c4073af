"""The rules by which tokens are issued: at a login, and when a session is refreshed."""
