"""A user's one subscription: chosen, changed, canceled, chosen again."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from optimistic_lock import Expected, update_latest
from partial_update import refuse_null

from shared.models.billing import NewSubscription, SubscriptionChange, SubscriptionCreate, SubscriptionUpdate
from shared.models.user import User
from shared.utils.errors import Conflict, Forbidden, NotFound, Stale

from .plans import PlanStore, PriceList
from .subscription import Subscription


class SubscriptionNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("You have no active plan. Choose one first.")


class AlreadySubscribed(Conflict):
    def __init__(self) -> None:
        super().__init__("You already have a plan. Change that one.")


class EmailUnverified(Forbidden):
    """Invoices go to the address, so it must be the subscriber's own."""

    slug = "email-unverified"
    title = "Confirm your email address first"

    def __init__(self, email: str) -> None:
        super().__init__(f"Open the link in the email we sent to {email}, or request a new one from your dashboard.")


class Subscribers(Protocol):
    """The accounts in back-postgres."""

    async def get(self, user_id: str) -> User:
        """Raises NotFound."""
        ...


class SubscriptionStore(Protocol):
    """back-postgres. Methods on an existing one raise SubscriptionNotFound."""

    async def create(self, user_id: str, subscription: NewSubscription) -> Subscription:
        """Raises AlreadySubscribed, also beside a canceled one."""
        ...

    async def get(self, user_id: str) -> Subscription: ...

    async def replace(self, user_id: str, change: SubscriptionChange) -> Subscription:
        """Raises Stale when the stored one has another version."""
        ...


class SubscriptionDomain:
    """`now` gives the moment in UTC."""

    def __init__(
        self, store: SubscriptionStore, plans: PlanStore, subscribers: Subscribers, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._plans = plans
        self._subscribers = subscribers
        self._now = now

    async def get(self, user_id: str) -> Subscription:
        """Also a canceled one, which says when it ended."""
        return await self._store.get(user_id)

    async def create(self, user_id: str, terms: SubscriptionCreate) -> Subscription:
        """Raises Invalid when it is not sold that way, EmailUnverified, AlreadySubscribed."""
        await self._check_sold(user_id, terms)
        try:
            return await self._store.create(user_id, Subscription.chosen(terms, self._now()))
        except AlreadySubscribed:
            stored = await self._store.get(user_id)
            if stored.is_active:
                raise
        try:
            return await self._store.replace(user_id, stored.chosen_again(terms, self._now()))
        except Stale:  # chosen again meanwhile
            raise AlreadySubscribed from None

    async def change(self, user_id: str, update: SubscriptionUpdate, expected: Expected) -> Subscription:
        """Applies the fields that were sent, from the next invoice on.

        Raises Invalid, EmailUnverified, SubscriptionNotFound, Stale.
        """
        changes = update.model_dump(exclude_unset=True)
        refuse_null(changes)

        async def store(current: Subscription) -> Subscription:
            if not changes:
                return current
            changed = current.changed(update, self._now())
            await self._check_sold(user_id, changed)
            return await self._store.replace(user_id, changed)

        return await update_latest(expected, lambda: self._active(user_id), store)

    async def cancel(self, user_id: str, expected: Expected) -> None:
        """No further invoice; canceling again changes nothing. Raises SubscriptionNotFound, Stale."""
        if not (await self._store.get(user_id)).is_active:
            return

        async def store(current: Subscription) -> Subscription:
            if not current.is_active:  # canceled meanwhile, which is what was asked for
                return current
            return await self._store.replace(user_id, current.canceled(self._now()))

        await update_latest(expected, lambda: self._store.get(user_id), store)

    async def _active(self, user_id: str) -> Subscription:
        subscription = await self._store.get(user_id)
        if not subscription.is_active:
            raise SubscriptionNotFound
        return subscription

    async def _check_sold(self, user_id: str, terms: SubscriptionCreate) -> None:
        """Raises Invalid when it is not sold that way, EmailUnverified for a price without a proven address."""
        plans = await self._plans.plans()
        if PriceList(plans.items).unit_price(terms.plan, terms.interval, terms.currency):
            await self._check_address(user_id)

    async def _check_address(self, user_id: str) -> None:
        subscriber = await self._subscribers.get(user_id)
        if subscriber.email_verified_at is None:
            raise EmailUnverified(subscriber.email)
