"""Plausible data for a new development stack."""
