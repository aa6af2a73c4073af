"""The connection that every module here uses: pooled, with time-outs, logged in as the calling service's ACL user."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import (
    ClusterDownError,
    MasterDownError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    TryAgainError,
    WatchError,
)
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from back_redis.essential import Argument, Command, beyond_the_limit, covers
from shared.chassis import tracing
from shared.chassis.settings import RedisSettings
from shared.utils.errors import ServiceError, Unavailable
from shared.utils.failures import Verdict, record_answer, verdict_for

NAME = "back-redis"
CONNECT_SECONDS = 1.0
ANSWER_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 10.0
POOL_SIZE = 50
CONTENTION_ATTEMPTS = 20

StreamReply = list[tuple[str, list[tuple[str, dict[str, str]]]]]
"""The reply of XREAD and XREADGROUP: `(stream, [(entry id, fields)])`."""
Result = TypeVar("Result")
_UNREACHABLE = (RedisConnectionError, RedisTimeoutError, TimeoutError, OSError)
_PREFIX_OF: dict[type[RedisError], str] = {
    OutOfMemoryError: "OOM",
    ReadOnlyError: "READONLY",
    ClusterDownError: "CLUSTERDOWN",
    MasterDownError: "MASTERDOWN",
    TryAgainError: "TRYAGAIN",
}
"""Errors whose text redis-py gives without their prefix."""


class RedisCommandError(ServiceError):
    """back-redis answered with an error: a command outside the service's ACL, a key of another type. A defect of ours."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.add_note(reason)
        self.reason = reason


@contextmanager
def translated() -> Generator[None]:
    """Turns every error of the redis library into one of `shared.utils.errors`."""
    try:
        yield
    except _UNREACHABLE as error:
        raise Unavailable(dependency=NAME) from error
    except RedisError as error:
        if verdict_for("redis", _PREFIX_OF.get(type(error), str(error).partition(" ")[0]), "ERR") is Verdict.AWAY:
            raise Unavailable(dependency=NAME) from error
        raise RedisCommandError(str(error)) from error


class RedisConnection:
    """One per process, as an async context manager. Connects on first use, so that a service starts without back-redis.

    Every method raises Unavailable (dependency "back-redis") when there is no answer within two seconds, or the server is
    full. Essential commands (`back_redis.essential`) also succeed on a full server.
    """

    def __init__(self, *, host: str, port: int, username: str, password: str) -> None:
        self._redis = Redis(
            host=host,
            port=port,
            username=username,
            password=password,
            protocol=2,  # the replies that Redis 7, 8 and Valkey share
            decode_responses=True,
            socket_connect_timeout=CONNECT_SECONDS,
            socket_timeout=None,  # a pipeline would be timed reply by reply; `_command_span` times all of it
            max_connections=POOL_SIZE,
            retry=Retry(ExponentialBackoff(cap=0.1, base=0.02), 1, supported_errors=(RedisConnectionError,)),
            health_check_interval=30,
            client_name=username,
        )
        for command in ("SET", "XPENDING"):  # their parsers need options that only the library's own methods give
            self._redis.response_callbacks.pop(command, None)

    @classmethod
    def from_settings(cls, settings: RedisSettings, service: str) -> Self:
        """The connection of `service`, whose name is its ACL user."""
        return cls(
            host=settings.redis_host,
            port=settings.redis_port,
            username=service,
            password=settings.redis_password.get_secret_value(),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._redis.aclose()

    async def ping(self) -> None:
        """For readiness checks."""
        await self.call("PING")

    async def call(self, *command: Argument) -> Any:
        """The reply to one command."""
        async with _command_span(_name(command)):
            try:
                return await _execute(self._redis, command)
            except OutOfMemoryError:
                if not covers([command]):
                    raise
                (reply,) = await _execute(self._redis, beyond_the_limit([command]))
                return reply

    async def wait(self, *command: Argument) -> Any:
        """The reply to one command that blocks, for at most ten seconds (`BLOCK 10000`)."""
        async with _command_span(_name(command), LONGEST_WAIT_SECONDS + ANSWER_SECONDS):
            return await _execute(self._redis, command)

    async def pipeline(self, *commands: Command) -> list[Any]:
        """The replies to `commands`, sent as one pipeline; other clients' commands may run in between. Raises the first error."""
        if not commands:
            return []
        async with _command_span(_names(commands)), self._redis.pipeline(transaction=False) as pipe:
            return await _commit(pipe, commands)

    async def transaction(self, *commands: Command) -> list[Any]:
        """The replies to `commands`, run as one (MULTI/EXEC)."""
        async with _command_span(f"MULTI {_names(commands)}"):
            try:
                async with self._redis.pipeline(transaction=True) as pipe:
                    return await _commit(pipe, commands)
            except OutOfMemoryError:
                if not covers(commands):
                    raise
                return await _execute(self._redis, beyond_the_limit(commands))

    async def update(self, key: str, read: Command, plan: Callable[[Any], tuple[list[Command], Result]]) -> Result:
        """Reads, lets `plan` decide on the reply, and runs the commands it returns: all or, when `key` changed meanwhile, again."""
        async with _command_span(_name(("WATCH", key))):
            is_full = False
            for _ in range(CONTENTION_ATTEMPTS):
                async with self._redis.pipeline(transaction=True) as pipe:
                    await pipe.watch(key)
                    commands, result = plan(await _execute(pipe, read))
                    pipe.multi()
                    try:
                        await _commit(pipe, [beyond_the_limit(commands)] if is_full else commands)
                    except WatchError:
                        continue
                    except OutOfMemoryError:
                        if is_full or not covers(commands):
                            raise
                        is_full = True
                        continue
                    return result
        raise Unavailable(dependency=NAME)

    def dedicated(self) -> AbstractConnection:
        """A connection outside the pool, not yet connected, for a subscriber, who bounds the waiting itself."""
        return self._redis.connection_pool.make_connection()


@asynccontextmanager
async def _command_span(name: str, seconds: float = ANSWER_SECONDS) -> AsyncGenerator[None]:
    """The block asks back-redis, which `name` says in the trace, and is over within `seconds`."""
    with tracing.client_span(NAME, name), translated():
        async with asyncio.timeout(seconds):
            yield
    record_answer(NAME)


def _name(command: Command) -> str:
    """`HGET session`: the command and the family of its key, not the key; of a cache also what it keeps."""
    name, *arguments = map(str, command)
    first = arguments.index("STREAMS") + 1 if "STREAMS" in arguments else 0
    family, *more = arguments[first].split(":") if arguments else [""]
    kept = [family, more[1]] if family == "cache" and len(more) > 1 else [family]
    return " ".join([name, *kept]) if more else name


def _names(commands: Sequence[Command]) -> str:
    """Each once. Commands of one key are looked at once: a batch of events has five hundred."""
    alike = {command[:2]: command for command in commands}
    return ", ".join(dict.fromkeys(map(_name, alike.values())))


async def _execute(client: Redis, command: Command) -> Any:
    return await client.execute_command(*command)  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]


async def _commit(pipe: Pipeline, commands: Sequence[Command]) -> list[Any]:
    for command in commands:
        pipe.execute_command(*command)  # pyright: ignore[reportUnknownMemberType]
    return await pipe.execute()
