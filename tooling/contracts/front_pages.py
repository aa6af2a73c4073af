"""The pages that a front's manifests promise are there, each with an address of its own."""

from collections.abc import Iterator
from pathlib import Path

from shared.contracts.source import Finding, Source, read
from tooling.contracts import manifests
from tooling.contracts.front_manifest import FrontManifest, Page, Pages
from tooling.contracts.manifests import Own

RULE = "promised-page-is-there"
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
