import json
from pathlib import Path

import pytest

from services.demo_accounts import DemoAccounts
from services.password_hashing import PasswordHashing, argon2id
from settings import Settings
from shared.models.user import Credentials, Registered, RegisterUser, User
from shared.utils.errors import Unavailable
from tests.waiting import until

ACCOUNTS = [
    {"email": "admin@example.com", "password": "made at first start", "role": "admin", "name": "Ada"},
    {"email": "user@example.com", "password": "made at first start too", "role": "user", "name": "Uma"},
]


class FakeUsers:
    def __init__(self, *, failures: int = 0) -> None:
        self.known: dict[str, Credentials] = {}
        self.failures = failures
        self.registered = 0

    async def credentials(self, email: str) -> Credentials | None:
        if self.failures:
            self.failures -= 1
            raise Unavailable(dependency="back-postgres")
        return self.known.get(email)

    async def register(self, account: RegisterUser) -> Registered:
        self.registered += 1
        user = User(id=account.email, email=account.email, role=account.role, created_at=account.attempted_at)
        self.known[account.email] = Credentials(user=user, password_hash=account.password_hash)
        return Registered(user_id=user.id, created=True)

    async def replace_hash(self, user_id: str, password_hash: str) -> None:
        self.known[user_id] = Credentials(user=self.known[user_id].user, password_hash=password_hash)


@pytest.fixture
def hashing() -> PasswordHashing:
    return PasswordHashing(workers=1, queue=10, scheme=argon2id(memory_kib=8, passes=1))


def settings(folder: Path, environment: str = "development") -> Settings:
    given = dict.fromkeys(("back_postgres_url", "back_cassandra_url", "redis_host", "redis_password"), "x")
    return Settings.model_validate({**given, "secrets_dir": folder, "environment": environment})


def write(folder: Path) -> None:
    (folder / "demo_accounts.json").write_text(json.dumps(ACCOUNTS))


async def made(accounts: DemoAccounts) -> None:
    async def checked() -> bool:
        try:
            await accounts.check()
        except Unavailable:
            return False
        return True

    async with accounts:
        await until(checked, "the demo accounts are made")


async def test_accounts_are_made_once_back_postgres_is_there(tmp_path: Path, hashing: PasswordHashing) -> None:
    write(tmp_path)
    users = FakeUsers(failures=2)
    await made(DemoAccounts.from_settings(settings(tmp_path), users, hashing))
    assert {email: known.user.role for email, known in users.known.items()} == {
        "admin@example.com": "admin",
        "user@example.com": "user",
    }
    await made(DemoAccounts.from_settings(settings(tmp_path), users, hashing))
    assert users.registered == 2


async def test_password_of_the_file_is_put_right(tmp_path: Path, hashing: PasswordHashing) -> None:
    write(tmp_path)
    users = FakeUsers()
    await made(DemoAccounts.from_settings(settings(tmp_path), users, hashing))
    await users.replace_hash("admin@example.com", await hashing.hash("an older one"))
    await made(DemoAccounts.from_settings(settings(tmp_path), users, hashing))
    assert await hashing.verify("made at first start", users.known["admin@example.com"].password_hash)


async def test_none_in_production(tmp_path: Path, hashing: PasswordHashing) -> None:
    write(tmp_path)
    users = FakeUsers()
    await made(DemoAccounts.from_settings(settings(tmp_path, "production"), users, hashing))
    assert users.known == {}
