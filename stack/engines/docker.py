"""What the Docker command line is asked: does a daemon answer, is compose there, can an image be had."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from stack.errors import StackError

ANSWER_SECONDS = 30
PULL_SECONDS = 600
BASES = ("postgres:18", "valkey/valkey:9", "cassandra:5.0", "python:3.13-slim", "node:24-slim")
KONG = "kong:3.9"
PROJECT, WORKING_FOLDER, FILES = (f"com.docker.compose.project{part}" for part in ("", ".working_dir", ".config_files"))


def answers(*command: str, patience: float = ANSWER_SECONDS) -> bool:
    """True when `docker command` ends with 0 in time."""
    try:
        done = subprocess.run(
            ["docker", *command], stdin=subprocess.DEVNULL, capture_output=True, timeout=patience, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def perform(*command: str) -> None:
    """Raises StackError with docker's own words when it does not do it."""
    done = subprocess.run(["docker", *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise StackError(f"`docker {command[0]}` failed: {done.stderr.strip()[-500:]}")


def output(*command: str) -> str:
    return subprocess.run(["docker", *command], capture_output=True, text=True, check=False).stdout


def containers(project: str, folder: Path) -> list[str]:
    """Ids of a compose project's containers that were made from files in `folder`; none where no daemon answers."""
    labels = f'{{{{.Label "{WORKING_FOLDER}"}}}}'
    lines = _of(project, "{{.ID}} " + labels)
    return [number for number, _, place in (line.partition(" ") for line in lines) if _is_same(place, folder)]


def files_of(project: str, folder: Path) -> list[str]:
    """The compose files that those containers were made from, in their order."""
    numbers = containers(project, folder)
    label = f'{{{{index .Config.Labels "{FILES}"}}}}'
    return output("inspect", numbers[0], "--format", label).strip().split(",") if numbers else []


def _of(project: str, columns: str) -> list[str]:
    if not shutil.which("docker"):
        return []
    return output("ps", "--all", "--filter", f"label={PROJECT}={project}", "--format", columns).splitlines()


def _is_same(place: str, folder: Path) -> bool:
    return Path(place).resolve() == folder


def can_have(image: str) -> bool:
    """Here already, or to be pulled."""
    if answers("image", "inspect", image):
        return True
    print(f"pulling {image} …", flush=True)
    return answers("pull", "-q", image, patience=PULL_SECONDS)


def why_not() -> str:
    """The reason why containers are not possible here; empty when they are."""
    if not shutil.which("docker"):
        return "there is no docker command"
    if not answers("version"):
        return "no Docker daemon answers"
    if not answers("compose", "version"):
        return "docker has no compose plugin"
    missing = first_missing(BASES)
    return f"the image {missing} cannot be had" if missing else ""


def first_missing(images: Sequence[str]) -> str | None:
    return next((image for image in images if not can_have(image)), None)
