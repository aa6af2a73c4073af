"""Registration's adapter: back-auth over HTTP."""

from shared.chassis.client import ServiceClient
from shared.models.user import Registration, RegistrationAccepted


class BackAuthAccounts:
    """`domain.Accounts`. `forwarded_for` is the client's network, by which back-auth limits registrations."""

    def __init__(self, back_auth: ServiceClient, forwarded_for: str) -> None:
        self._back_auth = back_auth
        self._headers = {"X-Forwarded-For": forwarded_for}

    async def register(self, registration: Registration) -> RegistrationAccepted:
        answer = await self._back_auth.call("POST", "/internal/accounts", json=registration, headers=self._headers)
        return self._back_auth.parse(RegistrationAccepted, answer)
