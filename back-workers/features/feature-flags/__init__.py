"""What the audit log keeps of feature flags."""
