"""Audit rules for feature flags."""
