"""Issues service tokens: to a service that proves who it is, for the services that boundaries.yaml lets it call."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from shared.models.service_token import ServiceToken
from shared.security.constants import SERVICE_TOKEN_EXPIRATION
from shared.utils.errors import Forbidden, Unauthenticated


class Clients(Protocol):
    def knows(self, name: str, secret: str) -> bool:
        """Whether `secret` is that of the service `name`."""
        ...


class Signer(Protocol):
    def sign_service(self, *, caller: str, callee: str) -> str: ...


class Failures(Protocol):
    def record(self, address: str) -> None:
        """Counts one; raises TooManyRequests when there were too many from there."""
        ...


class UnknownClient(Unauthenticated):
    title = "Not a service of this system"

    @property
    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": 'Basic realm="services"'}


@dataclass(frozen=True)
class ServiceIdentityDomain:
    """`calls`: whom each service may call."""

    clients: Clients
    signer: Signer
    failures: Failures
    calls: Mapping[str, Collection[str]]

    def issue(self, name: str, secret: str, *, callee: str, address: str) -> ServiceToken:
        """Raises UnknownClient, TooManyRequests (never with the right secret) or Forbidden."""
        if not self.clients.knows(name, secret):
            self.failures.record(address)
            raise UnknownClient("Send the service's name and secret by HTTP Basic.")
        if callee not in self.calls.get(name, ()):
            raise Forbidden(f"shared/contracts/boundaries.yaml does not let {name} call {callee}.")
        token = self.signer.sign_service(caller=name, callee=callee)
        return ServiceToken(access_token=token, expires_in=SERVICE_TOKEN_EXPIRATION)
