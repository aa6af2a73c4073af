"""Tasks: the only ones are those of billing runs."""

from tests.properties.situations.billing import run
from tests.properties.situations.visitor import for_administrators_alone, situation

for_administrators_alone("GET /api/tasks/{task_id}")
situation("GET /api/tasks/{task_id}", "GET /internal/tasks/{task_id}")(run)
