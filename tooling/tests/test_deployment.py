"""Build, tag, deploy and roll back are one story: docs/deployment.md shows what `contracts order` prints, and compose takes it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from shared.contracts.loader import paths
from stack.interpolation import interpolate
from tooling.changes import revision
from tooling.cli import app
from tooling.library import deploy_order
from tooling.order import commands
from tooling.order.containers import containers
from tooling.paths import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
STORY = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
FEATURES = [path.parent.name for path in paths()]


def _typed(*features: str, version: str, rollback: bool = False) -> list[str]:
    layers = deploy_order(ROOT, features, rollback=rollback)
    known = containers(ROOT)
    return [line for layer in layers for line in commands(layer, known, version, rollback=rollback)]


def _named(line: str) -> set[str]:
    return {word for word in line.partition("docker compose")[2].split() if word in COMPOSE}


def test_the_story_shows_what_the_tool_prints():
    assert re.findall(r"^    (VERSION=.*)$", STORY, re.MULTILINE) == _typed("profile", version="v1.2.0")


def test_every_container_is_in_the_order():
    expected = {name for name, body in COMPOSE.items() if "profiles" not in body} - {"secrets"}

    started = {name for line in _typed(*FEATURES, version="v1") if " up " in line for name in _named(line)}

    assert started == expected


def test_what_is_built_is_what_is_started_and_what_a_roll_back_starts():
    out = _typed(*FEATURES, version="v2")
    back = _typed(*FEATURES, version="v1", rollback=True)
    built = {COMPOSE[name]["image"] for line in out if " build " in line for name in _named(line)}
    started = {COMPOSE[name]["image"] for line in out if " up " in line for name in _named(line)}

    assert {image for image in started if "${VERSION" in image} == built
    assert not any(" build " in line for line in back)
    assert all(line.startswith("VERSION=v1 ") for line in back)
    ups = [_named(line) for line in out if " up " in line]
    assert [_named(line) for line in back] == ups[::-1]


def _images(version: str) -> set[str]:
    """Of all compose services with this VERSION: by compose itself where it is, else as the process engine reads the file."""
    if shutil.which("docker") and not subprocess.run(["docker", "compose", "version"], capture_output=True).returncode:
        printed = subprocess.run(
            ["docker", "compose", "config", "--images"],
            cwd=ROOT,
            env=os.environ | {"VERSION": version},
            capture_output=True,
            text=True,
            check=True,
        )
        return set(printed.stdout.split())
    return {interpolate(body["image"], {"VERSION": version}) for body in COMPOSE.values()}


def test_compose_gives_every_image_of_ours_the_tag():
    images = _images("v1.2.0")

    ours = {image for image in images if image.startswith("tools-dashboard/")}
    assert {image.rpartition(":")[2] for image in ours} == {"v1.2.0"}
    assert {image.partition(":")[0] for image in ours} >= {"tools-dashboard/back-workers", "tools-dashboard/shared"}


def _git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


def test_the_tags_are_those_of_this_commit_and_of_the_release_before(tmp_path: Path):
    _git(tmp_path, "init", "-q", "-b", "main")
    for tag in ("v1.0.0", "v1.1.0"):
        _git(tmp_path, "commit", "-q", "--allow-empty", "-m", tag)
        _git(tmp_path, "tag", tag)

    assert revision.describe(tmp_path) == "v1.1.0"
    assert revision.before(tmp_path, revision.find(tmp_path)) == "v1.0.0"
    _git(tmp_path, "commit", "-q", "--allow-empty", "-m", "Later")
    assert revision.describe(tmp_path).startswith("v1.1.0-1-g")
    assert revision.before(tmp_path, revision.find(tmp_path)) == "v1.1.0"


@pytest.mark.parametrize("rollback", [False, True])
def test_another_tag_can_be_given(rollback: bool):
    asked = ["contracts", "order", "profile", "--version", "v9", *(["--rollback"] if rollback else [])]

    assert "VERSION=v9 docker compose up -d --no-deps --wait back-postgres" in CliRunner().invoke(app, asked).stdout
