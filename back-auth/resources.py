"""The resources of the running back-auth: its peers, back-redis, keys, hashing. Created and closed here, typed everywhere."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from fastapi import FastAPI

from back_redis.connection import RedisConnection
from back_redis.feature_flags import FlagFeed
from back_redis.memory import check_room
from back_redis.rate_limits import RateLimiter
from back_redis.revocations import Revocations
from back_redis.sessions import SessionStore
from back_redis.streams import StreamWriter
from services.account_events import AccountEvents
from services.client_address import ClientAddress
from services.demo_accounts import DemoAccounts
from services.device_tokens import DeviceTokens
from services.limits import Budgets
from services.password_hashing import PasswordHashing
from services.secret_key import SecretKey
from services.service_clients import ClientFailures, ServiceClients
from services.signing_keys import SigningKeys
from services.users import Users
from settings import Settings
from shared.chassis.client import ServiceClient
from shared.chassis.health import Checks
from shared.chassis.service_tokens import Issue, ServiceTokens
from shared.contracts.flags import declared_flags
from shared.feature_flags.provider import StoredFlags
from shared.feature_flags.reading import newest_flags
from shared.feature_flags.registry import FeatureRegistry
from shared.feature_flags.values import FlagValues
from shared.models.service_token import ServiceToken
from shared.security.constants import SERVICE_TOKEN_EXPIRATION
from shared.security.keys import FetchedKeys
from shared.security.verifier import TokenVerifier

NAME = "back-auth"
MOST_EVENTS = 100_000
"""In a stream that back-auth writes: nothing else bounds it while nobody reads."""


@dataclass(frozen=True)
class Resources:
    settings: Settings
    back_postgres: ServiceClient
    back_cassandra: ServiceClient
    redis: RedisConnection
    revocations: Revocations
    sessions: SessionStore
    limiter: RateLimiter
    budgets: Budgets
    devices: DeviceTokens
    events: AccountEvents
    keys: SigningKeys
    clients: ServiceClients
    client_failures: ClientFailures
    tokens: ServiceTokens
    hashing: PasswordHashing
    addresses: ClientAddress
    demo_accounts: DemoAccounts
    flags: FlagValues
    flag_feed: FlagFeed

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        redis = RedisConnection.from_settings(settings, NAME)
        keys = SigningKeys.load(settings.secrets_dir / "jwt_keys")
        secret = SecretKey.load(settings.secrets_dir / "token_secret")
        tokens = ServiceTokens(_self_issued(keys))
        back_postgres = ServiceClient("back-postgres", settings.back_postgres_url, tokens=tokens)
        back_cassandra = ServiceClient("back-cassandra", settings.back_cassandra_url, tokens=tokens)
        flags = FlagValues(declared_flags())
        hashing = PasswordHashing(workers=settings.hashing_workers, queue=settings.hashing_queue)
        return cls(
            settings=settings,
            back_postgres=back_postgres,
            back_cassandra=back_cassandra,
            redis=redis,
            revocations=Revocations(redis),
            sessions=SessionStore(
                redis, secret.derive("refresh tokens"), most=settings.scaled(settings.sessions_per_user)
            ),
            limiter=RateLimiter(redis, NAME),
            budgets=Budgets.from_settings(settings),
            devices=DeviceTokens(secret.derive("device tokens")),
            events=AccountEvents(StreamWriter(redis, most=MOST_EVENTS)),
            keys=keys,
            clients=ServiceClients.load(settings.secrets_dir / "service_clients.json"),
            client_failures=ClientFailures(),
            tokens=tokens,
            hashing=hashing,
            addresses=ClientAddress(settings.trusted_networks),
            demo_accounts=DemoAccounts.from_settings(settings, Users(back_postgres), hashing),
            flags=flags,
            flag_feed=FlagFeed(redis, flags, partial(newest_flags, back_cassandra)),
        )

    @asynccontextmanager
    async def lifespan(self, app: FastAPI) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            stack.enter_context(self.hashing)
            FeatureRegistry(NAME).use(StoredFlags(self.flags))
            for part in (
                self.tokens,
                self.back_postgres,
                self.back_cassandra,
                self.redis,
                self.revocations,
                self.events,
                self.flag_feed,
            ):
                await stack.enter_async_context(part)
            await stack.enter_async_context(self.demo_accounts)
            app.state.resources = self
            app.state.verifier = TokenVerifier(FetchedKeys(self.fetch_keys), self.revocations)
            yield

    def checks(self) -> Checks:
        """Optional ones: without them the keys are still published, and each endpoint says what does not work."""
        return Checks(
            optional={
                "back-postgres": lambda: self.back_postgres.call("GET", "/health"),
                "back-redis": partial(check_room, self.redis),
                "revocations": self.revocations.check,
                "demo accounts": self.demo_accounts.check,
            }
        )

    async def fetch_keys(self) -> dict[str, Any]:
        """Those that verify tokens, users' and services'."""
        return await self.keys.published()


def _self_issued(keys: SigningKeys) -> Issue:
    """back-auth needs nobody to sign for it."""

    async def issue(callee: str) -> ServiceToken:
        token = keys.sign_service(caller=NAME, callee=callee)
        return ServiceToken(access_token=token, expires_in=SERVICE_TOKEN_EXPIRATION)

    return issue
