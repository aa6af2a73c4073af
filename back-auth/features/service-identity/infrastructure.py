"""Who may call whom, out of boundaries.yaml. Nothing here asks another service: tokens are issued whatever else is down.

The other adapters are `services.service_clients` (`domain.Clients`, `domain.Failures`) and `services.signing_keys`
(`domain.Signer`).
"""

from functools import cache

from shared.contracts import boundaries


@cache
def declared_calls() -> dict[str, list[str]]:
    """The services that each service may call, by its name."""
    return {name: service.calls for name, service in boundaries.load().services.items()}
