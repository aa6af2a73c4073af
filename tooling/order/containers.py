"""What runs of each service: the compose services of its label, and which of them are built here."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILE = "docker-compose.yml"
LABEL = "dashboard.service"


@dataclass(frozen=True)
class Container:
    """A compose service; it is `built` when nobody else builds the same image before it."""

    name: str
    built: bool


def containers(root: Path) -> dict[str, list[Container]]:
    """By service, in the order of the file; what runs once (secrets) or only in a profile is left out."""
    document: Any = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))
    found: dict[str, list[Container]] = {}
    images: set[str] = set()
    for name, body in document["services"].items():
        owner = body.get("labels", {}).get(LABEL, name)
        if "profiles" in body or owner == "secrets":
            continue
        built = "build" in body and body["image"] not in images
        images |= {body["image"]} if built else set()
        found.setdefault(owner, []).append(Container(name, built))
    return found
