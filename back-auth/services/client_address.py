"""The address of the person, behind the gateway and the fronts' servers."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from starlette.requests import Request

Network = IPv4Network | IPv6Network


class ClientAddress:
    """`trusted` are the networks of proxies: what one of them says in X-Forwarded-For is believed, what others say is not."""

    def __init__(self, trusted: Sequence[Network]) -> None:
        self._trusted = trusted

    def address_of(self, request: Request) -> str:
        """The nearest address that is no trusted proxy; the farthest when all are (a developer's own machine)."""
        peer = _parse(request.client.host if request.client else "")
        if peer is None or not self._trusts(peer):
            return str(peer or "")
        header = ",".join(request.headers.getlist("x-forwarded-for")) or request.headers.get("x-real-ip", "")
        nearest = peer
        for text in reversed(header.split(",")):
            address = _parse(text.strip())
            if address is None:
                break
            nearest = address
            if not self._trusts(address):
                break
        return str(nearest)

    def _trusts(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address in network for network in self._trusted)


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip("[]"))
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
