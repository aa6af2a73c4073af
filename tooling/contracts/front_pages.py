"""The pages that a front's manifests promise are there, each with an address of its own.

They are those of the contracts: which page of which front, whom it lets in, and which endpoints it calls.
"""

from collections.abc import Iterator
from pathlib import Path

from shared.contracts.loader import Known
from shared.contracts.manifest import Page as ContractPage
from shared.contracts.source import Finding, Source, read
from tooling.contracts import manifests
from tooling.contracts.front_manifest import FrontManifest, Page, Pages
from tooling.contracts.manifests import Own

RULE = "promised-page-is-there"
CONTRACTED = "pages-as-in-contracts"
FRAMES = "front-*/app/frame/pages.yaml"
"""The pages of no single feature."""
Promised = tuple[str, Source, list[Page]]
"""A front, one of its manifests, and the pages in it."""


def check(root: Path, known: list[Own]) -> Iterator[Finding]:
    """`known` are the manifests of the features."""
    promised, broken = _promised(root, known)
    yield from broken
    yield from _missing(promised)
    yield from _twice(promised)


def addresses(root: Path, front: str) -> list[str]:
    """The paths of what `front` shows, without those that name something, such as `/traces/:correlationId`."""
    promised, _ = _promised(root, manifests.load(root)[0])
    pages = [page for service, _, pages in promised if service == front for page in pages]
    return sorted(page.path for page in pages if page.module.endswith(".tsx") and ":" not in page.path)


def _promised(root: Path, known: list[Own]) -> tuple[list[Promised], list[Finding]]:
    """What can be read, and what is wrong with the rest."""
    promised: list[Promised] = [
        (own.service, own.source, own.manifest.pages) for own in known if isinstance(own.manifest, FrontManifest)
    ]
    broken: list[Finding] = []
    for path in sorted(root.glob(FRAMES)):
        source = read(path)
        if isinstance(source, Finding):
            broken.append(source)
            continue
        parsed = source.parse(Pages)
        if isinstance(parsed, Pages):
            promised.append((path.relative_to(root).parts[0], source, parsed.pages))
        else:
            broken += parsed
    return promised, broken


def _missing(promised: list[Promised]) -> Iterator[Finding]:
    for _, source, pages in promised:
        for i, page in enumerate(pages):
            if not (source.path.parent / "routes" / page.module).is_file():
                text = f"{page.path} is promised, but routes/{page.module} is not there"
                yield source.finding(["pages", i, "module"], text, "write the module, or drop the page", RULE)


def _twice(promised: list[Promised]) -> Iterator[Finding]:
    owners: dict[tuple[str, str], str] = {}
    for front, source, pages in promised:
        folder = source.path.parent.name
        for i, page in enumerate(pages):
            if owner := owners.get((front, page.path)):
                text = f"{owner} has the page {page.path} of {front} already"
                yield source.finding(["pages", i, "path"], text, "give it an address of its own", RULE)
            owners[front, page.path] = folder


def contracted(root: Path, known: list[Own], contracts: Known) -> Iterator[Finding]:
    """Each page of a contract is one of a front's manifests with the same access, and each of a feature's is in a contract."""
    promised, _ = _promised(root, known)
    shown = {(front, page.path): page for front, _, pages in promised for page in pages}
    endpoints = {endpoint.key for _, contract in contracts for endpoint in contract.endpoints}
    named = {(page.front, page.path) for _, contract in contracts for page in contract.pages}
    for source, contract in contracts:
        for i, page in enumerate(contract.pages):
            for text, fix in _differences(page, shown.get((page.front, page.path)), endpoints):
                yield source.finding(["pages", i], text, fix, CONTRACTED)
    for own in known:
        for i, page in enumerate(own.manifest.pages if isinstance(own.manifest, FrontManifest) else ()):
            if (own.service, page.path) not in named:
                text = f"no contract has the page {page.path} of {own.service}"
                fix = "add it to its contract's `pages`"
                yield own.source.finding(["pages", i], text, fix, CONTRACTED)


def _differences(page: ContractPage, shown: Page | None, endpoints: set[str]) -> Iterator[tuple[str, str]]:
    if shown is None:
        yield f"{page.front} has no page {page.path}", "write it, or drop the line"
    elif (shown.auth_required, shown.permissions) != (
        page.auth == "user",
        [page.permission] if page.permission else [],
    ):
        text = f"{page.path}: auth {page.auth}, permission {page.permission}, but {page.front} says auth_required "
        yield f"{text}{shown.auth_required}, permissions {shown.permissions}", "say the same in both"
    for call in page.calls:
        if call not in endpoints:
            yield f"{page.path} calls {call}, which no contract has", "mend its name, as `GET /api/profile`"
