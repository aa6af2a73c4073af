"""Keeps the generated parts of the contracts in step with shared.models."""
