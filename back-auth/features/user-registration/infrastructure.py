"""The adapter of registration: its limits in back-redis. `services.users.Users` is `domain.Directory`."""

from back_redis.rate_limits import RateLimiter
from services.limits import Budgets, by_mailbox, by_network, refused_as


class RedisRegistrationThrottle:
    """`domain.RegistrationThrottle`."""

    def __init__(self, limiter: RateLimiter, budgets: Budgets) -> None:
        self._limiter = limiter
        self._budgets = budgets

    async def acquire(self, email: str, ip: str) -> None:
        by_whom = self._budgets.mailbox_registrations.attempt_of(by_mailbox(email))
        from_where = self._budgets.network_registrations.attempt_of(by_network(ip))
        with refused_as("registrations"):
            await self._limiter.acquire(by_whom, from_where)
