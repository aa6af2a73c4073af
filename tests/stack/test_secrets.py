"""Secrets are made once, are nobody else's to read, and the ACL file follows the declaration."""

import hashlib
import json
import stat
from pathlib import Path

import pytest

from stack.secrets import Store, make_all


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_all(Store(tmp_path), development=True)
    return tmp_path


def contents(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text() for path in root.rglob("*") if path.is_file()}


def test_a_second_run_changes_nothing(root: Path):
    before = contents(root)
    make_all(Store(root), development=True)
    assert contents(root) == before


def test_no_secret_is_readable_by_others(root: Path):
    modes = {stat.S_IMODE(path.stat().st_mode) for path in root.rglob("*") if path.is_file()}
    assert modes == {0o600}


def test_two_holders_of_a_password_hold_the_same(root: Path):
    files = contents(root)
    assert files["postgres/postgres_app_password"] == files["back-postgres/postgres_app_password"]
    assert files["back-postgres/token_keys.json"] == files["back-cassandra/token_keys.json"]
    assert len(set(files.values())) == len(files) - 3


def test_callers_hold_a_secret_of_which_back_auth_only_knows_the_digest(root: Path):
    files = contents(root)
    digests = json.loads(files["back-auth/service_clients.json"])
    assert set(digests) == {"back-api", "back-workers", "back-websockets"}
    for name, digest in digests.items():
        assert hashlib.sha256(files[f"{name}/service_secret"].encode()).hexdigest() == digest
    assert not any("service_secret" in name for name in files if name.startswith(("back-auth", "back-postgres")))


def test_each_front_signs_its_messages_with_a_secret_of_its_own(root: Path):
    files = contents(root)
    assert len(files["front-public/flash_secret"]) >= 32
    assert files["front-public/flash_secret"] != files["front-admin/flash_secret"]


def test_another_signing_key_is_published_before_anybody_signs_with_it(root: Path):
    before = {key["kid"] for key in json.loads(contents(root)["back-postgres/token_keys.json"])["keys"]}
    make_all(Store(root), development=True, another_signing_key=True)
    files = contents(root)
    kids = {Path(name).stem for name in files if name.startswith("back-auth/jwt_keys/")}
    published = json.loads(files["back-postgres/token_keys.json"])["keys"]
    assert before < kids == {key["kid"] for key in published}
    assert not any("d" in key for key in published), "a private half"


def test_production_has_no_demo_accounts(tmp_path: Path):
    make_all(Store(tmp_path), development=False)
    assert not (tmp_path / "back-auth" / "demo_accounts.json").exists()


def test_each_caller_of_redis_has_a_user_limited_to_its_keys(root: Path):
    lines = (root / "back-redis" / "users.acl").read_text().splitlines()
    users = {line.split()[1]: line.split() for line in lines}
    assert users["default"][2] == "off"
    assert "~session:*" in users["back-auth"]
    assert "~session:*" not in users["back-api"]
    assert not any("+@all" in words or ">" in " ".join(words) for words in users.values())
