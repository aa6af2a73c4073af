"""Which failures of a peer mean that it is away, and which that one item failed: the declaration that all code asks.

`docs/failures.md` shows RULES as a table; a test compares the two. Whoever talks to a peer translates the peer's own
errors by `verdict_for`; whoever works through a queue asks `verdict_of` about what was raised, and `Answered` about who
has served somebody else meanwhile (circuit breaker: M. Nygard, Release It!, 2nd ed., chapter 5).
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from shared.utils.errors import ServiceError, TooManyRequests, Unavailable

Peer = Literal["smtp", "http", "redis", "postgres", "cassandra"]


class Verdict(StrEnum):
    """`away`: wait, the item is not to blame. `failed`: retry this item beside the others, a bounded number of times.
    `refused`: this item never succeeds; it becomes a dead letter at once."""

    AWAY = "away"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True)
class Rule:
    """`signs` are how `peer` shows a failure: reply codes, statuses, SQLSTATE classes, error prefixes, exception names."""

    peer: Peer
    signs: tuple[str, ...]
    verdict: Verdict
    meaning: str


_AWAY = Verdict.AWAY
_FAILED = Verdict.FAILED
_REFUSED = Verdict.REFUSED

RULES = (
    Rule("smtp", ("connect", "421", "HELO", "AUTH", "MAIL FROM"), _AWAY, "no mail gets through: not reachable, closing, or it refuses us as a client or sender"),
    Rule("smtp", ("4xx", "lost", "timeout"), _FAILED, "a recipient or a message is not taken now (RCPT, DATA), or the connection ended amid it"),
    Rule("smtp", ("5xx", "MAIL FROM 552", "unsupported", "unsendable"), _REFUSED, "a recipient or a message is never taken: refused, too large (RFC 1870), an address without SMTPUTF8 (RFC 6531), a header that cannot be written"),
    Rule("http", ("connect", "timeout", "408", "429", "502", "503", "504", "service token"), _AWAY, "not reachable, overloaded, a dependency of it is away, or it does not believe our service token"),
    Rule("http", ("4xx", "5xx", "form"), _FAILED, "the answer is about this request: refused, a defect of the peer, or an answer of another form"),
    Rule("redis", ("connect", "timeout", "LOADING", "BUSY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "OOM", "READONLY", "MISCONF", "NOREPLICAS", "NOAUTH", "WRONGPASS"), _AWAY, "starting, busy with a script, failing over, full, cannot write to its disk, or does not know our login"),
    Rule("redis", ("WRONGTYPE", "NOPERM", "NOSCRIPT", "EXECABORT", "ERR"), _FAILED, "a defect of ours: a key of another type, a command outside our grant, a script that is not loaded"),
    Rule("postgres", ("connect", "timeout", "08", "25006", "53", "57", "58"), _AWAY, "connection lost, out of resources, shutting down or starting, statement cancelled, failing over"),
    Rule("postgres", ("40", "55P03"), _AWAY, "serialization failure, deadlock, lock not available: the same statement succeeds when it is repeated"),
    Rule("postgres", ("22", "23", "54"), _FAILED, "a value does not fit its type, a constraint or a limit"),
    Rule("postgres", ("xx",), _FAILED, "any other class: a defect of ours"),
    Rule("cassandra", ("connect", "NoHostAvailable", "Unavailable", "OperationTimedOut", "ReadTimeout", "WriteTimeout", "ConnectionException", "OverloadedErrorMessage", "IsBootstrappingErrorMessage", "OSError"), _AWAY, "too few replicas answer, too late, or none"),
    Rule("cassandra", ("InvalidRequest", "ReadFailure", "WriteFailure", "FunctionFailure", "DriverException"), _FAILED, "the replicas answer, and fail on this statement or value"),
)  # fmt: skip
_BY_SIGN = {(rule.peer, sign): rule.verdict for rule in RULES for sign in rule.signs}


def verdict_for(peer: Peer, *signs: str) -> Verdict:
    """The verdict of the first of `signs` that is declared for `peer`: name the exact sign first, then its class.

    Raises:
        LookupError: none of them is declared.
    """
    for sign in signs:
        if (peer, sign) in _BY_SIGN:
            return _BY_SIGN[peer, sign]
    raise LookupError(f"RULES has none of {', '.join(signs)} for {peer}")


class PeerFailed(Unavailable):
    """`dependency` is there and fails on this request, by a 5xx or an answer of another form: the same to whoever waits
    for an answer, but no reason to hold back other requests."""


class ItemFailed(ServiceError):
    """`dependency` does not take this item now; it takes others."""

    def __init__(self, detail: str = "", *, dependency: str = "") -> None:
        super().__init__(detail)
        self.dependency = dependency


class ItemRefused(ItemFailed):
    """`dependency` will never take this item."""


def verdict_of(error: Exception) -> Verdict:
    """What `error`, raised while an item was handled, means for that item."""
    if isinstance(error, ItemRefused):
        return Verdict.REFUSED
    if isinstance(error, Unavailable | TooManyRequests) and not isinstance(error, PeerFailed):
        return Verdict.AWAY
    return Verdict.FAILED


def peer_of(error: Exception) -> str:
    """Whose failure `error` is, by the name that `Answered` uses; empty when no peer is to blame."""
    return str(getattr(error, "peer", "") or getattr(error, "dependency", ""))


_answered: ContextVar[set[str] | None] = ContextVar("answered", default=None)


@contextmanager
def answered() -> Generator[set[str]]:
    """The names of the peers that serve somebody within the block, as far as `record_answer` was called; tasks that the block starts count."""
    names: set[str] = set()
    token = _answered.set(names)
    try:
        yield names
    finally:
        _answered.reset(token)


def record_answer(*peers: str) -> None:
    """`peers` have just served a request."""
    if (names := _answered.get()) is not None:
        names.update(peers)


def table(rules: Iterable[Rule] = RULES) -> str:
    """RULES as the Markdown table of docs/failures.md."""
    lines = ["| peer | failure | verdict | what it is |", "|---|---|---|---|"]
    lines += [
        f"| {rule.peer} | {', '.join(f'`{sign}`' for sign in rule.signs)} | {rule.verdict} | {rule.meaning} |"
        for rule in rules
    ]
    return "\n".join(lines)
