"""What a stack costs that nobody uses: processor time and wake-ups of each process in a second."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from stack.paths import run_dir

SECONDS = 20
SETTLED_SECONDS = 30
"""After the parts before: pools shrink, collectors catch up."""
MOST_LINES = 20


@dataclass(frozen=True)
class Used:
    """`milliseconds` of processor time, and how often its threads were woken."""

    milliseconds: float
    switches: int


def bench() -> None:
    """Prints a line a process, the most expensive first, and the sum."""
    guard = int((run_dir() / "guard.pid").read_text())
    processes = psutil.Process(guard).children(recursive=True)
    psutil.cpu_percent(interval=SETTLED_SECONDS)
    before = _used(processes)
    busy = psutil.cpu_percent(interval=SECONDS)
    spent = _difference(before, _used(processes))
    print(f"\nNobody uses the stack, {SECONDS} s; the machine was {busy:.0f} % busy")
    print(f"{'':62}{'ms a second':>14}{'wake-ups':>10}")
    names = {process.pid: _name(process) for process in processes if process.is_running()}
    for pid, used in sorted(spent.items(), key=lambda item: -item[1].milliseconds)[:MOST_LINES]:
        print(f"{names.get(pid, '?'):62}{used.milliseconds:>14.2f}{used.switches / SECONDS:>10.1f}")
    print(f"{'all':62}{sum(used.milliseconds for used in spent.values()):>14.2f}", flush=True)


def _used(processes: list[psutil.Process]) -> dict[int, Used]:
    """Of those that still run. Linux gives a thread's time to the nanosecond in `schedstat`; `cpu_times` has ticks of ten milliseconds."""
    found: dict[int, Used] = {}
    for process in processes:
        try:
            threads = list(Path(f"/proc/{process.pid}/task").iterdir())
            nanoseconds = sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads)
            found[process.pid] = Used(nanoseconds / 1e6, sum(_switches(thread) for thread in threads))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def _switches(thread: Path) -> int:
    status = (thread / "status").read_text()
    return int(status.partition("voluntary_ctxt_switches:")[2].split()[0])


def _difference(before: Mapping[int, Used], after: Mapping[int, Used]) -> dict[int, Used]:
    return {
        pid: Used((used.milliseconds - before[pid].milliseconds) / SECONDS, used.switches - before[pid].switches)
        for pid, used in after.items()
        if pid in before
    }


def _name(process: psutil.Process) -> str:
    """The end of its command, where the service stands."""
    return " ".join(process.cmdline())[-60:] or process.name()
