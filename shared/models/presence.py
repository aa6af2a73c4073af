"""Who is connected right now."""

from shared.models.base import Entity


class Presence(Entity):
    """`online` are the connected ones of the requested users, `total` counts everybody; both lag by up to 25 seconds."""

    online: list[str]
    total: int
