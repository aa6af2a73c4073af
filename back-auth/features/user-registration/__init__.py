"""Accounts are opened here, since only back-auth sees a password; back-api asks for it."""
