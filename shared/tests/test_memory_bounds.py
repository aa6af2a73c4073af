"""What a process remembers has an end: the oldest goes, and the rest is still known."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from shared.chassis.tracing import marks, retention, writer
from shared.chassis.tracing.marks import Marks
from shared.chassis.tracing.retention import Policy, Retention
from shared.chassis.tracing.spans import Ended
from shared.chassis.tracing.writer import Writer
from shared.security import verifier
from shared.security.verifier import Revocations, TokenVerifier

NOTHING = Policy(sample=0, background=0, per_second=0, slow_ms=60_000)


class Spans(list[Ended]):
    """An exporter that keeps what it gets."""

    def export(self, spans: Sequence[Ended]) -> None:
        self.extend(spans)


def ended(name: str = "", **changes: Any) -> Ended:
    fields: dict[str, Any] = {
        "trace_id": "t", "span_id": "s", "parent_id": "", "name": name, "kind": "server", "started": 0, "ended": 1,
        "status": "200", "attributes": {}, "lines": None,
    }  # fmt: skip
    return Ended(**fields | changes)


async def test_the_oldest_verified_token_is_verified_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Claims:
        exp = float("inf")
        sid = "s1"

    def verify(token: str, _: object) -> Claims:
        asked.append(token)
        return Claims()

    class Nobody:
        def is_revoked(self, session_id: str) -> bool:
            return False

    class Keys:
        known: dict[str, Any] = {}

    monkeypatch.setattr(verifier, "CACHE_SIZE", 2)
    monkeypatch.setattr(verifier, "verify_jwt", verify)
    tokens = TokenVerifier(cast(Any, Keys()), cast(Revocations, Nobody()))
    for token in ("a", "b", "a", "c", "b", "c", "a"):
        await tokens.verify(token)
    assert asked == ["a", "b", "c", "a"]


def test_the_oldest_kept_trace_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "MOST_REMEMBERED", 2)
    kept = Retention(Spans(), NOTHING)
    try:
        for trace_id in ("a", "b", "c"):
            part = kept.part(trace_id, sampled=False)
            part.failed = True
            kept.decide(part, ended(trace_id=trace_id))
        assert [kept.part(trace_id, sampled=False).kept for trace_id in ("a", "b", "c")] == [False, True, True]
    finally:
        kept.close()


def test_spans_that_are_too_many_at_once_are_dropped_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MOST_WAITING", 2)
    monkeypatch.setattr(writer, "ROUND_SECONDS", 60)
    before = dropped()
    spans = Spans()
    queue = Writer(spans, lambda: False)
    for name in "abc":
        queue.put(ended(name))
    queue.close()
    assert [span.name for span in spans] == ["a", "b"]
    assert dropped() == before + 1


def dropped() -> float:
    (metric,) = writer.DROPPED.collect()
    return next(sample.value for sample in metric.samples if sample.name.endswith("_total"))


def test_the_file_of_kept_traces_begins_anew_and_its_readers_miss_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "MOST_BYTES", 3 * marks.LENGTH)
    own = Marks(tmp_path, "back-api")
    other = Marks(tmp_path, "back-auth")
    ids = [f"{number:032x}" for number in range(10)]
    seen: list[str] = []
    for trace_id in ids:
        own.add(trace_id)
        assert own.exchange() == [trace_id]
        seen += other.exchange()
        assert all(file.stat().st_size <= 3 * marks.LENGTH for file in tmp_path.iterdir())
    assert seen == ids
    assert other.exchange() == []


def test_without_a_folder_the_own_traces_are_known(tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_text("")
    own = Marks(no_folder, "back-api")
    own.add("a")
    assert own.exchange() == ["a"]
    assert Marks(tmp_path / "nothing", "back-api").exchange() == []
