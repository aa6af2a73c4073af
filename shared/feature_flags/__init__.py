"""Feature flags as services evaluate them: values in memory (`values`), decided for a caller (`evaluation`), asked for
through OpenFeature's API (`provider`, `registry`).
"""
