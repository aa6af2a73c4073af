"""Feature flags: what holds for a caller; administrators change them."""
