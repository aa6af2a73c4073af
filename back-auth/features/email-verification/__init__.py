"""Verification of e-mail addresses by a link in a mail."""
