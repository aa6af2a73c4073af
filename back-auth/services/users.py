"""The accounts as back-postgres keeps them."""

from shared.chassis.client import ServiceClient
from shared.models.user import Credentials, CredentialsLookup, PasswordHash, Registered, RegisterUser, User
from shared.utils.errors import NotFound


class Users:
    """Accounts; `Directory` of the domains. Every method raises Unavailable (dependency "back-postgres") when it is not there."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._back_postgres = back_postgres

    async def credentials(self, email: str) -> Credentials | None:
        """The account of `email` with its hash; None when there is none."""
        lookup = CredentialsLookup(email=email)
        try:
            return await self._back_postgres.post("/internal/users/credentials", json=lookup, model=Credentials)
        except NotFound:
            return None

    async def user(self, user_id: str) -> User | None:
        try:
            return await self._back_postgres.get(f"/internal/users/{user_id}", model=User)
        except NotFound:
            return None

    async def register(self, account: RegisterUser) -> Registered:
        """Account, credential and event in one transaction; for an address that is taken only the event."""
        return await self._back_postgres.post("/internal/users/register", json=account, model=Registered)

    async def replace_hash(self, user_id: str, password_hash: str) -> None:
        body = PasswordHash(password_hash=password_hash)
        await self._back_postgres.call("PUT", f"/internal/users/{user_id}/password-hash", json=body)
