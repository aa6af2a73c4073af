"""The plan of a user, for feature flags with a rule by plan; remembered, so that a rule costs a call a minute and user."""

from collections import OrderedDict
from time import monotonic

import structlog

from shared.chassis.client import ServiceClient
from shared.models.billing import FREE, Subscription
from shared.utils.errors import NotFound, Unavailable

KEPT_SECONDS = 60.0
MOST_KEPT = 20_000
log = structlog.get_logger("feature-flags")


class CallerPlans:
    """Asks back-postgres. A user without an active subscription is on the free plan."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres
        self._kept: OrderedDict[str, tuple[float, str]] = OrderedDict()

    async def plan_of(self, user_id: str) -> str | None:
        """The plan's id, of the last minute; while back-postgres is away the last one known, or None."""
        until, plan = self._kept.get(user_id, (0.0, None))
        if monotonic() < until:
            return plan
        try:
            found = await self._postgres.get(f"/internal/subscriptions/{user_id}", model=Subscription)
            plan = found.plan if found.state == "active" else FREE
        except NotFound:
            plan = FREE
        except Unavailable:
            log.warning("plan not known; the last one counts", user_id=user_id, plan=plan)
            return plan
        self._kept[user_id] = (monotonic() + KEPT_SECONDS, plan)
        self._kept.move_to_end(user_id)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return plan
