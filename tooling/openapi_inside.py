"""The half of tooling.openapi that runs inside the services' processes: sets dummies, makes the application, writes its document.

What every service imports is loaded once; each service is then made in a fork of it.
"""

import importlib
import json
import os
import secrets
import sys
import traceback
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi import FastAPI
from pydantic_settings import BaseSettings

from shared.security.jwt import public_jwk
from tooling.paths import ROOT

KEY_ID = "0000000000"
COMMON = (
    "fastapi",
    "aiohttp",
    "structlog",
    "prometheus_client",
    "shared.chassis.app",
    "shared.chassis.client",
    "uvicorn",
)


def main(folder: Path, services: list[str]) -> None:
    write_secrets(folder)
    for module in COMMON:
        importlib.import_module(module)
    children = {_fork(folder, service): service for service in services}
    for child in children:
        os.waitpid(child, 0)


def _fork(folder: Path, service: str) -> int:
    child = os.fork()
    if child == 0:
        try:
            document = application(service).openapi()
            (folder / f"{service}.json").write_text(json.dumps(document), encoding="utf-8")
        except BaseException:  # noqa: BLE001 - whatever it is, the other half reports it
            (folder / f"{service}.error").write_text(traceback.format_exc(), encoding="utf-8")
        finally:
            os._exit(0)
    return child


def application(service: str) -> FastAPI:
    """The application of `service` with dummy settings; its modules shadow those of any other service in this process."""
    if not (ROOT / service / "main.py").is_file():
        raise FileNotFoundError(f"{service}/main.py does not exist")
    sys.path.insert(0, str(ROOT / service))
    settings = importlib.import_module("settings")
    for value in vars(settings).values():
        if isinstance(value, type) and issubclass(value, BaseSettings):
            os.environ.update(_dummies(value))
    return importlib.import_module("main").create()


def _dummies(settings: type[BaseSettings]) -> dict[str, str]:
    """An environment with which `settings` loads: only what is required and missing."""
    required = [name for name, field in settings.model_fields.items() if field.is_required()]
    return {name.upper(): _dummy(name) for name in required if name.upper() not in os.environ}


def _dummy(name: str) -> str:
    if name.endswith("_url"):
        return "http://dummy.invalid:1"
    return "1" if name.endswith("port") else "dummy"


def write_secrets(folder: Path) -> rsa.RSAPrivateKey:
    """Writes the files that are read while an application is made; the key that signs its callers' tokens."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "jwt_keys").mkdir()
    (folder / "jwt_keys" / f"{KEY_ID}.pem").write_bytes(pem)
    (folder / "service_clients.json").write_text("{}")
    (folder / "token_secret").write_text(secrets.token_urlsafe(32))
    (folder / "token_keys.json").write_text(json.dumps({"keys": [public_jwk(key.public_key(), KEY_ID)]}))
    return key


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
