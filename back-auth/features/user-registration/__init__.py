"""Registration at the request of back-api: only back-auth sees a password."""
