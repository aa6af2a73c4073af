"""The profile that a user keeps, with its picture."""
