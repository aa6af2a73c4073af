"""Versions as entity tags (RFC 9110 section 8.8.3): `If-Match`, `If-None-Match`, `ETag: "<version>"`.

A weak tag counts as its strong one, since a gateway that compresses weakens tags on the way.
"""

import re
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from optimistic_lock import Expected

NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "What `If-None-Match` names is current."}}
"""For an endpoint's `responses`."""
_TAG = re.compile(r'(?:W/)?"([^"]*)"')


def is_current(request: Request, tag: str) -> bool:
    """Whether the caller holds `tag` already (`If-None-Match`), so that 304 is the answer."""
    if_none_match = request.headers.get("if-none-match")
    if if_none_match is None:
        return False
    return if_none_match.strip() == "*" or tag.strip('"') in _TAG.findall(if_none_match)


async def expected_versions(if_match: Annotated[str | None, Header()] = None) -> Expected:
    """The versions that `If-Match` accepts; a foreign tag accepts none."""
    if if_match is None or if_match.strip() == "*":
        return None
    return frozenset(int(tag) for tag in _TAG.findall(if_match) if tag.isascii() and tag.isdigit() and len(tag) < 10)


IfMatch = Annotated[Expected, Depends(expected_versions)]
