"""Celery tasks; each is idempotent."""
