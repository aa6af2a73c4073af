"""The state of background work, for whoever started it."""
