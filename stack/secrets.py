"""`python -m stack.secrets ROOT`: makes each service's secrets below ROOT/<service>/, once; a second run changes nothing.

Everything is generated here; nothing has a default. Written anew is what follows from something else: the Redis ACL file
(boundaries.yaml), the public keys for back-postgres and back-cassandra, the digests of service secrets for back-auth.
"""

import argparse
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from shared.security.jwt import public_jwk

BOUNDARIES = Path(__file__).resolve().parents[1] / "shared" / "contracts" / "boundaries.yaml"
# One password, the same file for everybody who needs it.
PASSWORDS = {
    "superuser_password": ["postgres"],
    "postgres_app_password": ["back-postgres", "postgres"],
    "postgres_migrations_password": ["back-postgres", "postgres"],
    "cassandra_app_password": ["back-cassandra"],
    "cassandra_migrations_password": ["back-cassandra"],
    "cassandra_superuser_password": ["back-cassandra"],
    "token_secret": ["back-auth"],
}
DEMO_ACCOUNTS = [
    {"email": "admin@example.com", "role": "admin", "name": "Ada Admin"},
    {"email": "support@example.com", "role": "support", "name": "Sam Support"},
    {"email": "user@example.com", "role": "user", "name": "Uma User"},
]
KEY_READERS = ["back-postgres", "back-cassandra"]
"""They may call nobody, so they cannot ask back-auth for its public keys."""
SERVERS = {"postgres", "back-redis"}


@dataclass(frozen=True)
class Owners:
    """User ids that files are given to when root writes them; None leaves them alone."""

    services: int | None = None
    servers: int | None = None

    def owner_of(self, service: str) -> int | None:
        return self.servers if service in SERVERS else self.services


@dataclass(frozen=True)
class Store:
    root: Path
    owners: Owners = Owners()

    def folder(self, service: str) -> Path:
        folder = self.root / service
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        self._give(folder, service)
        return folder

    def put(self, service: str, name: str, content: str) -> None:
        """Whole or not at all, mode 0600."""
        self.folder(service)
        path = self.root / service / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        self._give(path.parent, service)
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_text(content)
        fresh.chmod(0o600)
        self._give(fresh, service)
        fresh.replace(path)

    def read(self, service: str, name: str) -> str | None:
        path = self.root / service / name
        return path.read_text() if path.exists() else None

    def _give(self, path: Path, service: str) -> None:
        owner = self.owners.owner_of(service)
        if owner is not None and os.geteuid() == 0:
            os.chown(path, owner, owner)


def make_passwords(store: Store, services: dict[str, Any]) -> None:
    for name, holders in PASSWORDS.items():
        known = next((value for holder in holders if (value := store.read(holder, name))), None)
        for holder in holders:
            if store.read(holder, name) is None:
                store.put(holder, name, known := known or secrets.token_urlsafe(32))
    for service in _redis_users(services):
        if store.read(service, "redis_password") is None:
            store.put(service, "redis_password", secrets.token_urlsafe(32))


def make_signing_key(store: Store, *, another: bool = False) -> None:
    """The first RS256 key, or `another`; its name is its `kid`, which sorts by time."""
    folder = store.folder("back-auth") / "jwt_keys"
    if any(folder.glob("*.pem")) and not another:
        return
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    kid = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    store.put("back-auth", f"jwt_keys/{kid}.pem", pem)


def publish_signing_keys(store: Store) -> None:
    """The public halves of all keys, for who reads them from a file; those look again when the file changes."""
    keys = {path.stem: _private_key(path) for path in (store.root / "back-auth" / "jwt_keys").glob("*.pem")}
    published = json.dumps({"keys": [public_jwk(keys[kid].public_key(), kid) for kid in sorted(keys, reverse=True)]})
    for service in KEY_READERS:
        if store.read(service, "token_keys.json") != published:
            store.put(service, "token_keys.json", published)


def _private_key(path: Path) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey), path
    return key


def make_service_secrets(store: Store, services: dict[str, Any]) -> None:
    """A secret for each service that gets its tokens from back-auth, which is only given the digests (256 random bits)."""
    digests: dict[str, str] = {}
    for name, service in services.items():
        if service["kind"] == "back" and "back-auth" in service["calls"]:
            secret = store.read(name, "service_secret") or secrets.token_urlsafe(32)
            if store.read(name, "service_secret") is None:
                store.put(name, "service_secret", secret)
            digests[name] = hashlib.sha256(secret.encode()).hexdigest()
    store.put("back-auth", "service_clients.json", json.dumps(digests, indent=1))


def make_flash_secrets(store: Store, services: dict[str, Any]) -> None:
    """What each front signs the messages with that one of its pages leaves for the next."""
    for name, service in services.items():
        if service["kind"] == "front" and store.read(name, "flash_secret") is None:
            store.put(name, "flash_secret", secrets.token_urlsafe(32))


def make_demo_accounts(store: Store) -> None:
    if store.read("back-auth", "demo_accounts.json") is None:
        accounts = [account | {"password": secrets.token_urlsafe(12)} for account in DEMO_ACCOUNTS]
        store.put("back-auth", "demo_accounts.json", json.dumps(accounts, indent=1))


def render_acl(store: Store, services: dict[str, Any], extra: tuple[str, ...] = ()) -> str:
    """One user a calling service; only rules that Redis 7 and Valkey 9 both read."""
    lines = ["user default off resetpass resetchannels -@all"]  # with "nopass" protected mode would shut out everybody
    for service, rules in _redis_users(services).items():
        digest = hashlib.sha256((store.read(service, "redis_password") or "").encode()).hexdigest()
        keys = [f"~{key}" for key in rules["keys"]] + [f"%R~{key}" for key in rules.get("read_keys", [])]
        channels = [f"&{channel}" for channel in rules["channels"]]
        parts = ["user", service, "on", f"#{digest}", "resetchannels", *keys, *channels, "-@all", *rules["commands"]]
        lines.append(" ".join(parts))
    return "\n".join([*lines, *extra]) + "\n"


def _redis_users(services: dict[str, Any]) -> dict[str, Any]:
    return {name: service["redis"] for name, service in services.items() if "redis" in service}


def make_all(
    store: Store, *, development: bool, acl_extra: tuple[str, ...] = (), another_signing_key: bool = False
) -> None:
    """Raises OSError when ROOT cannot be written."""
    services = yaml.safe_load(BOUNDARIES.read_text())["services"]
    if not store.root.exists():
        store.root.mkdir(parents=True)
        store.root.chmod(0o711)
    make_passwords(store, services)
    make_signing_key(store, another=another_signing_key)
    publish_signing_keys(store)
    make_service_secrets(store, services)
    make_flash_secrets(store, services)
    if development:
        make_demo_accounts(store)
    store.put("back-redis", "users.acl", render_acl(store, services, acl_extra))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--add-signing-key", action="store_true", help="the next start of back-auth signs with it")
    parser.add_argument("--services-user", type=int, help="give the services' files to this user id (root only)")
    parser.add_argument("--servers-user", type=int, help="give PostgreSQL's and Redis' files to this user id")
    given = parser.parse_args()
    store = Store(given.root, Owners(given.services_user, given.servers_user))
    development = os.environ.get("ENVIRONMENT") == "development"
    make_all(store, development=development, another_signing_key=given.add_signing_key)


if __name__ == "__main__":
    main()
