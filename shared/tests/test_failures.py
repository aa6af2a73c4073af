"""What failures mean, and that what is declared is complete and without contradiction."""

from collections import Counter

import pytest

from shared.utils.errors import Conflict, TooManyRequests, Unavailable
from shared.utils.failures import (
    RULES,
    ItemFailed,
    ItemRefused,
    PeerFailed,
    Verdict,
    answered,
    record_answer,
    verdict_for,
    verdict_of,
)


def test_each_sign_of_a_peer_has_one_meaning() -> None:
    signs = Counter((rule.peer, sign) for rule in RULES for sign in rule.signs)
    assert [sign for sign, count in signs.items() if count > 1] == []


@pytest.mark.parametrize(
    ("peer", "signs", "verdict"),
    [
        ("smtp", ("450", "4xx"), Verdict.FAILED),
        ("smtp", ("421", "4xx"), Verdict.AWAY),
        ("smtp", ("550", "5xx"), Verdict.REFUSED),
        ("smtp", ("MAIL FROM 550", "MAIL FROM"), Verdict.AWAY),
        ("smtp", ("MAIL FROM 552", "MAIL FROM"), Verdict.REFUSED),
        ("http", ("503", "5xx"), Verdict.AWAY),
        ("http", ("500", "5xx"), Verdict.FAILED),
        ("http", ("422", "4xx"), Verdict.FAILED),
        ("http", ("429", "4xx"), Verdict.AWAY),
        ("redis", ("LOADING", "ERR"), Verdict.AWAY),
        ("redis", ("WRONGTYPE", "ERR"), Verdict.FAILED),
        ("postgres", ("57P01", "57", "xx"), Verdict.AWAY),
        ("postgres", ("23505", "23", "xx"), Verdict.FAILED),
        ("postgres", ("42703", "42", "xx"), Verdict.FAILED),
        ("cassandra", ("WriteTimeout", "Timeout"), Verdict.AWAY),
        ("cassandra", ("InvalidRequest", "DriverException"), Verdict.FAILED),
    ],
)
def test_the_exact_sign_counts_before_its_class(peer: str, signs: tuple[str, ...], verdict: Verdict) -> None:
    assert verdict_for(peer, *signs) is verdict  # pyright: ignore[reportArgumentType]


def test_a_sign_that_nobody_declared_is_a_mistake() -> None:
    with pytest.raises(LookupError, match="none of SMTP for http"):
        verdict_for("http", "SMTP")


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (Unavailable(), Verdict.AWAY),
        (TooManyRequests(), Verdict.AWAY),
        (PeerFailed(), Verdict.FAILED),
        (Conflict(), Verdict.FAILED),
        (ValueError(), Verdict.FAILED),
        (ItemFailed(), Verdict.FAILED),
        (ItemRefused(), Verdict.REFUSED),
    ],
)
def test_what_is_raised_means_the_same_everywhere(error: Exception, verdict: Verdict) -> None:
    assert verdict_of(error) is verdict


def test_who_answered_is_known_within_the_block_alone() -> None:
    record_answer("nobody")
    with answered() as peers:
        record_answer("mail")
    record_answer("others")
    assert peers == {"mail"}
