"""Takes a feature out of every service (docs/decisions/0055)."""
