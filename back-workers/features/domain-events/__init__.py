"""What administrators do with events."""
