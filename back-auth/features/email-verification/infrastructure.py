"""The adapters: back-postgres over HTTP, and the limit of mails to one account."""

from back_redis.rate_limits import RateLimiter
from services.limits import Budget, refused_as
from shared.chassis.client import ServiceClient
from shared.models.email_verification import EmailVerificationLookup, NewEmailVerification, VerifiedEmail


class BackPostgresVerifications:
    """`domain.Verifications`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._back_postgres = back_postgres

    async def request(self, user_id: str, link: NewEmailVerification) -> None:
        await self._back_postgres.call("PUT", f"/internal/users/{user_id}/email-verification", json=link)

    async def confirm(self, token_hash: str) -> VerifiedEmail:
        lookup = EmailVerificationLookup(token_hash=token_hash)
        return await self._back_postgres.post("/internal/email-verifications/confirm", json=lookup, model=VerifiedEmail)


class RedisMailLimit:
    """`domain.MailLimit`."""

    def __init__(self, limiter: RateLimiter, budget: Budget) -> None:
        self._limiter = limiter
        self._budget = budget

    async def acquire(self, user_id: str) -> None:
        with refused_as("mails"):
            await self._limiter.acquire(self._budget.attempt_of(user_id))
