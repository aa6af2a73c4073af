"""For a service's own tests: its application against the contracts, without a server or another process."""

import os
from pathlib import Path
from unittest.mock import patch

from shared.contracts.loader import contracts
from tooling.contracts import differences
from tooling.openapi_inside import application, write_secrets


def differences_of(service: str, folder: Path) -> list[str]:
    """What the contracts say of `service` against what its application shows, in both directions; `folder` is an empty one."""
    write_secrets(folder)
    with patch.dict(os.environ, {"SECRETS_DIR": str(folder)}):
        document = application(service).openapi()
    found = [text for contract in contracts() for text in differences.between(document, contract, service)]
    return found + differences.undeclared(document, contracts(), service)
