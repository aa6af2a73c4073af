"""Readiness by protocol: an open port is not readiness, so each server is asked the first thing that a client asks."""

import asyncio
import struct
from collections.abc import Sequence
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 5.0
CQL_STARTUP = 0x01
CQL_AUTHENTICATE = 0x03
CQL_READY = 0x02
CQL_AUTH_RESPONSE = 0x0F
CQL_AUTH_SUCCESS = 0x10


class Connection:
    """One short-lived TCP connection."""

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port

    async def __aenter__(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, self.writer = await asyncio.open_connection(self.host, self.port)
        return reader, self.writer

    async def __aexit__(self, *_: object) -> None:
        self.writer.close()


async def http_ready(url: str) -> bool:
    """A GET answered with 2xx or 3xx."""
    parts = urlsplit(url)
    async with Connection(parts.hostname or "127.0.0.1", parts.port or 80) as (reader, writer):
        path = parts.path or "/"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode())
        status = (await reader.readline()).split()
        return len(status) > 1 and status[1][:1] in {b"2", b"3"}


async def postgres_ready(host: str, port: int) -> bool:
    """The server asks for a password; while starting up it answers with an error."""
    async with Connection(host, port) as (reader, writer):
        body = struct.pack("!I", 196608) + b"user\0probe\0database\0postgres\0\0"
        writer.write(struct.pack("!I", len(body) + 4) + body)
        return await reader.read(1) == b"R"


async def redis_ready(host: str, port: int) -> bool:
    """PONG, or NOAUTH since only declared users may do anything; LOADING is not ready."""
    async with Connection(host, port) as (reader, writer):
        writer.write(b"PING\r\n")
        return (await reader.readline())[:5] in {b"+PONG", b"-NOAU", b"-NOPE"}


async def tcp_ready(host: str, port: int) -> bool:
    async with Connection(host, port):
        return True


async def cql_ready(host: str, port: int, passwords: Sequence[str]) -> bool:
    """The superuser can log in with one of the passwords (his own, or the first one of a new node)."""
    for password in passwords:
        try:
            if await asyncio.wait_for(_cql_login(host, port, password), TIMEOUT_SECONDS):
                return True
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            return False
    return False


async def _cql_login(host: str, port: int, password: str) -> bool:
    async with Connection(host, port) as (reader, writer):
        writer.write(_cql_frame(CQL_STARTUP, struct.pack("!H", 1) + _text("CQL_VERSION") + _text("3.0.0")))
        if (answer := await _cql_answer(reader)) != CQL_AUTHENTICATE:
            return answer == CQL_READY
        token = b"\0cassandra\0" + password.encode()
        writer.write(_cql_frame(CQL_AUTH_RESPONSE, struct.pack("!I", len(token)) + token))
        return await _cql_answer(reader) == CQL_AUTH_SUCCESS


def _cql_frame(opcode: int, body: bytes) -> bytes:
    return struct.pack("!BBHBI", 4, 0, 0, opcode, len(body)) + body


def _text(value: str) -> bytes:
    return struct.pack("!H", len(value)) + value.encode()


async def _cql_answer(reader: asyncio.StreamReader) -> int:
    header = await reader.readexactly(9)
    await reader.readexactly(struct.unpack("!I", header[5:])[0])
    return header[4]
