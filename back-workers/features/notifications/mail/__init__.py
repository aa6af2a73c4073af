"""Mails: rendered from templates, sent over SMTP."""
