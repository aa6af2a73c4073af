"""Waiting for a process to be ready."""

import time

import httpx


def until_ready(url: str, *, seconds: float = 30) -> None:
    """Returns when `url` answers 200. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"{url} is not ready")
