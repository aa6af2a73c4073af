"""A visitor becomes a user; no answer reveals whether an address is taken."""
