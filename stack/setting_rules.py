"""What a developer may set, and within which bounds: checked before anything starts, on both engines.

The services check their own settings again; tests/stack/test_settings.py holds the bounds here against theirs.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_network
from urllib.parse import urlsplit

from stack import replicas

Rule = Callable[[str], str]
"""What a value must be when it is not; empty when it is fine."""


def number(least: float, most: float, *, whole: bool = True) -> Rule:
    """From `least` to `most`."""
    text = f"must be a number from {least:,g} to {most:,.0f}"

    def check(value: str) -> str:
        try:
            given = int(value) if whole else float(value)
        except ValueError:
            return text
        return "" if math.isfinite(given) and least <= given <= most else text

    return check


def one_of(*values: str) -> Rule:
    """Whatever the case of its letters."""
    return lambda value: "" if value.upper() in map(str.upper, values) else f"must be one of {', '.join(values)}"


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        fine = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        fine = False
    return "" if fine else "must be a URL such as http://localhost:8000"


def _urls(value: str) -> str:
    wrong = [each for each in value.split(",") if each.strip() and _url(each.strip())]
    return "must be URLs with commas between, such as http://localhost:8000" if wrong else ""


def _networks(value: str) -> str:
    try:
        for each in value.split(","):
            if each.strip():
                ip_network(each.strip())
    except ValueError:
        return "must be networks with commas between, such as 10.0.0.0/8"
    return ""


def _host(value: str) -> str:
    return "" if re.fullmatch(r"[A-Za-z0-9_.:\[\]-]+", value) else "must be a host name or an address"


RULES: dict[str, Rule] = {
    "LOG_LEVEL": one_of("DEBUG", "INFO", "WARNING", "ERROR"),
    "ENVIRONMENT": lambda value: "" if value in ("development", "production") else "must be development or production",
    "PUBLIC_URL": _url,
    "ADMIN_URL": _url,
    "ALLOWED_ORIGINS": _urls,
    "ADMIN_ORIGINS": _urls,
    "TRUSTED_PROXIES": _networks,
    "OTEL_EXPORTER_OTLP_ENDPOINT": _url,
    "TRACES_SAMPLE": number(0, 1, whole=False),
    "TRACES_BACKGROUND": number(0, 1, whole=False),
    "TRACES_PER_SECOND": number(0, 1000, whole=False),
    "TRACES_SLOW_MS": number(1, 3_600_000),
    "TRACES_FILES_MB": number(1, 1_000_000),
    "DEMO_DATA": number(0, 1),
    "AUDIT_DAYS": number(1, 3650),
    "BACK_GATEWAY_RATE_LIMIT_SCALE": number(0.001, 999_999, whole=False),
    "BACK_WEBSOCKETS_REPLICAS": number(1, replicas.AT_MOST),
    "OUTBOX_LEASE_SECONDS": number(6, 300),
    "BEAT_LEASE_SECONDS": number(3, 3600),
    "SWEEP_SECONDS": number(1, 3600, whole=False),
    "BILLING_CHUNK": number(1, 500),
    "BILLING_LEASE_SECONDS": number(1, 600),
    "ANNOUNCEMENT_LEASE_SECONDS": number(1, 600),
    "WORK_LEASE_SECONDS": number(1, 600),
    "ANNOUNCEMENT_RATE": number(1, 1_000_000),
    "PENDING_MAIL_LEASE_SECONDS": number(1, 600),
    "EVENT_CLAIM_SECONDS": number(1, 300, whole=False),
    "EVENT_WAIT_SECONDS": number(1, 3600, whole=False),
    "EVENT_MOST_UNHANDLED": number(1, 100_000_000),
}
_BY_ENDING: dict[str, Rule] = {"_PORT": number(1, 65535), "_HOST": _host}
UNCHECKED = {
    "VERSION",
    "COMPOSE_PROJECT_NAME",
    "SECRETS_ROOT",
    "TRACES_DIR",
    "MAIL_FROM",
    "MAIL_SUPPORT",
    "NETWORK_PREFIX",
}
"""Names, folders and texts, of which nothing is known here."""


def rule_of(name: str) -> Rule | None:
    """The rule of the setting `name`; None when there is none."""
    return RULES.get(name) or next((rule for ending, rule in _BY_ENDING.items() if name.endswith(ending)), None)


def complaints(settings: Mapping[str, str], names: set[str]) -> Iterator[str]:
    """A sentence for each of `names` that is set to what it must not be; an empty text is not set."""
    for name in sorted(names & settings.keys()):
        rule = rule_of(name)
        value = settings[name]
        if value and rule and (wrong := rule(value)):
            yield f"Setting {name} {wrong}, but is {value!r}."
