"""Which registrations are passed on to back-auth."""

from typing import Protocol

from shared.models.user import Registration, RegistrationAccepted
from shared.utils.errors import Invalid

MIN_DISTINCT = 4
COMMONEST = frozenset(
    [
        "1234567890",
        "0123456789",
        "9876543210",
        "0987654321",
        "12345678910",
        "123456789a",
        "1q2w3e4r5t",
        "1qaz2wsx3edc",
        "q1w2e3r4t5",
        "qwertyuiop",
        "qwerty12345",
        "qwerty123456",
        "1234qwerty",
        "asdfghjkl1",
        "password12",
        "password123",
        "password1234",
        "passw0rd123",
        "password01",
        "mypassword",
        "letmein123",
        "welcome123",
        "welcome1234",
        "iloveyou12",
        "iloveyou123",
        "admin12345",
        "administrator",
        "changeme123",
        "football123",
        "baseball123",
        "sunshine123",
        "princess123",
        "superman123",
        "abcdefghij",
        "abc1234567",
        "abcd123456",
        "dashboard1",
    ]
)
"""The commonest passwords of published leaks that have ten characters or more."""


class Accounts(Protocol):
    """back-auth, which alone sees what becomes of a password."""

    async def open(self, registration: Registration) -> RegistrationAccepted:
        """Accepts `registration`; the same answer and time for an address that has an account."""
        ...


class RegistrationDomain:
    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    async def register(self, registration: Registration) -> RegistrationAccepted:
        """Opens the account.

        Raises:
            Invalid: the password is one that attackers try first.
        """
        if weakness := weakness_of(registration.password.get_secret_value(), registration.email):
            raise Invalid.field("password", weakness)
        return await self._accounts.open(registration)


def weakness_of(password: str, email: str) -> str | None:
    """Why `password` may not be used, for the person who chose it; None when it may. Its length is the model's rule."""
    lowered = password.lower().strip()
    if "\x00" in password:
        return "This must not contain a NUL character."
    if not lowered:
        return "This must not be blank."
    if lowered in (email, email.partition("@")[0]):
        return "This must not be your e-mail address."
    if lowered in COMMONEST:
        return "This is one of the commonest passwords; choose another one."
    if len(set(lowered)) < MIN_DISTINCT:
        return "This must not repeat the same few characters."
    return None
