"""Each import and text rule over Python bites on the smallest violation, and on nothing else."""

import pytest

from tooling.boundaries import check
from tooling.paths import ROOT
from tooling.tests.conftest import Break

VIOLATIONS = [
    ("sql-only-in-back-postgres", "back-api/features/profile/infrastructure.py", "import asyncpg\n"),
    ("sql-only-in-back-postgres", "back-api/db.py", "def late():\n    from sqlalchemy.orm import Session\n"),
    ("sql-only-in-back-postgres", "back-api/db.py", 'import importlib\nimportlib.import_module("asyncpg")\n'),
    ("sql-only-in-back-postgres", "back-api/db.py", 'from importlib import import_module as load\nload("asyncpg.pool")\n'),
    ("sql-only-in-back-postgres", "back-api/db.py", '__import__("psycopg")\n'),
    ("cql-only-in-back-cassandra", "back-workers/tasks/x.py", "from cassandra.cluster import Cluster\n"),
    ("passwords-only-in-back-auth", "back-api/features/user-registration/domain.py", "import argon2\n"),
    ("signing-only-in-back-auth", "back-api/x.py", "from shared.security.jwt import generate_jwt\n"),
    ("signing-only-in-back-auth", "back-api/x.py", "from shared.security import jwt as j\nj.generate_jwt()\n"),
    ("signing-only-in-back-auth", "back-api/x.py", "import shared.security.jwt\nshared.security.jwt.generate_jwt()\n"),
    ("signing-only-in-back-auth", "back-api/x.py", "from shared.security.jwt import *\n"),
    ("token-library-only-in-shared-security", "back-websockets/x.py", "import jwt\n"),
    ("celery-only-where-enqueued", "back-auth/x.py", "import celery\n"),
    ("mail-only-in-back-workers", "back-auth/x.py", "from email.mime.text import MIMEText\n"),
    ("mail-only-in-back-workers", "back-api/x.py", "import smtplib\n"),
    ("redis-through-the-typed-client", "back-api/x.py", "from redis.asyncio import Redis\n"),
    ("typed-redis-client-only-for-declared-callers", "back-postgres/x.py", "from back_redis.cache import Cache\n"),
    ("http-client-only-in-the-chassis", "back-api/x.py", "import aiohttp\n"),
    ("http-client-only-in-the-chassis", "back-workers/tasks/x.py", "import httpx\n"),
    ("domain-without-a-framework", "back-api/features/profile/domain.py", "from fastapi import HTTPException\n"),
    ("domain-without-a-framework", "back-api/features/user-roles/domain.py", "from shared.chassis import client\n"),
    ("chassis-knows-no-business", "shared/chassis/x.py", "from shared.models.billing import Plan\n"),
    ("repositories-call-nobody", "back-cassandra/x.py", "from shared.chassis.client import ServiceClient\n"),
    ("no-tokens-in-repositories", "back-postgres/x.py", "from shared.security.jwt import verify_jwt\n"),
    ("no-business-in-back-auth", "back-auth/services/x.py", "from shared.models.billing import Subscription\n"),
    ("sessions-only-in-back-auth", "back-api/x.py", "from back_redis.sessions import Sessions\n"),
    ("payments-not-in-back-auth-or-repositories", "back-auth/x.py", "import stripe\n"),
    ("second-factors-and-oauth-only-in-back-auth", "back-api/x.py", "import pyotp\n"),
    ("repositories-judge-nobody", "back-postgres/x.py", "from shared.utils.errors import Forbidden\n"),
    ("no-business-validation-in-repositories", "back-postgres/x.py", "from pydantic import field_validator\n"),
    ("no-price-arithmetic-outside-the-business", "back-postgres/x.py", "total = row.amount_minor * seats\n"),
    ("no-price-arithmetic-outside-the-business", "back-auth/x.py", "half = 2 / price_minor\n"),
    ("no-digest-of-a-password-outside-back-auth", "back-api/x.py", "stored = sha256(password).hexdigest()\n"),
    ("no-business-questions-outside-the-business", "back-auth/x.py", "if user.can_subscribe():\n    ...\n"),
    ("no-business-questions-outside-the-business", "back-postgres/x.py", "user.subscription_expired()\n"),
    ("services-do-not-import-the-tools", "back-api/x.py", "from tooling.paths import ROOT\n"),
    ("sql-text-only-in-repositories", "back-api/x.py", 'QUERY = """\n  SELECT *\n  FROM users\n"""\n'),
    ("sql-text-only-in-repositories", "back-api/x.py", 'run(f"DELETE FROM users WHERE id = {x}")\n'),
    ("no-code-of-another-service", "back-api/x.py", 'import importlib\nimportlib.import_module("back-auth.services")\n'),
    ("no-code-of-another-service", "back-api/x.py", "from back_postgres.repositories import users\n"),
    ("no-code-of-another-service", "back-api/x.py", 'import sys\nsys.path.insert(0, "../back-auth")\n'),
    ("readable", "back-api/x.py", "def broken(:\n"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "path", "text"), VIOLATIONS)
def test_a_violation_is_found_where_it_stands(breaking: Break, rule: str, path: str, text: str):
    found = breaking(path, text)

    assert {violation.rule for violation in found} == {rule}
    assert {str(violation.path) for violation in found} == {path}
    assert all(violation.why and violation.instead for violation in found)


def test_a_module_that_only_another_service_has_is_found(breaking: Break):
    breaking("back-postgres/repositories/profile_repository.py", "")

    found = breaking("back-api/features/profile/domain.py", "\nfrom repositories.profile_repository import get\n")

    assert [(v.rule, v.line) for v in found] == [("no-code-of-another-service", 2)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("back-postgres/repositories/x.py", 'import asyncpg\nSQL = "SELECT id FROM users"\n'),
        ("back-auth/services/tokens.py", "from shared.security.jwt import generate_jwt\nimport argon2\n"),
        ("back-api/features/profile/api.py", "from fastapi import APIRouter\nfrom .domain import Profile\n"),
        ("back-api/x.py", "from back_redis.cache import Cache\nfrom shared.security.jwt import verify_jwt\n"),
        ("back-api/tests/test_x.py", "import httpx\nimport asyncpg\n"),
        ("back-api/x.py", '"""Select something from a list, insert into another."""\n'),
        ("back-postgres/x.py", 'TEXT = "amount_minor * 2"  # amount_minor * 2\n'),
        ("back-api/x.py", "total = plan.amount_minor * seats\n"),
        ("back-workers/tasks/x.py", "from email.message import EmailMessage\nimport celery\n"),
    ],
)
def test_what_is_allowed_passes(breaking: Break, path: str, text: str):
    assert breaking(path, text) == []


def test_every_import_rule_has_a_violation_that_it_finds():
    from shared.contracts import boundaries

    declared = boundaries.load()
    assert {rule.rule for rule in (*declared.imports, *declared.texts, *declared.code)} <= {
        rule for rule, _, _ in VIOLATIONS
    }


def test_the_repository_keeps_its_boundaries():
    assert [str(violation) for violation in check(ROOT)] == []
