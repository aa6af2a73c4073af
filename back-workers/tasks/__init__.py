"""Entry points that the guide names; each feature has its tasks in its own `tasks.py`."""
