"""Acts of administrators on events, for the audit log."""
