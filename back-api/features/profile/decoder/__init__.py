"""Decodes pictures in a process of its own: `python -m decoder`. It imports Pillow and nothing of the service."""
