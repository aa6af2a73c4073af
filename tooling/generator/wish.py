"""A new feature as somebody asks for it: checked as a whole, before anything is made."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tooling.generator import names
from tooling.generator.feature import ALWAYS, PAST, PATTERNS, Event, Feature
from tooling.generator.field_types import parse
from tooling.generator.names import Refused
from tooling.generator.remove.tree import Files, is_called_after

ADMIN = "front-admin"
FLAG_DAYS = 180
WORKED = frozenset(("state", "result", "error", "finished_at", "worker", "lease_until"))
"""What the workers write of an entity of the pattern `task`."""
OWN = frozenset(("created", "updated", "deleted", "idempotency_key", "key"))
"""What an entity, its table or its page uses already, beside `keywords.FIELDS`."""
_PAGE = re.compile(r"(front-public|front-admin):(/[a-z0-9-]+(?:/[a-z0-9-]+)*)")
_PERMISSION = re.compile(r"[a-z]+(-[a-z]+)*:[a-z]+(-[a-z]+)*")


@dataclass(frozen=True)
class Wish:
    """As it was typed; empty where nothing was."""

    name: str
    fields: str
    entity: str = ""
    operations: str = ""
    events: str = ""
    notify: bool = False
    page: str = ""
    icon: str = "shapes"
    flag: bool = False
    owner: str = "team-tools"
    pattern: str = "crud"
    permission: str = ""


def checked(wish: Wish, *, taken: Collection[str], root: Path) -> Feature:
    """The feature that `wish` asks for; `taken` are names that the tree below `root` has already.

    Raises:
        Refused: something of it cannot be; says what, in one sentence.
    """
    name = _name(wish.name, taken, root)
    entity = names.entity(wish.entity or _one_of(name), taken)
    if entity == name.replace("-", "_"):
        raise Refused(f"{entity!r} cannot name the entity: the feature is called so, give it another name by --entity.")
    if wish.pattern not in PATTERNS:
        raise Refused(f"There is no pattern {wish.pattern!r}: use one of {', '.join(PATTERNS)}.")
    offered = PATTERNS[wish.pattern]
    operations = ALWAYS | _chosen(wish.operations or ",".join(offered), offered, f"operation of a {wish.pattern}")
    pasts = _chosen(wish.events, tuple(PAST), "event")
    if wish.pattern == "live":
        pasts |= {past for past, operation in PAST.items() if operation in operations}
    for past in sorted(pasts):
        if PAST[past] not in operations:
            raise Refused(f"The event {past!r} needs the operation {PAST[past]!r}, which --ops leaves out.")
    if wish.notify and "created" not in pasts:
        raise Refused("People are notified of the event 'created': add it by --event created, or leave out --notify.")
    is_admin = wish.pattern == "admin"
    if wish.notify and is_admin:
        raise Refused(
            "Notifications lead to pages of front-public, so that nobody is notified of what is of the pattern admin."
        )
    front, page = _page(wish.page or (f"{ADMIN}:/{name}" if is_admin else f"front-public:/app/{name}"), root, is_admin)
    return Feature(
        name=name,
        entity=entity,
        fields=parse(wish.fields, OWN | {entity} | (WORKED if wish.pattern == "task" else frozenset[str]())),
        operations=operations,
        pattern=wish.pattern,
        events=tuple(Event(entity, past) for past in PAST if past in pasts),
        notify=wish.notify,
        front=front,
        page=page,
        permission=_permission(wish.permission or f"{name}:write") if is_admin else "",
        icon=_icon(wish.icon, root),
        expires_on=f"{datetime.now(UTC).date() + timedelta(days=FLAG_DAYS)}" if wish.flag else "",
        owner=wish.owner,
    )


def _one_of(name: str) -> str:
    """`bookmark` of `bookmarks`, `category` of `categories`."""
    word = name.replace("-", "_")
    if word.endswith("ies"):
        return f"{word.removesuffix('ies')}y"
    if re.search(r"(?:s|x|z|ch|sh)es$", word):
        return word.removesuffix("es")
    return word.removesuffix("s")


def _chosen(text: str, known: tuple[str, ...], what: str) -> frozenset[str]:
    chosen = [part.strip() for part in text.split(",") if part.strip()]
    for part in chosen:
        if part not in known:
            raise Refused(f"There is no {what} {part!r}: use some of {', '.join(known)}.")
    return frozenset(chosen)


def _permission(text: str) -> str:
    if not _PERMISSION.fullmatch(text):
        raise Refused(f"{text!r} is no permission: write resource:action in small letters, such as bookmarks:write.")
    return text


def _name(name: str, taken: Collection[str], root: Path) -> str:
    names.feature(name, taken)
    if path := next((path for path in Files(root).paths if is_called_after(path, name)), None):
        raise Refused(f"{name!r} cannot name a feature: {path} would be taken for one of its files.")
    return name


def _page(text: str, root: Path, is_admin: bool) -> tuple[str, str]:
    found = _PAGE.fullmatch(text)
    if not found or (found[1] == ADMIN) != is_admin:
        example = "front-admin:/bookmarks" if is_admin else "front-public:/app/bookmarks"
        raise Refused(f"{text!r} is no page of such a feature: write front and path, such as {example}.")
    front, path = found.groups()
    if not is_admin and not path.startswith("/app/"):
        raise Refused(f"The page {path!r} has to lie below /app/, behind the login.")
    for manifest in (root / front / "app").rglob("*.yaml"):
        if re.search(rf"path: {re.escape(path)}\s*$", manifest.read_text("utf-8"), re.MULTILINE):
            raise Refused(f"The page {path!r} is there already, in {manifest.relative_to(root)}.")
    return front, path


def _icon(name: str, root: Path) -> str:
    icons = root / "node_modules" / "lucide" / "dist" / "esm" / "icons"
    if not re.fullmatch(r"[a-z0-9-]+", name) or (icons.is_dir() and not (icons / f"{name}.mjs").is_file()):
        raise Refused(f"lucide has no icon {name!r}: look at https://lucide.dev/icons.")
    return name
