"""The state of background tasks, for the user who started them."""
