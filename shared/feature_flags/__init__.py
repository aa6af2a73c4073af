"""Evaluates feature flags in a service: values in memory (`values`), the decision for a caller (`evaluation`), and
OpenFeature's API (`provider`, `registry`).
"""
