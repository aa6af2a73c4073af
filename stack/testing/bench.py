"""`make bench`: the benchmark on a stack of its own, its figures on the terminal."""

import os
import subprocess
import sys

from stack.errors import StackError, explained
from stack.native.privileges import die_with_parent
from stack.paths import PYTHON, ROOT
from stack.testing.isolated import isolated_stack
from stack.testing.main import interrupt_on_sigterm


def main() -> int:
    """The benchmark's exit code. Raises StackError when its stack does not come up."""
    print("starting a stack for the benchmark …", flush=True)
    with isolated_stack(traced=False) as environment:
        command = [str(PYTHON), "-m", "tests.performance.bench"]
        return subprocess.run(
            command, cwd=ROOT, env=os.environ | environment, check=False, preexec_fn=die_with_parent
        ).returncode


if __name__ == "__main__":
    interrupt_on_sigterm()
    try:
        sys.exit(main())
    except StackError as failure:
        sys.exit(f"✗ {failure}")
    except OSError as failure:
        if not (sentence := explained(failure)):
            raise
        sys.exit(f"✗ {sentence}")
    except KeyboardInterrupt:
        sys.exit("✗ Stopped; the benchmark's own processes are ended.")
