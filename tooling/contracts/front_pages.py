"""The pages that a front's manifests promise are there: a route leads to each, and to a module that exists.

They are those of the contracts: which page of which front, whom it lets in, and which endpoints it calls.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from shared.contracts.loader import Known
from shared.contracts.manifest import Page
from shared.contracts.source import Finding
from tooling.boundaries.typescript_rules import without_comments
from tooling.contracts.manifests import Own

RULE = "promised-page-is-there"
CONTRACTED = "pages-as-in-contracts"
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


def contracted(known: list[Own], contracts: Known) -> Iterator[Finding]:
    """Each page of a contract is one of a front's manifests with the same access, and each of theirs is in a contract."""
    fronts = [own for own in known if own.service.startswith("front-")]
    access = {
        (own.service, each.path): (each.auth_required, each.permission)
        for own in fronts
        for each in sorted(own.manifest.endpoints or (), key=lambda each: each.method == "GET")
    }
    endpoints = {endpoint.key for _, contract in contracts for endpoint in contract.endpoints}
    named = {(page.front, page.path) for _, contract in contracts for page in contract.pages}
    for source, contract in contracts:
        for i, page in enumerate(contract.pages):
            for text, fix in _differences(page, access.get((page.front, page.path)), endpoints):
                yield source.finding(["pages", i], text, fix, CONTRACTED)
    for own in fronts:
        for i, each in enumerate(own.manifest.endpoints or ()):
            if (own.service, each.path) not in named:
                text, fix = f"no contract has the page {each.path} of {own.service}", "add it to its contract's `pages`"
                yield own.source.finding(["endpoints", i], text, fix, CONTRACTED)


def _differences(page: Page, shown: tuple[bool, str | None] | None, endpoints: set[str]) -> Iterator[tuple[str, str]]:
    if shown is None:
        yield f"{page.front} has no page {page.path}", "write it, or drop the line"
    elif shown != (page.auth == "user", page.permission):
        text = f"{page.path}: auth {page.auth}, permission {page.permission}, but {page.front} says auth_required "
        yield f"{text}{shown[0]}, permission {shown[1]}", "say the same in both"
    for call in page.calls:
        if call not in endpoints:
            yield f"{page.path} calls {call}, which no contract has", "mend its name, as `GET /api/profile`"
