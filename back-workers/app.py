"""The Celery application: started by `main.py worker` and `main.py beat`."""

from typing import Any

import observability
from celery import Celery
from health_server import ConsumerHealth

app: Any = Celery("back-workers")  # celery has no types
app.config_from_object("celeryconfig")
app.steps["consumer"].add(ConsumerHealth)
observability.install()
