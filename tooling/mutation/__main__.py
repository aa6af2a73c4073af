"""`make test-mutation S=back-auth` or `F=profile`: the share of small faults that the unit tests see.

`N` mutants (40) are sampled by `SEED` (1), from the files whose path has `IN` in it. Exit code 1 when less than 0.85 is seen.
"""

import os
import sys

from stack.testing.main import interrupt_on_sigterm
from tooling.mutation import python_runs, typescript_runs
from tooling.mutation.copying import copied
from tooling.mutation.parts import NoPart, Part, parts
from tooling.paths import ROOT

ENOUGH = 0.85


def main(service: str, feature: str, below: str, count: int, seed: int) -> int:
    """The exit code. Raises NoPart."""
    chosen = parts(ROOT, service, feature, below)
    return max([_share(part, count, seed) < ENOUGH for part in chosen])


def _share(part: Part, count: int, seed: int) -> float:
    runs = typescript_runs if part.is_typescript else python_runs
    seen = total = 0
    with copied(ROOT) as copy:
        for mutant, is_seen in runs.survivors(copy, part, count, seed):
            total += 1
            seen += is_seen
            if not is_seen:
                print(f"  {mutant}", flush=True)
    share = seen / total if total else 1.0
    print(f"{'✓' if share >= ENOUGH else '✗'} {part.name}: {seen} of {total} mutants seen ({share:.2f})", flush=True)
    return share


def _number(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal():
        raise NoPart(f"{name}={text} is no number")
    return int(text)


if __name__ == "__main__":
    interrupt_on_sigterm()
    try:
        environment = [os.environ.get(name, "") for name in ("S", "F", "IN")]
        sys.exit(main(*environment, count=_number("N", 40), seed=_number("SEED", 1)))
    except NoPart as failure:
        sys.exit(f"✗ {failure}")
    except KeyboardInterrupt:
        sys.exit("✗ Stopped; the copy of the tree is removed.")
