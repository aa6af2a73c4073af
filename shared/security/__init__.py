"""Tokens: what they hold and how they are verified. `generate_jwt` and `generate_service_token` are back-auth's alone."""
