"""Tokens: what they hold and how they are verified. Signing lies in `signing`, which only back-auth may import."""
