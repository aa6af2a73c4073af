"""What a new feature is: what the templates of its column are filled with."""

from dataclasses import dataclass

from tooling.generator import names
from tooling.generator.field_table import Field

OPERATIONS = ("create", "list", "read", "update", "delete")
ALWAYS = frozenset(("create", "list", "read"))
PAST = {"created": "create", "updated": "update", "deleted": "delete"}
"""The possible events, each with the operation that emits it."""
PATTERNS = {
    "crud": OPERATIONS,
    "command": ("create", "list", "read"),
    "task": ("create", "list", "read"),
    "live": OPERATIONS,
    "admin": OPERATIONS,
}
"""What a feature of each pattern may offer. A command is sent with an idempotency key, which makes it happen once; a task is
a command about which back-workers then do something; open pages show a change of what is live by themselves; what is of `admin` is behind a permission, with its page in front-admin."""
KEYED = ("command", "task")
_VERBS = {"created": "made", "updated": "changed", "deleted": "deleted"}


@dataclass(frozen=True)
class Event:
    """`bookmark.created` with the class `BookmarkCreated` of its data."""

    entity: str
    past: str

    @property
    def type(self) -> str:
        return f"{self.entity}.{self.past}"

    @property
    def model(self) -> str:
        return names.pascal(self.entity) + self.past.capitalize()

    @property
    def verb(self) -> str:
        """What somebody has done: `made`."""
        return _VERBS[self.past]


@dataclass(frozen=True)
class Feature:
    """A checked wish. `events` are pasts (`created`); `page` is a path of `front`; `expires_on` is its flag's, if it has one."""

    name: str
    entity: str
    fields: tuple[Field, ...]
    operations: frozenset[str]
    pattern: str = "crud"
    events: tuple[Event, ...] = ()
    notify: bool = False
    front: str = "front-public"
    page: str = ""
    permission: str = ""
    icon: str = "shapes"
    expires_on: str = ""
    owner: str = "team-tools"

    @property
    def keyed(self) -> bool:
        """Whether it is made once an idempotency key."""
        return self.pattern in KEYED

    @property
    def works(self) -> bool:
        """Whether back-workers do something about each one."""
        return self.pattern == "task"

    @property
    def live(self) -> bool:
        """Whether its owner's open pages are told of each change."""
        return self.pattern == "live"

    @property
    def notified_event(self) -> Event | None:
        """The event that people are notified of."""
        return self.events[0] if self.notify else None
