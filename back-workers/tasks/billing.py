"""Monthly billing, where the guide looks for it; it lies with its feature in `features/billing/tasks.py`."""

from features.billing.tasks import resume, run, start_monthly

__all__ = ["resume", "run", "start_monthly"]
