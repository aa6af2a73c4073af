"""A stranger becomes a user; no answer tells whether an address is taken."""
