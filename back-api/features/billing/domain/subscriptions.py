"""A user's one subscription: chosen, changed, canceled, chosen again."""

from typing import Any, Protocol

from optimistic_lock import Expected, on_version, require

from shared.models.billing import Subscription, SubscriptionChange, SubscriptionCreate, SubscriptionUpdate
from shared.models.problem import FieldProblem
from shared.models.user import User
from shared.utils.errors import Conflict, Forbidden, Invalid, NotFound

from .plans import PlanStore, PriceList


class NoSubscription(NotFound):
    def __init__(self) -> None:
        super().__init__("You have no active subscription. Choose a plan first.")


class AlreadySubscribed(Conflict):
    def __init__(self) -> None:
        super().__init__("You have a subscription already. Change that one.")


class EmailUnverified(Forbidden):
    """Invoices go to the address, so it must be the subscriber's own."""

    slug, title = "email-unverified", "Confirm your e-mail address first"

    def __init__(self, email: str) -> None:
        super().__init__(
            f"Open the link in the mail that we sent to {email}, or have it sent once more from your dashboard."
        )


class Subscribers(Protocol):
    """The accounts in back-postgres."""

    async def get(self, user_id: str) -> User:
        """Raises NotFound."""
        ...


class SubscriptionStore(Protocol):
    """back-postgres. Methods on an existing one raise NoSubscription; those with a version raise Stale."""

    async def create(self, user_id: str, wanted: SubscriptionCreate) -> Subscription:
        """Raises AlreadySubscribed."""
        ...

    async def get(self, user_id: str) -> Subscription: ...
    async def change(self, user_id: str, change: SubscriptionChange) -> Subscription: ...
    async def cancel(self, user_id: str, version: int) -> None: ...


class SubscriptionDomain:
    def __init__(self, store: SubscriptionStore, plans: PlanStore, subscribers: Subscribers) -> None:
        self._store, self._plans, self._subscribers = store, plans, subscribers

    async def get(self, user_id: str) -> Subscription:
        """Also a canceled one, which says when it ended."""
        return await self._store.get(user_id)

    async def create(self, user_id: str, wanted: SubscriptionCreate) -> Subscription:
        """Raises Invalid when it is not sold that way, EmailUnverified, AlreadySubscribed."""
        await self._check_sold(user_id, wanted.model_dump())
        return await self._store.create(user_id, wanted)

    async def change(self, user_id: str, update: SubscriptionUpdate, expected: Expected) -> Subscription:
        """Applies the fields that were sent, from the next invoice on.

        Raises Invalid, EmailUnverified, NoSubscription, Stale.
        """
        changes = update.model_dump(exclude_unset=True)
        if cleared := [name for name, value in changes.items() if value is None]:
            raise Invalid(errors=[FieldProblem(field=name, message="This must not be null.") for name in cleared])
        current = await self._active(user_id)
        require(expected, current)
        if not changes:
            return current
        await self._check_sold(user_id, current.model_dump() | changes)

        async def change(version: int) -> Subscription:
            return await self._store.change(user_id, SubscriptionChange(changes=update, version=version))

        return await on_version(expected, lambda: self._active(user_id), change)

    async def cancel(self, user_id: str, expected: Expected) -> None:
        """No further invoice; canceling again changes nothing. Raises NoSubscription, Stale."""
        if (await self._store.get(user_id)).state == "canceled":
            return
        await on_version(
            expected, lambda: self._store.get(user_id), lambda version: self._store.cancel(user_id, version)
        )

    async def _active(self, user_id: str) -> Subscription:
        subscription = await self._store.get(user_id)
        if subscription.state != "active":
            raise NoSubscription
        return subscription

    async def _check_sold(self, user_id: str, wanted: dict[str, Any]) -> None:
        plans = await self._plans.plans()
        price = PriceList(plans.items).unit_price(wanted["plan"], wanted["interval"], wanted["currency"])
        if price:
            await self._check_address(user_id)

    async def _check_address(self, user_id: str) -> None:
        subscriber = await self._subscribers.get(user_id)
        if subscriber.email_verified_at is None:
            raise EmailUnverified(subscriber.email)
