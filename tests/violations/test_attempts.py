# pyright: reportUnknownMemberType=false
"""Each attempt in attempts/ is refused by the real server, in the words that it claims; what is allowed is not."""

import ast

import asyncpg
import pytest

from shared.chassis.problems import URN
from stack.native.servers import Place
from tests.violations import attempt, logins
from tests.violations.attempt import Attempt, Grants, Token, TokenAttempt, Tokens
from tests.violations.callee import Callee, Signers
from tooling.paths import ROOT

pytestmark = pytest.mark.integration
TOKENS = [(group, each) for group in attempt.tokens() for each in group.attempts]


def _name(value: object) -> str:
    return value.breaks if isinstance(value, Attempt | TokenAttempt) else value if isinstance(value, str) else ""


@pytest.mark.parametrize(("who", "group", "case"), list(attempt.grant_attempts("postgres")), ids=_name)
def test_postgres_refuses(postgres_server: Place, on_postgres: Callee, who: str, group: Grants, case: Attempt):
    logins.postgres(postgres_server, who, group.may)
    with pytest.raises(asyncpg.InsufficientPrivilegeError) as refusal:
        logins.postgres(postgres_server, who, case.tries)
    assert case.says in str(refusal.value)


@pytest.mark.parametrize("role", ["dashboard_app", "dashboard_migrations"])
def test_postgres_lets_no_service_into_another_database(postgres_server: Place, role: str):
    for database in ("postgres", "template1"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="permission denied for database"):
            logins.postgres(postgres_server, role, "SELECT 1", database=database)


@pytest.mark.parametrize(
    "group", [each for each in attempt.grants() if each.server == "cassandra"], ids=lambda group: group.who[0]
)
def test_cassandra_refuses_and_allows(cassandra_server: Place, on_cassandra: Callee, group: Grants):
    wrong: list[str] = []
    for who in group.who:
        with logins.cassandra(cassandra_server, who) as session:
            session.execute(group.may)
            for case in group.attempts:
                with pytest.raises(logins.REFUSALS) as refusal:
                    session.execute(case.tries)
                if case.says not in str(refusal.value):
                    wrong.append(f"{who} {case.breaks}: {refusal.value}")
    assert wrong == []


@pytest.mark.parametrize(("who", "group", "case"), list(attempt.grant_attempts("back-redis")), ids=_name)
def test_back_redis_refuses(redis_server: Place, who: str, group: Grants, case: Attempt):
    with logins.back_redis(redis_server, who) as connection:
        connection.execute_command(*logins.command(group.may))
        with pytest.raises(logins.REFUSALS) as refusal:
            connection.execute_command(*logins.command(case.tries))
    assert "permission" in str(refusal.value)
    assert case.says in str(refusal.value)


@pytest.mark.parametrize(("group", "case"), TOKENS, ids=_name)
def test_a_service_refuses(callees: list[Callee], signers: Signers, group: Tokens, case: TokenAttempt):
    for callee in callees:
        answer = callee.shown(case.token, signers)
        assert (answer.status_code, answer.json()["type"]) == (group.status, URN + group.rule), callee.name
        lines = callee.logged(answer)
        assert any(case.says in (line.get("reason"), line["event"]) for line in lines) or not case.says, lines
        assert not case.says or case.says not in answer.text


def test_a_service_admits_its_declared_caller(callees: list[Callee], signers: Signers):
    for callee in callees:
        assert callee.shown(Token(), signers).status_code in (200, 404)


def test_why_a_token_is_refused_is_not_disclosed(callees: list[Callee], signers: Signers):
    for callee in callees:
        answers = {callee.shown(case.token, signers).json()["detail"] for group, case in TOKENS if group.status == 401}
        assert len(answers) == 1


def test_what_is_tried_elsewhere_is_tried():
    for each in attempt.elsewhere():
        file, _, function = each.by.partition("::")
        module = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert function in {node.name for node in module.body if isinstance(node, ast.FunctionDef)}, each.by
