"""Which front a page belongs to, by its Origin (RFC 6454): a socket carries the cookies of whatever page opens it."""

from collections.abc import Iterable
from enum import Enum
from urllib.parse import SplitResult, urlsplit


class Front(Enum):
    PUBLIC = "dashboard_access"
    ADMIN = "admin_access"


class Origins:
    """The origins of our pages. `public` and `admin` are the fronts' addresses; the first public one says whether we have TLS.

    Without TLS this machine has several names (localhost, 127.0.0.1, its own): a page counts as ours when it has the
    name in `Host`, to which cookies belong, and a port of ours. With TLS only the listed origins that have it count.
    """

    def __init__(self, public: Iterable[str], admin: Iterable[str]) -> None:
        listed = {_clean(origin): Front.PUBLIC for origin in public if origin.strip()}
        self._secure = next(iter(listed)).startswith("https:")
        listed |= {_clean(origin): Front.ADMIN for origin in admin if origin.strip()}
        self._listed = {
            origin: front for origin, front in listed.items() if origin.startswith("https:") or not self._secure
        }

    @property
    def secure(self) -> bool:
        return self._secure

    def front(self, origin: str, host: str) -> Front | None:
        """The front of a page at `origin` that connects to `host` (the Host header); None for a foreign one."""
        known = self._listed.get(origin)
        if known or self._secure:
            return known
        page = _parsed(origin)
        here = _parsed(f"http://{host}")
        if page is None or here is None or page.scheme != "http" or page.hostname != here.hostname:
            return None
        if page.netloc == here.netloc:
            return Front.ADMIN if str(page.hostname).startswith("admin.") else Front.PUBLIC
        return self._listed.get(f"http://localhost:{page.port}")


def _clean(origin: str) -> str:
    return origin.strip().rstrip("/")


def _parsed(url: str) -> SplitResult | None:
    """None for what is no URL with a host."""
    try:
        parts = urlsplit(url)
        whole = parts.hostname and parts.port != 0 and f"{parts.scheme}://{parts.netloc}" == url
    except ValueError:
        return None
    return parts if whole else None
