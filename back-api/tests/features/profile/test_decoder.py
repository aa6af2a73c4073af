"""The decoder's process: its limits, its queue and its end."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import suppress
from pathlib import Path

import pytest
import pytest_asyncio
from features.profile import pictures
from features.profile.pictures import MAX_WAITING, PictureDecoder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.features.profile.files import many_scans, picture, png

from shared.utils.errors import Invalid, TooManyRequests, Unavailable
from tests.waiting import eventually, until

ROOT = Path(__file__).parents[4]
MEMORY_KIB = 256 * 1024
SEEDS = [
    picture("PNG", (64, 48)),
    picture("PNG", (64, 48), "P"),
    picture("PNG", (64, 48), "RGBA", save_all=True, append_images=[]),
    picture("JPEG", (64, 48)),
    picture("JPEG", (64, 48), progressive=True),
    picture("JPEG", (64, 48), "CMYK"),
    picture("GIF", (64, 48)),
    picture("WEBP", (64, 48)),
    picture("WEBP", (64, 48), "RGBA", lossless=True),
]
NUMBERS = [
    b"\0",
    b"\1",
    b"\x7f",
    b"\xff",
    b"\0\0",
    b"\xff\xff",
    b"\xff\xda",
    b"\0\0\0\0",
    b"\xff\xff\xff\xff",
    b"\x00\x01\x86\xa0",
]


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def peak_kib(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmPeak"))


@pytest_asyncio.fixture
async def decoder() -> AsyncGenerator[PictureDecoder]:
    made = PictureDecoder(patience=60.0)
    yield made
    made.close()


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A picture of any format with bytes overwritten, parts taken out, repeated or brought from another one."""
    content = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        end = min(len(content), at + draw(st.integers(0, 64)))
        other = draw(st.sampled_from(SEEDS))
        new = draw(
            st.one_of(
                st.sampled_from(NUMBERS), st.binary(max_size=16), st.just(content[at:end] * 50), st.just(other[at:end])
            )
        )
        content = content[:at] + new + content[end if draw(st.booleans()) else at + len(new) :]
    return content


def test_whatever_the_bytes_are_it_is_a_picture_or_refused() -> None:
    decoder = PictureDecoder(patience=60.0)

    @settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(content=mutated())
    def read(content: bytes) -> None:
        with suppress(Invalid):
            assert runner.run(decoder.avatar_of(content, owner="ann"))[8:12] == b"WEBP"

    with asyncio.Runner() as runner:
        read()
    assert decoder.pid
    assert peak_kib(decoder.pid) <= MEMORY_KIB
    decoder.close()


@pytest.mark.parametrize(
    "content",
    [picture("PNG", (6000, 4000), "RGBA"), picture("JPEG", (6000, 4000), "CMYK", progressive=True),
     picture("WEBP", (4000, 3000), "RGBA", method=0), picture("GIF", (6000, 4000))],
    ids=["PNG", "JPEG", "WEBP", "GIF"],
)  # fmt: skip
async def test_the_largest_picture_fits_into_the_limits(decoder: PictureDecoder, content: bytes) -> None:
    assert (await decoder.avatar_of(content, owner="ann"))[8:12] == b"WEBP"


def limited(**limits: float) -> list[str]:
    """The command of a decoder with other limits."""
    changes = "; ".join(f"worker.{name} = {value}" for name, value in limits.items())
    code = f"import sys; from decoder import worker; {changes}; worker.main(sys.stdin.buffer, sys.stdout.buffer)"
    return [sys.executable, "-c", code]


@pytest.mark.parametrize(
    ("limits", "reason"),
    [({"CPU_SECONDS": 0.15}, "too long"), ({"MEMORY_BYTES": 64 * 1024 * 1024}, "too much memory")],
)
async def test_a_picture_above_a_limit_is_refused_and_the_next_one_read(
    decoder: PictureDecoder, monkeypatch: pytest.MonkeyPatch, limits: dict[str, float], reason: str
) -> None:
    monkeypatch.setattr(pictures, "COMMAND", limited(**limits))
    with pytest.raises(Invalid, match=reason):
        await decoder.avatar_of(picture("PNG", (6000, 4000), "RGBA"), owner="ann")
    assert await decoder.avatar_of(picture("PNG", (8, 8)), owner="ann")


async def test_a_decoder_that_was_killed_is_replaced(decoder: PictureDecoder) -> None:
    assert await decoder.avatar_of(picture("PNG"), owner="ann")
    killed = decoder.pid
    assert killed
    os.kill(killed, signal.SIGKILL)
    await until(lambda: not command(killed), "it is gone")
    assert await decoder.avatar_of(picture("PNG"), owner="ann")
    assert decoder.pid != killed


async def test_a_decoder_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    decoder = PictureDecoder(patience=0.5)
    monkeypatch.setattr(pictures, "COMMAND", ["sleep", "60"])
    with pytest.raises(Unavailable) as refused:
        await decoder.avatar_of(bytes(2_000_000), owner="ann")
    assert refused.value.retry_after
    pid = decoder.pid
    assert pid
    decoder.close()
    assert not command(pid)


async def test_one_picture_of_a_user_at_a_time_and_a_bounded_queue(decoder: PictureDecoder) -> None:
    large = picture("PNG", (6000, 4000), "RGBA")
    owners = [f"user{number}" for number in range(MAX_WAITING + 1)]
    reading = [asyncio.ensure_future(decoder.avatar_of(large, owner=owner)) for owner in owners]
    await asyncio.sleep(0)  # noqa: TID251 - they are started, none has ended
    with pytest.raises(TooManyRequests):
        await decoder.avatar_of(large, owner=owners[0])
    with pytest.raises(Unavailable):
        await decoder.avatar_of(large, owner="another")
    assert all(await asyncio.gather(*reading))
    assert await decoder.avatar_of(picture("PNG"), owner=owners[0])


async def test_who_goes_away_does_not_disturb_the_next_one(decoder: PictureDecoder) -> None:
    reading = asyncio.ensure_future(decoder.avatar_of(picture("PNG", (6000, 4000)), owner="ann"))
    await until(lambda: decoder.pid, "it is being read")
    reading.cancel()
    assert await decoder.avatar_of(picture("PNG", (8, 8)), owner="bob")


async def test_others_are_served_while_pictures_are_refused(decoder: PictureDecoder) -> None:
    """The event loop has next to nothing to do with it."""
    bombs = [png(1, 24_000_000), many_scans(8_000), picture("PNG", (6000, 4000), "RGBA")]
    await decoder.avatar_of(picture("PNG"), owner="ann")
    started = time.thread_time()
    outcomes = await asyncio.gather(
        *(decoder.avatar_of(bomb, owner=str(number)) for number, bomb in enumerate(bombs)), return_exceptions=True
    )
    assert time.thread_time() - started < 0.05
    assert [type(outcome) for outcome in outcomes] == [Invalid, Invalid, bytes]


def test_no_decoder_outlives_a_service_that_is_killed() -> None:
    code = (
        "import asyncio, os, sys; from features.profile.pictures import PictureDecoder; decoder = PictureDecoder();"
        "asyncio.run(decoder.avatar_of(sys.stdin.buffer.read(), owner='ann'));"
        "print(decoder.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    roots = {"PYTHONPATH": f"{ROOT / 'back-api'}:{ROOT}"}
    service = subprocess.run(
        [sys.executable, "-c", code], input=picture("PNG"), stdout=subprocess.PIPE, env=roots, check=False
    )
    pid = int(service.stdout)
    eventually(lambda: not command(pid), "it has ended")
