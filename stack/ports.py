"""Which ports are free, and who holds those that are not."""

import errno
import random
import socket
from collections.abc import Sequence

import psutil

from stack.errors import StackError

LOOPBACK = ("127.0.0.1", "::1")
"""What browsers and clients try for `localhost`."""
GIVEN_OUT = range(22000, 32768)
"""Below the ports that Linux takes for outgoing connections: none of those can take a port between its choice and its use."""
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104  (compared, not listened on)
_reserved: list[socket.socket] = []


def is_free(port: int, hosts: Sequence[str] = LOOPBACK) -> bool:
    """Whether nobody listens on it at any of `hosts`."""
    return taken_at(port, hosts) is None


def taken_at(port: int, hosts: Sequence[str] = LOOPBACK) -> str | None:
    """The first of `hosts` where somebody listens on it. A machine without IPv6 has nobody there."""
    return next((host for host in hosts if not _can_listen(host, port)), None)


def _can_listen(host: str, port: int) -> bool:
    six = ":" in host
    try:
        with socket.socket(socket.AF_INET6 if six else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if six:
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            probe.bind((host, port))
    except OSError as error:
        return six and error.errno in {errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL}
    return True


def free_ports(count: int) -> list[int]:
    """Ports for the programs of this process: nobody listens on them, and no other process that asks here gets them before
    this one ends. Raises StackError when there are not so many."""
    found: list[int] = []
    for port in random.SystemRandom().sample(GIVEN_OUT, len(GIVEN_OUT)):
        if len(found) == count:
            return found
        if _reserve(port):
            found.append(port)
    raise StackError(f"{count} free ports were not found from {GIVEN_OUT.start} to {GIVEN_OUT.stop - 1}.")


def _reserve(port: int) -> bool:
    lock = socket.socket(socket.AF_UNIX)
    try:
        lock.bind(f"\0tools-dashboard-port-{port}")  # an abstract address: no file, and free when this process ends
    except OSError:
        lock.close()
        return False
    if not is_free(port):
        lock.close()
        return False
    _reserved.append(lock)
    return True


def holder(port: int, host: str) -> str:
    """The program that listens on a port there, as `name (pid 12)`; "another program" when it cannot be seen."""
    try:
        for connection in psutil.net_connections("tcp"):
            address = connection.laddr if connection.status == psutil.CONN_LISTEN else None
            if address and address[1] == port and address[0] in EVERYWHERE | {host}:
                return f"{psutil.Process(connection.pid).name()} (pid {connection.pid})"
    except psutil.Error:
        pass
    return "another program"
