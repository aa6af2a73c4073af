from datetime import UTC, datetime, timedelta

from features.accounts.domain import AccountsDomain, began
from shared.models.user import Registered, RegisterUser, Registration


class Taken:
    """Every address has an owner."""

    def __init__(self) -> None:
        self.asked: list[RegisterUser] = []

    async def register(self, account: RegisterUser) -> Registered:
        self.asked.append(account)
        return Registered(user_id="u1", created=False)


class Plain:
    async def hash(self, password: str) -> str:
        return f"hash of {password}"

    async def demand(self, email: str, ip: str) -> None:
        return


def test_what_was_made_within_two_seconds_is_the_attempt_s_own_doing() -> None:
    now = datetime(2026, 11, 29, 12, tzinfo=UTC)

    assert now - timedelta(seconds=1.9) > began(now)
    assert now - timedelta(seconds=2.1) < began(now)


async def test_the_directory_is_told_from_when_on_it_is_the_same_attempt() -> None:
    directory = Taken()
    before = datetime.now(UTC)
    wanted = Registration.model_validate({"email": "ann@example.com", "password": "correct horse battery"})

    await AccountsDomain(directory, Plain(), Plain()).open(wanted, "203.0.113.9")

    assert began(before) <= directory.asked[0].attempted_at <= began(datetime.now(UTC))
