"""The rules of logging in, over fakes."""

from datetime import UTC, datetime
from typing import Any

import pytest

from features.authentication.domain.login import LoginDomain, Suspended, WrongCredentials
from features.authentication.domain.ports import Attempt, Device, Owner, RotatedToken, TokenReuse
from features.authentication.domain.renewal import RenewalDomain, SessionEnded
from shared.models.session import AccountLocked, Login, LoginEvent, SessionRevoked
from shared.models.user import Credentials, User
from shared.utils.errors import TooManyRequests, Unavailable

DEVICE = Device(ip="203.0.113.5", user_agent="Firefox", token="known")


class FakePorts:
    """All that the domain needs; `hash` is the password with a mark."""

    def __init__(self) -> None:
        self.account: Credentials | None = credentials()
        self.postgres_down = False
        self.attempts_left = 2
        self.verified: list[str | None] = []
        self.events: list[LoginEvent] = []
        self.published: list[SessionRevoked | AccountLocked] = []
        self.notices_left = 1
        self.refreshed: list[str] = []
        self.closed: list[str] = []
        self.reused = False
        self.role_kept = ""

    def logins(self) -> LoginDomain:
        return LoginDomain(self, self, self, self, self, self, self)

    def renewals(self) -> RenewalDomain:
        return RenewalDomain(self, self, self, self, self)

    async def credentials(self, email: str) -> Credentials | None:
        if self.postgres_down:
            raise Unavailable(dependency="back-postgres")
        return self.account if self.account and self.account.user.email == email else None

    async def user(self, user_id: str) -> User | None:
        if self.postgres_down:
            raise Unavailable(dependency="back-postgres")
        return self.account.user if self.account else None

    async def replace_hash(self, user_id: str, password_hash: str) -> None:
        if self.postgres_down:
            raise Unavailable(dependency="back-postgres")
        assert self.account
        self.account = Credentials(user=self.account.user, password_hash=password_hash)

    async def verify(self, password: str, password_hash: str | None) -> bool:
        self.verified.append(password_hash)
        return password_hash in (f"new:{password}", f"old:{password}")

    async def hash(self, password: str) -> str:
        return f"new:{password}"

    def outdated(self, password_hash: str) -> bool:
        return password_hash.startswith("old:")

    async def acquire(self, email: str, device: Device) -> Attempt:
        if self.attempts_left <= 0:
            raise TooManyRequests(retry_after=60)
        self.attempts_left -= 1
        return Attempt(email, device.ip, None, locks=self.attempts_left == 0)

    async def release(self, attempt: Attempt) -> None:
        self.attempts_left += 1

    async def succeeded(self, attempt: Attempt) -> None:
        self.attempts_left = 2

    async def may_notify(self, email: str) -> bool:
        self.notices_left -= 1
        return self.notices_left >= 0

    async def check_refresh(self, session_id: str) -> None:
        self.refreshed.append(session_id)

    def after_login(self, token: str, email: str) -> str:
        return f"{token}+{email}"

    async def open(self, user: User, device: Device) -> RotatedToken:
        return RotatedToken("s1", "s1.first")

    async def owner(self, refresh_token: str) -> Owner | None:
        return Owner("s1", "u1", "user") if refresh_token.startswith("s1.") else None

    async def rotate(self, refresh_token: str, role: str) -> RotatedToken | TokenReuse | None:
        self.role_kept = role
        return TokenReuse("s1") if self.reused else RotatedToken("s1", "s1.next")

    async def close(self, refresh_token: str) -> None:
        self.closed.append(refresh_token)

    async def close_all(self, user_id: str) -> None:
        self.closed.append(user_id)

    def sign(self, *, user_id: str, role: str, session_id: str) -> str:
        return f"{user_id}/{role}/{session_id}"

    def record(self, login: LoginEvent) -> None:
        self.events.append(login)

    def revoked(self, session: SessionRevoked) -> None:
        self.published.append(session)

    def locked(self, lock: AccountLocked) -> None:
        self.published.append(lock)


def credentials(password_hash: str = "new:right", **changes: Any) -> Credentials:
    given = {"id": "u1", "email": "ann@example.com", "created_at": datetime.now(UTC)} | changes
    return Credentials(user=User.model_validate(given), password_hash=password_hash)


def login(password: str = "right", email: str = "ann@example.com") -> Login:
    return Login.model_validate({"email": email, "password": password})


async def test_right_password_opens_a_session() -> None:
    ports = FakePorts()
    logged_in = await ports.logins().login(login(), DEVICE)
    pair = logged_in.tokens
    assert logged_in.device_token == "known+ann@example.com"
    assert (pair.access_token, pair.refresh_token, pair.expires_in) == ("u1/user/s1", "s1.first", 900)
    [event] = ports.events
    assert (event.outcome, event.session_id, event.ip) == ("succeeded", "s1", "203.0.113.5")


async def test_wrong_password_is_recorded_and_the_last_attempt_locks() -> None:
    ports = FakePorts()
    for _ in range(2):
        with pytest.raises(WrongCredentials):
            await ports.logins().login(login("wrong"), DEVICE)
    with pytest.raises(TooManyRequests):
        await ports.logins().login(login(), DEVICE)
    assert [event.outcome for event in ports.events] == ["failed", "locked"]
    assert ports.published == [AccountLocked(user_id="u1", ip="203.0.113.5", user_agent="Firefox")]


async def test_owner_is_notified_of_so_many_locks_and_no_more() -> None:
    ports = FakePorts()
    for _ in range(3):
        ports.attempts_left = 1
        with pytest.raises(WrongCredentials):
            await ports.logins().login(login("wrong"), DEVICE)
    assert (len(ports.published), [event.outcome for event in ports.events]) == (1, ["locked"] * 3)


async def test_lock_of_an_account_that_does_not_exist_costs_the_same() -> None:
    ports = FakePorts()
    ports.attempts_left = 1
    with pytest.raises(WrongCredentials):
        await ports.logins().login(login(email="nobody@example.com"), DEVICE)
    assert (ports.notices_left, ports.published) == (0, [])


async def test_unknown_address_costs_a_verification_and_an_attempt_too() -> None:
    ports = FakePorts()
    with pytest.raises(WrongCredentials):
        await ports.logins().login(login(email="nobody@example.com"), DEVICE)
    assert (ports.verified, ports.attempts_left, ports.events) == ([None], 1, [])


async def test_an_outage_uses_up_no_attempt() -> None:
    ports = FakePorts()
    ports.postgres_down = True
    for _ in range(5):
        with pytest.raises(Unavailable):
            await ports.logins().login(login(), DEVICE)
    assert ports.attempts_left == 2


async def test_suspended_account_learns_it_with_the_right_password_only() -> None:
    ports = FakePorts()
    ports.account = credentials(status="suspended")
    with pytest.raises(WrongCredentials):
        await ports.logins().login(login("wrong"), DEVICE)
    with pytest.raises(Suspended):
        await ports.logins().login(login(), DEVICE)


async def test_old_hash_is_replaced_at_login() -> None:
    ports = FakePorts()
    ports.account = credentials("old:right")
    await ports.logins().login(login(), DEVICE)
    assert ports.account.password_hash == "new:right"


async def test_refresh_takes_the_role_of_now_and_keeps_it() -> None:
    ports = FakePorts()
    ports.account = credentials(role="support")
    pair = await ports.renewals().refresh("s1.first", DEVICE)
    assert (pair.access_token, pair.refresh_token, ports.role_kept) == ("u1/support/s1", "s1.next", "support")


async def test_refresh_without_back_postgres_takes_the_role_of_before() -> None:
    ports = FakePorts()
    ports.postgres_down = True
    assert (await ports.renewals().refresh("s1.first", DEVICE)).access_token == "u1/user/s1"


async def test_refresh_of_an_unknown_token_ends_quietly() -> None:
    ports = FakePorts()
    with pytest.raises(SessionEnded):
        await ports.renewals().refresh("s2.first", DEVICE)
    assert (ports.published, ports.refreshed) == ([], [])


async def test_refresh_of_a_reused_token_ends_and_its_owner_is_notified() -> None:
    ports = FakePorts()
    ports.reused = True
    with pytest.raises(SessionEnded):
        await ports.renewals().refresh("s1.first", DEVICE)
    [published] = ports.published
    assert isinstance(published, SessionRevoked)
    assert (published.user_id, published.session_id, published.reason, published.ip) == (
        "u1",
        "s1",
        "token_reused",
        "203.0.113.5",
    )


@pytest.mark.parametrize("account", [None, credentials(status="suspended")])
async def test_refresh_of_a_user_who_may_not_ends_all_sessions(account: Credentials | None) -> None:
    ports = FakePorts()
    ports.account = account
    with pytest.raises(SessionEnded):
        await ports.renewals().refresh("s1.first", DEVICE)
    assert ports.closed == ["u1"]
