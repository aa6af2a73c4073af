"""The logged-in user."""
