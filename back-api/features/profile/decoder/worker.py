"""Reads pictures from one stream and writes their avatars to another, one at a time, until the input ends.

A message is the length of what follows as four bytes (big-endian), then that. An answer is the byte 0 and the WebP, or
the byte 1 and the reason of refusal. A picture that needs more processor time than `CPU_SECONDS` ends this process by
SIGPROF. The input ends with the service, however that ends, so that this process never outlives it.
"""

import resource
import signal
import struct
from pathlib import Path
from typing import BinaryIO

from .bounds import Refused
from .square import avatar_of

MEMORY_BYTES = 256 * 1024 * 1024
CPU_SECONDS = 2.0
_LENGTH = struct.Struct(">I")


def main(source: BinaryIO, target: BinaryIO) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")  # rather this process than the service
    while length := source.read(_LENGTH.size):
        content = source.read(*_LENGTH.unpack(length))
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
        answer = _answer(content)
        signal.setitimer(signal.ITIMER_PROF, 0)
        target.write(_LENGTH.pack(len(answer)) + answer)
        target.flush()


def _answer(content: bytes) -> bytes:
    try:
        return b"\x00" + avatar_of(content)
    except Refused as refused:
        return b"\x01" + str(refused).encode()
    except MemoryError:
        return b"\x01memory"
    except Exception:  # noqa: BLE001 - decoders raise whatever they like about a broken file
        return b"\x01broken"
