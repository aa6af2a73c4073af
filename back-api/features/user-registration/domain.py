"""Which registrations are passed on to back-auth."""

from typing import Protocol

from shared.models.user import Registration, RegistrationAccepted
from shared.utils.errors import Invalid

from .passwords import weakness_of


class Accounts(Protocol):
    """back-auth, which alone sees what becomes of a password."""

    async def register(self, registration: Registration) -> RegistrationAccepted:
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
        password = registration.password.get_secret_value()
        if weakness := weakness_of(password, email=registration.email, name=registration.name or ""):
            raise Invalid.field("password", weakness)
        return await self._accounts.register(registration)
