"""Rounds that alternate between contestants, so that a drift of the machine's speed meets all alike; medians at the end."""

import statistics
from collections.abc import Callable, Mapping

from tests.performance.load import Result

ROUNDS = 5


def compare(title: str, baseline: str, contestants: Mapping[str, Callable[[], Result]]) -> None:
    """Runs and prints all of them; `baseline` is the name that the ratios refer to."""
    results: dict[str, list[Result]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, run in contestants.items():
            results[name].append(run())
    base = [result.per_second for result in results[baseline]]
    print(f"\n{title}; {ROUNDS} rounds, medians")
    print(f"{'':42}{'per second':>12}{'p50 ms':>9}{'p99 ms':>9}{'failed':>8}{'ratio':>7}")
    for name, rounds in results.items():
        ratio = statistics.median(result.per_second / other for result, other in zip(rounds, base, strict=True))
        print(
            f"{name:42}{statistics.median(result.per_second for result in rounds):>12,.1f}"
            f"{statistics.median(result.percentile(0.5) for result in rounds):>9.1f}"
            f"{statistics.median(result.percentile(0.99) for result in rounds):>9.1f}"
            f"{sum(result.failures for result in rounds):>8}{ratio:>7.2f}",
            flush=True,
        )
