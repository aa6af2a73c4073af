"""Celery: the application, its broker connection, its schedule, health and signals."""
