"""Feature flags: their values for a caller; administrators change them."""
