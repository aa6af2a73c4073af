"""Tokens: their claims and how they are verified. Only back-auth may use `generate_jwt` and `generate_service_token`."""
