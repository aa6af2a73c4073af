"""Development only: the accounts of `SECRETS_DIR/demo_accounts.json` exist, with the passwords that stand there."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import structlog
from pydantic import TypeAdapter

from services.password_hashing import PasswordHashing
from services.same_attempt import began
from settings import Settings
from shared.chassis.retry import retry
from shared.models.base import Email, Request
from shared.models.user import Credentials, Registered, RegisterUser, Role
from shared.utils.errors import ServiceError, Unavailable
from shared.utils.tasks import cancelled

FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 5.0
log = structlog.get_logger("demo_accounts")


class DemoAccount(Request):
    email: Email
    password: str
    role: Role
    name: str


class Directory(Protocol):
    """`services.users.Users`."""

    async def credentials(self, email: str) -> Credentials | None: ...
    async def register(self, account: RegisterUser) -> Registered: ...
    async def replace_hash(self, user_id: str, password_hash: str) -> None: ...


class DemoAccounts:
    """An async context manager that makes them in the background, again and again until back-postgres is there."""

    def __init__(self, accounts: list[DemoAccount], users: Directory, hashing: PasswordHashing) -> None:
        self._missing = accounts
        self._users = users
        self._hashing = hashing
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_settings(cls, settings: Settings, users: Directory, hashing: PasswordHashing) -> Self:
        """None outside development."""
        path: Path = settings.secrets_dir / "demo_accounts.json"
        known = settings.development and path.exists()
        accounts = TypeAdapter(list[DemoAccount]).validate_json(path.read_bytes()) if known else []
        return cls(accounts, users, hashing)

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="demo accounts")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task:
            await cancelled([self._task])

    async def check(self) -> None:
        """For readiness. Raises Unavailable while some are missing."""
        if self._missing:
            raise Unavailable("The demo accounts are not there yet.", dependency="back-postgres")

    async def _run(self) -> None:
        while self._missing:
            await retry(
                lambda: self._ensure(self._missing[0]),
                when=lambda error: isinstance(error, ServiceError),
                first=FIRST_PAUSE_SECONDS,
                longest=LONGEST_PAUSE_SECONDS,
                on_retry=_report,
            )
            del self._missing[0]

    async def _ensure(self, account: DemoAccount) -> None:
        known = await self._users.credentials(account.email)
        if known and await self._hashing.verify(account.password, known.password_hash):
            return
        password_hash = await self._hashing.hash(account.password)
        if known:
            await self._users.replace_hash(known.user.id, password_hash)
            return
        await self._users.register(
            RegisterUser(
                email=account.email,
                password_hash=password_hash,
                name=account.name,
                role=account.role,
                attempted_at=began(datetime.now(UTC)),
                email_verified=True,
            )
        )
        log.info("demo account made", role=account.role)


def _report(error: Exception, pause: float) -> None:
    log.info("demo accounts wait", error=type(error).__name__, retry_in=round(pause, 2))
