"""Secrets at the start, and links that prove an address: what is taken, what stops the boot, what is stored."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from services.email_links import hash_of, new_link
from services.same_attempt import began
from services.secret_key import SecretKey, WrongSecret
from services.service_clients import ServiceClients, WrongClients


@pytest.mark.parametrize("content", [b"x" * 32, b"x" * 32 + b"\n", b"x" * 64])
def test_a_secret_of_thirty_two_characters_is_enough(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "token_secret"
    file.write_bytes(content)
    assert SecretKey.load(file).secret == content.strip()


@pytest.mark.parametrize("content", [None, b"", b"x" * 31, b" " * 40])
def test_without_a_long_secret_the_service_does_not_start(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "token_secret"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(WrongSecret, match="no secret of 32 characters"):
        SecretKey.load(file)


def test_each_purpose_has_a_key_of_its_own_and_the_secret_is_never_shown() -> None:
    key = SecretKey(b"s" * 32)
    assert key.derive("refresh tokens") != key.derive("device tokens")
    assert key.derive("refresh tokens") == key.derive("refresh tokens")
    assert len(key.derive("a")) == 32
    assert "ssss" not in repr(key)


@pytest.mark.parametrize("content", [None, "", "[]", "no JSON"])
def test_without_the_services_digests_the_service_does_not_start(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "service_clients.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(WrongClients, match="no service secrets' digests"):
        ServiceClients.load(file)


def test_a_client_without_a_digest_is_unknown_whatever_it_sends(tmp_path: Path) -> None:
    file = tmp_path / "service_clients.json"
    file.write_text(json.dumps({"a": ""}))
    clients = ServiceClients.load(file)
    assert not clients.knows("a", "")
    assert not clients.knows("b", "")


def test_a_link_is_valid_for_a_day_and_stored_as_its_digest() -> None:
    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        link = new_link()
    assert link.expires_at == now + timedelta(hours=24)
    assert link.token_hash == hash_of(link.token) == hashlib.sha256(link.token.encode()).hexdigest()
    assert len(link.token) == 43
    assert new_link().token != link.token


def test_what_comes_within_two_seconds_is_the_same_attempt() -> None:
    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert began(now) == now - timedelta(seconds=2)
