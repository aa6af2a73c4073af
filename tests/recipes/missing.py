"""What is missing in the tree that this runs in, as JSON: `python missing.py contracts|live|workers`, with the tree in PYTHONPATH."""

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

DRAWN = "feature-has-its-page"
"""`make test-observed` draws the page."""


def contracts(*, live: bool) -> Iterator[str]:
    """What the contracts' check finds once everything that is generated is up to date."""
    check: Any = import_module("tooling.contracts.check").check
    schemas: Any = import_module("tooling.contracts.schemas")
    openapi: Any = import_module("tooling.openapi")
    root: Any = import_module("tooling.paths").ROOT
    try:
        schemas.stale([root / "shared/contracts/greetings/feature.yaml"], write=True)
    except import_module("tooling.contracts.models").UnknownModel as error:
        yield str(error)
        return
    for generated in (import_module("tooling.contracts.asyncapi.snapshot"), *schemas.FRONT_FILES):
        generated.bring_up_to_date(root, write=True)

    def only_back_api(_: object) -> Any:
        return openapi.documents_of(["back-api"], root)

    found = check(root, only_back_api if live else None)
    yield from (finding.text for finding in found if finding.rule != DRAWN)


def workers() -> Iterator[str]:
    """What does not fit together of what back-workers finds in its features' folders."""
    registry: Any = import_module("features.notifications.registry")
    kinds = {model.kind for model in registry.message_models()}
    known = {each.kind for each in import_module("shared.models.notification_kinds").DEFAULTS}
    yield from (f"{kind} has no default" for kind in kinds - known)
    yield from (f"nothing tells {kind}" for kind in known - kinds)
    try:
        import_module("features.notifications.catalogue").Catalogue()
    except import_module("features.notifications.catalogue").TextsError as error:
        yield str(error)
    app: Any = import_module("celery_app.app").app
    app.loader.import_default_modules()
    timed = {each["task"] for each in app.conf.beat_schedule.values()}
    yield from (f"nobody does {task}" for task in timed - app.tasks.keys())
    yield from (f"{task} has no time" for task in app.tasks if task.startswith("greetings.") and task not in timed)


if __name__ == "__main__":
    found = workers() if sys.argv[1] == "workers" else contracts(live=sys.argv[1] == "live")
    print(json.dumps(sorted(found)))
