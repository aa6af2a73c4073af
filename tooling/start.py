"""How the command line begins and ends whatever happens meanwhile: Ctrl-C, a full disk, a pipe or a terminal that takes less."""

import io
import os
import sys
from importlib import import_module
from typing import NoReturn, TextIO

INTERRUPTED = 130
CANNOT = 2


def start() -> NoReturn:
    """Runs the command that was asked for. It is loaded here, so that Ctrl-C is answered from the beginning."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(_answered())


def _answered() -> int:
    try:
        code = _code()
        _flush(sys.stdout)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:  # whoever reads has seen enough
        _write_no_more()
        return 1
    except OSError as error:
        _write_no_more()
        print(f"✗ the answer cannot be written: {error.strerror}", file=sys.stderr)
        return CANNOT
    if code == INTERRUPTED:
        print("✗ stopped by Ctrl-C", file=sys.stderr)
    return code


def _flush(stream: TextIO | None) -> None:
    """There is none when the caller has closed it."""
    if stream is not None:
        stream.flush()


def _code() -> int:
    try:
        import_module("tooling.cli").main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    return 0


def _write_no_more() -> None:
    """What is still in the buffer would be tried, and refused, once more at the very end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
