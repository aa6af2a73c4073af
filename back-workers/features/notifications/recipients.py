"""Recipients, from back-postgres: those of a whole batch of events in one call."""

from collections.abc import Iterable

from shared.chassis.client import ServiceClient
from shared.models.base import Items
from shared.models.notification_preferences import Recipient
from shared.models.user import UserIds

PATH = "/internal/notification-recipients"
AT_ONCE = 500


class Recipients:
    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def by_ids(self, user_ids: Iterable[str]) -> dict[str, Recipient]:
        """By user id; deleted users are missing."""
        ids = sorted({user_id for user_id in user_ids if user_id})
        found: dict[str, Recipient] = {}
        for at in range(0, len(ids), AT_ONCE):
            request = UserIds(ids=ids[at : at + AT_ONCE])
            items = (await self._postgres.post(PATH, model=Items[Recipient], json=request)).items
            found |= {recipient.user_id: recipient for recipient in items}
        return found
