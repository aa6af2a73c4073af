"""Draws who may call whom, from shared/contracts/boundaries.yaml."""
