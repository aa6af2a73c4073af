"""Registration on behalf of back-api: only back-auth sees a password."""
