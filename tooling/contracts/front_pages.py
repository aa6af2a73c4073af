"""The pages that a front's manifests promise are there: a route leads to each, and to a module that exists."""

import re
from collections.abc import Iterator
from pathlib import Path

from shared.contracts.source import Finding
from tooling.boundaries.typescript_rules import without_comments
from tooling.contracts.manifests import Own

RULE = "promised-page-is-there"
_ROUTE = re.compile(r"""\b(?:(route)\(\s*["'`]([^"'`]*)["'`]|(index)\()\s*,?\s*["'`]([^"'`]+)["'`]""")
_PREFIX = re.compile(r"""\bprefix\(\s*["'`]([^"'`]+)["'`]""")


def check(root: Path, known: list[Own]) -> Iterator[Finding]:
    for front in sorted({own.service for own in known if own.service.startswith("front-")}):
        app = root / front / "app"
        files = sorted([*app.glob("features/*/routes.ts"), *app.glob("routes.ts")])
        if not files:
            continue
        paths = set[str]()
        prefixes = {""}
        for file in files:
            text = without_comments(file.read_text(encoding="utf-8"))
            prefixes |= {f"/{prefix.strip('/')}" for prefix in _PREFIX.findall(text)}
            for found in _ROUTE.finditer(text):
                paths.add((found[2] or "").strip("/"))
                if not (app / found[4]).is_file():
                    line = text.count("\n", 0, found.start()) + 1
                    fix = "write the module, or drop the route"
                    yield Finding(file, line, f"{found[4]} is not there", fix, RULE)
        offered = {f"{prefix}/{path}".rstrip("/") or "/" for prefix in prefixes for path in paths}
        for own in known:
            yield from _promised(own, front, offered)


def _promised(own: Own, front: str, offered: set[str]) -> Iterator[Finding]:
    if own.service != front:
        return
    for i, endpoint in enumerate(own.manifest.endpoints or ()):
        if endpoint.path not in offered:
            text = f"{front} has no page {endpoint.path}"
            fix = f"add a route to {front}/app/features/{own.manifest.name}/routes.ts, or drop the line"
            yield own.source.finding(["endpoints", i], text, fix, RULE)
