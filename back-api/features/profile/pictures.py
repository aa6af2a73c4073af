"""Decoding what strangers upload, in a process of its own (`decoder`) with limits of memory and processor time."""

import asyncio
import struct
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from signal import Signals

import structlog

from shared.utils.errors import Invalid, TooManyRequests, Unavailable

MAX_WAITING = 4
PATIENCE_SECONDS = 5.0
"""So long a picture waits for its turn, and so long for its answer: more than its two seconds of processor time."""
MESSAGES = {
    "format": "This is not a PNG, JPEG, WebP or GIF picture.",
    "broken": "This picture is broken and cannot be read.",
    "sides": "Picture must be at most 16,384 pixels wide and high.",
    "pixels": "Picture must have at most 24 megapixels.",
    "webp_pixels": "WebP picture must have at most 12 megapixels.",
    "scans": "This JPEG has too many scans. Save it once more with usual settings.",
    "parts": "This picture's file has too many parts. Save it once more with usual settings.",
    "memory": "This picture needs too much memory to be read. Make it smaller.",
    "time": "This picture takes too long to be read. Make it smaller.",
}
COMMAND = [sys.executable, "-E", "-s", "-B", "-m", "decoder"]
_LENGTH = struct.Struct(">I")
log = structlog.get_logger("pictures")


class DecoderEnded(Exception):
    """It was ended by a signal: `args[0]`, of its own limit, of its patience's end or of a fault in its libraries."""


class PictureDecoder:
    """`profile.domain.Pictures`: one decoder, started with the first picture and again after its end.

    A thread of its own speaks to it, so that neither the event loop nor other work waits for a picture.
    """

    def __init__(self, *, patience: float = PATIENCE_SECONDS) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
        self._owners: set[str] = set()
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None

    async def avatar_of(self, content: bytes, *, owner: str) -> bytes:
        """`content` as a 256×256 WebP.

        Raises:
            Invalid: it is no picture that can be read within the limits.
            TooManyRequests: one of `owner` is being read.
            Unavailable: too many wait already, or its turn or answer took too long.
        """
        if owner in self._owners:
            raise TooManyRequests("Your last picture is still being processed. Try again in a moment.")
        if len(self._owners) > MAX_WAITING:
            raise _busy()
        self._owners.add(owner)
        reading = asyncio.get_running_loop().run_in_executor(self._thread, self._read, content, time.monotonic())
        reading.add_done_callback(lambda _: self._owners.discard(owner))
        return await asyncio.shield(reading)

    @property
    def pid(self) -> int | None:
        """Of the decoder; None before the first picture."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        self._thread.shutdown(cancel_futures=True)
        self._end()

    def _read(self, content: bytes, asked_at: float) -> bytes:
        if time.monotonic() - asked_at > self._patience:
            raise _busy()
        try:
            answer = self._exchange(self._running(), content)
        except DecoderEnded as ended:
            log.warning("picture decoder ended", signal=str(ended))
            if str(ended) == "SIGKILL":
                raise _busy() from None
            raise _refused("time" if str(ended) == "SIGPROF" else "broken") from None
        if answer[0]:
            raise _refused(answer[1:].decode())
        return answer[1:]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is None:
            return self._process
        self._end()
        self._process = subprocess.Popen(  # noqa: S603 - a fixed command
            COMMAND,
            cwd=Path(__file__).parent,
            env={},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], content: bytes) -> bytes:
        """Raises DecoderEnded."""
        assert process.stdin
        assert process.stdout
        end = threading.Timer(self._patience, process.kill)
        end.start()
        try:
            process.stdin.write(_LENGTH.pack(len(content)) + content)
            process.stdin.flush()
            length = process.stdout.read(_LENGTH.size)
            if answer := length and process.stdout.read(*_LENGTH.unpack(length)):
                return answer
        except BrokenPipeError:
            pass  # it ended while it was written to
        finally:
            end.cancel()
        raise DecoderEnded(_how_it_ended(process))

    def _end(self) -> None:
        if not self._process:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process = None


def _how_it_ended(process: subprocess.Popen[bytes]) -> str:
    code = process.wait()
    return Signals(-code).name if code < 0 else f"code {code}"


def _busy() -> Unavailable:
    return Unavailable("Many pictures are being read right now. Try again in a moment.")


def _refused(reason: str) -> Invalid:
    return Invalid.field("", MESSAGES[reason])
