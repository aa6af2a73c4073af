"""The audit log: an entry for each event."""
