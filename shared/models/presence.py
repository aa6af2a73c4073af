"""Who is connected right now."""

from shared.models.base import Entity


class Presence(Entity):
    """`online` are those who were asked about and are connected, `total` counts everybody; both lag by up to 25 seconds."""

    online: list[str]
    total: int
