"""The verification of e-mail addresses."""
