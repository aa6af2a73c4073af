"""What only containers have, looked at on the running stack of `make test ENGINE=docker`."""

import os

import pytest

from stack.engines import docker
from stack.engines.containers import project_name


@pytest.fixture(scope="session")
def project() -> str:
    """Compose's name for the stack under test."""
    return project_name(os.environ)


@pytest.fixture(scope="session")
def containers(project: str) -> dict[str, str]:
    """The running containers: id by compose's name of the service."""
    label = f"label=com.docker.compose.project={project}"
    columns = '{{.ID}} {{.Label "com.docker.compose.service"}}'
    lines = docker.output("ps", "--filter", label, "--format", columns).splitlines()
    return {service: number for number, service in (line.split() for line in lines)}
