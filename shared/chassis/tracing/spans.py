"""Spans that are cheap enough for every request: they are collected for each trace, whether it will be kept or not.

An OpenTelemetry SDK span costs ten times as much (docs/decisions/0035-what-traces-are-kept.md); ids, kinds and the
`traceparent` are OpenTelemetry's and W3C Trace Context's.
"""

from contextvars import ContextVar, Token
from random import getrandbits
from time import time_ns
from types import TracebackType
from typing import Any, Literal, NamedTuple, Protocol, Self

MOST_SPANS = 256
"""Spans of an undecided trace that one process buffers; later ones are dropped."""
MOST_LINES = 64
"""Log lines of a span."""
Kind = Literal["server", "client", "producer", "consumer"]
Attributes = dict[str, Any]
Line = tuple[int, dict[str, Any]]
"""A log line as structlog knows it, and when it was written (nanoseconds since 1970)."""


class Ended(NamedTuple):
    """A span that has ended; times in nanoseconds since 1970, `parent_id` empty where the trace begins."""

    trace_id: str
    span_id: str
    parent_id: str
    name: str
    kind: Kind
    started: int
    ended: int
    status: str
    attributes: Attributes
    lines: list[Line] | None


class SpanSink(Protocol):
    """Where spans go; implemented by `retention.Retention`."""

    def write(self, span: Ended) -> None:
        """Writes a span of a trace that is kept."""
        ...

    def decide(self, part: "Part", root: Ended) -> None:
        """Decides whether `part`, which has ended with its first span `root`, is kept."""
        ...


class Part:
    """The spans of this process in one trace; they are written if `kept`."""

    __slots__ = ("failed", "kept", "sink", "spans", "trace_id")

    def __init__(self, trace_id: str, kept: bool, sink: SpanSink) -> None:
        self.trace_id = trace_id
        self.kept = kept
        self.sink = sink
        self.failed = False
        self.spans: list[Ended] = []

    def add(self, span: Ended) -> None:
        if span.status == "error" or span.status[:1] == "5":
            self.failed = True
        if self.kept:
            self.sink.write(span)
        elif len(self.spans) < MOST_SPANS:
            self.spans.append(span)


class Span:
    """A context manager: the block is the span. `attributes` may hold `peer`, `caller`, `statement` and `status` (of HTTP)."""

    __slots__ = (
        "_is_root",
        "_started",
        "_token",
        "attributes",
        "kind",
        "lines",
        "name",
        "parent_id",
        "part",
        "span_id",
    )

    def __init__(
        self, part: Part, name: str, kind: Kind, parent_id: str, attributes: Attributes, is_root: bool
    ) -> None:
        self.part = part
        self.name = name
        self.parent_id = parent_id
        self.attributes = attributes
        self.kind: Kind = kind
        self.span_id = f"{getrandbits(64):016x}"
        self.lines: list[Line] | None = None
        self._is_root = is_root

    def __enter__(self) -> Self:
        self._started = time_ns()
        self._token: Token[Span | None] = _current.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _current.reset(self._token)
        ended = Ended(
            self.part.trace_id,
            self.span_id,
            self.parent_id,
            self.name,
            self.kind,
            self._started,
            time_ns(),
            self._status(error),
            self.attributes,
            self.lines,
        )
        self.part.add(ended)
        if self._is_root:
            self.part.sink.decide(self.part, ended)

    @property
    def traceparent(self) -> str:
        return f"00-{self.part.trace_id}-{self.span_id}-{'01' if self.part.kept else '00'}"

    def set_attribute(self, name: str, value: str | int) -> None:
        self.attributes[name] = value

    def update_name(self, name: str) -> None:
        self.name = name

    def log(self, line: dict[str, Any]) -> None:
        """Adds a log line; `log_lines.presentable` shortens it when the span is written."""
        if self.lines is None:
            self.lines = []
        if len(self.lines) < MOST_LINES:
            self.lines.append((time_ns(), line))

    def _status(self, error: BaseException | None) -> str:
        """The HTTP status if there is one; else `error` when an exception other than a refusal (4xx) ends the block, else `unset`."""
        if "status" in self.attributes:
            return str(self.attributes["status"])
        failed = isinstance(error, Exception) and getattr(error, "status", 500) >= 500
        return "error" if failed else "unset"


_current: ContextVar[Span | None] = ContextVar("span", default=None)


def current() -> Span | None:
    """The current span."""
    return _current.get()


def new_trace_id() -> str:
    return f"{getrandbits(128):032x}"
