"""The audit log: one entry per event."""
